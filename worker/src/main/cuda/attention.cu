#include "attention.cuh"

// Blocks: heads times examples, tiles of queries, parts of channels.
FLETCH_KERNEL __launch_bounds__(ATTEND_THREADS) attend(
    const float* __restrict__ x, int columns, int channels, int width, float scale, const int* __restrict__ starts,
    int examples, float* __restrict__ out) {
  __shared__ AttendedRows left;
  __shared__ AttendedRows right;
  __shared__ AttendedPairs weights;
  Attended of = attended_of_block(starts, examples, columns);
  AttendedHead head = attended_head(of, width);
  int begin = (int)blockIdx.y * ATTEND_TILE;
  if (begin >= of.length) {
    return;
  }
  AttendedMatrix queries = attended_rows(x, of, head.row, width);
  AttendedMatrix keys = attended_rows(x, of, channels + head.row, width);
  AttendedMatrix values = attended_rows(x, of, 2 * channels + head.part, head.part_rows);
  Softened softened = nothing_softened();
  AttendedSums sums = {};
  for (int key = 0; key < of.length; key += ATTEND_TILE) {
    float pairs[4][4];
    float older[4];
    multiply_pairs(pairs, queries, begin, keys, key, of, left, right);
    soften(pairs, scale, key, of, softened, older);
    scale_part(sums, older);
    store_pairs(weights, pairs);
    add_weighed_part(sums, values, key, of, right, weights);
  }
  float shares[4];
  for (int r = 0; r < 4; r++) {
    shares[r] = 1 / row_sum(softened.sum[r]);
  }
  float* to = out + (long long)head.part * columns + of.first;
  store_part(sums, shares, to, head.part_rows, begin, of, right);
}
FLETCH_EXPORT(attend)
