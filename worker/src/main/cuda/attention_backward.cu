// The gradient of attention: first of the queries, then of keys and values.
#include "attention.cuh"

// What the gradient of a query's weights needs to know: one value for each head and column.
struct AttendedNotes {
  float* most;
  float* share;
  float* mean;
};

// notes: [3, heads, columns]
__device__ static inline AttendedNotes attended_notes(float* notes, const Attended& of, int heads) {
  long long all = (long long)heads * of.columns;
  float* start = notes + (long long)of.head * of.columns + of.first;
  return {start, start + all, start + 2 * all};
}

// What the gradients of a thread's weights need to know: one value for each of its queries.
struct QueryNotes {
  float most[4];
  float share[4];
  float mean[4];
};

// Goes through all keys. Leaves the weights of the last tile, yet to be divided by their sum, and their slopes.
__device__ static inline QueryNotes soften_with_slopes(
    float (&pairs)[4][4], float (&slopes)[4][4], const AttendedOperands& operands, float scale, int begin,
    const Attended& of, AttendedRows& left, AttendedRows& right) {
  Softened softened = nothing_softened();
  QueryNotes notes = {};
  for (int key = 0; key < of.length; key += ATTEND_TILE) {
    float older[4];
    multiply_pairs(pairs, operands.queries, begin, operands.keys, key, of, left, right);
    multiply_pairs(slopes, operands.douts, begin, operands.values, key, of, left, right);
    soften(pairs, scale, key, of, softened, older);
#pragma unroll
    for (int r = 0; r < 4; r++) {
      float sum = 0;
#pragma unroll
      for (int c = 0; c < 4; c++) {
        sum = fmaf(pairs[r][c], slopes[r][c], sum);
      }
      notes.mean[r] = fmaf(older[r], notes.mean[r], sum);
    }
  }
#pragma unroll
  for (int r = 0; r < 4; r++) {
    notes.most[r] = softened.most[r];
    notes.share[r] = 1 / row_sum(softened.sum[r]);
    notes.mean[r] = notes.share[r] * row_sum(notes.mean[r]);
  }
  return notes;
}

__device__ static inline void store_notes(
    const QueryNotes& notes, AttendedNotes to, int begin, const Attended& of) {
  if (pair_column() != 0) {
    return;
  }
#pragma unroll
  for (int r = 0; r < 4; r++) {
    int position = begin + pair_row() + r;
    if (position < of.length) {
      long long at = (long long)position * of.step;
      to.most[at] = notes.most[r];
      to.share[at] = notes.share[r];
      to.mean[at] = notes.mean[r];
    }
  }
}

// The gradient of queries; notes what that of keys and values needs. Blocks as for the above.
FLETCH_KERNEL __launch_bounds__(ATTEND_THREADS, 2) attend_backward_queries(
    const float* __restrict__ x, int columns, int channels, int width, float scale, const int* __restrict__ starts,
    int examples, const float* __restrict__ dout, float* __restrict__ dx, float* __restrict__ notes) {
  __shared__ AttendedRows left;
  __shared__ AttendedRows right;
  __shared__ AttendedPairs gradients;
  Attended of = attended_of_block(starts, examples, columns);
  AttendedHead head = attended_head(of, width);
  int begin = (int)blockIdx.y * ATTEND_TILE;
  if (begin >= of.length) {
    return;
  }
  AttendedOperands operands = attended_operands(x, dout, of, head, channels, width);
  AttendedMatrix part = attended_rows(x, of, channels + head.part, head.part_rows);
  float pairs[4][4];
  float slopes[4][4];
  QueryNotes noted = soften_with_slopes(pairs, slopes, operands, scale, begin, of, left, right);
  if (blockIdx.z == 0) {
    store_notes(noted, attended_notes(notes, of, channels / width), begin, of);
  }
  AttendedSums sums = {};
  // of a single tile all is there already
  bool again = of.length > ATTEND_TILE;
  for (int key = 0; key < of.length; key += ATTEND_TILE) {
    if (again) {
      multiply_pairs(pairs, operands.queries, begin, operands.keys, key, of, left, right);
      multiply_pairs(slopes, operands.douts, begin, operands.values, key, of, left, right);
    }
#pragma unroll
    for (int r = 0; r < 4; r++) {
#pragma unroll
      for (int c = 0; c < 4; c++) {
        bool is = key + pair_column() + c < of.length;
        float weight = again ? expf(scale * pairs[r][c] - noted.most[r]) : pairs[r][c];
        slopes[r][c] = is ? weight * (slopes[r][c] - noted.mean[r]) : 0;
      }
    }
    store_pairs(gradients, slopes);
    add_weighed_part(sums, part, key, of, right, gradients);
  }
  float scales[4];
#pragma unroll
  for (int r = 0; r < 4; r++) {
    scales[r] = scale * noted.share[r];
  }
  float* to = dx + (long long)head.part * columns + of.first;
  store_part(sums, scales, to, head.part_rows, begin, of, right);
}
FLETCH_EXPORT(attend_backward_queries)

// Makes weights and their gradients of a tile's products, those of the queries from `query` on.
//
// Of keys beyond the end nothing is stored, but what is computed for them must not overflow.
__device__ static inline void weigh_queries(
    float (&pairs)[4][4], float (&slopes)[4][4], AttendedNotes noted, float scale, int begin, int query,
    const Attended& of) {
#pragma unroll
  for (int c = 0; c < 4; c++) {
    int position = query + pair_column() + c;
    bool is = position < of.length;
    long long at = is ? (long long)position * of.step : 0;
    float most = noted.most[at];
    float share = noted.share[at];
    float mean = noted.mean[at];
#pragma unroll
    for (int r = 0; r < 4; r++) {
      bool counts = is && begin + pair_row() + r < of.length;
      pairs[r][c] = counts ? share * expf(scale * pairs[r][c] - most) : 0;
      slopes[r][c] = pairs[r][c] * (slopes[r][c] - mean);
    }
  }
}

// The gradient of keys and of values. Blocks: heads times examples, tiles of keys, parts of channels; the rows of
// pairs are keys here, their columns queries.
FLETCH_KERNEL __launch_bounds__(ATTEND_THREADS, 2) attend_backward_keys(
    const float* __restrict__ x, int columns, int channels, int width, float scale, const int* __restrict__ starts,
    int examples, const float* __restrict__ dout, float* __restrict__ dx, float* __restrict__ notes) {
  __shared__ AttendedRows left;
  __shared__ AttendedRows right;
  __shared__ AttendedPairs weights;
  Attended of = attended_of_block(starts, examples, columns);
  AttendedHead head = attended_head(of, width);
  int begin = (int)blockIdx.y * ATTEND_TILE;
  if (begin >= of.length) {
    return;
  }
  AttendedOperands operands = attended_operands(x, dout, of, head, channels, width);
  AttendedMatrix query_part = attended_rows(x, of, head.part, head.part_rows);
  AttendedMatrix dout_part = attended_rows(dout, of, head.part, head.part_rows);
  AttendedNotes noted = attended_notes(notes, of, channels / width);
  AttendedSums dkeys = {};
  AttendedSums dvalues = {};
  for (int query = 0; query < of.length; query += ATTEND_TILE) {
    float pairs[4][4];
    float slopes[4][4];
    multiply_pairs(pairs, operands.keys, begin, operands.queries, query, of, left, right);
    multiply_pairs(slopes, operands.values, begin, operands.douts, query, of, left, right);
    weigh_queries(pairs, slopes, noted, scale, begin, query, of);
    store_pairs(weights, pairs);
    add_weighed_part(dvalues, dout_part, query, of, right, weights);
    __syncthreads();
    store_pairs(weights, slopes);
    add_weighed_part(dkeys, query_part, query, of, right, weights);
  }
  float ones[4] = {1, 1, 1, 1};
  float scales[4] = {scale, scale, scale, scale};
  float* to = dx + (long long)(channels + head.part) * columns + of.first;
  store_part(dkeys, scales, to, head.part_rows, begin, of, right);
  store_part(dvalues, ones, to + (long long)channels * columns, head.part_rows, begin, of, right);
}
FLETCH_EXPORT(attend_backward_keys)
