// What works on rows whatever their columns stand for: sums, factors per row.
#include "held.cuh"

// Of rows of any length, each by one block: a second kernel would take longer than what it could save.
FLETCH_KERNEL __launch_bounds__(1024) row_means(const float* __restrict__ x, int columns, double* __restrict__ means) {
  const float* row = x + (long long)blockIdx.x * columns;
  int threads = blockDim.x;
  double sum = 0;
  for (int first = 0; first < columns; first += FLETCH_HELD * threads) {
    float held[FLETCH_HELD];
    held_load(held, row + first, columns - first, threads);
    sum += held_sum(held);
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) {
    means[blockIdx.x] = sum / columns;
  }
}
FLETCH_EXPORT(row_means)

FLETCH_KERNEL __launch_bounds__(1024) row_dots(
    const float* __restrict__ x, const float* __restrict__ y, int columns, double* __restrict__ dots) {
  long long start = (long long)blockIdx.x * columns;
  int threads = blockDim.x;
  double sum = 0;
  for (int first = 0; first < columns; first += FLETCH_PASSED * threads) {
    float left[FLETCH_PASSED];
    float right[FLETCH_PASSED];
    held_load(left, x + start + first, columns - first, threads);
    held_load(right, y + start + first, columns - first, threads);
    sum += held_dot(left, right);
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) {
    dots[blockIdx.x] = sum;
  }
}
FLETCH_EXPORT(row_dots)

// y = diag(scale) x + shift; without scales those are 1, without shifts those are 0.
FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) scale_rows(
    const float* x, int columns, int pieces, const double* scale, const double* shift, float* y) {
  Piece piece = piece_of_block(columns, pieces, FLETCH_PASSED);
  long long start = piece_start(piece, columns);
  float held[FLETCH_PASSED];
  held_load(held, x + start, piece.length, FLETCH_PIECE_THREADS);
  held_scale(held, scale == nullptr ? 1 : (float)scale[piece.row], row_value(shift, piece.row));
  held_store(held, y + start, piece.length, FLETCH_PIECE_THREADS);
}
FLETCH_EXPORT(scale_rows)

// y += diag(scale) x.
FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) add_scaled_rows(
    const float* x, int columns, int pieces, const double* scale, float* y) {
  Piece piece = piece_of_block(columns, pieces, FLETCH_PASSED);
  long long start = piece_start(piece, columns);
  float held[FLETCH_PASSED];
  float sums[FLETCH_PASSED];
  held_load(held, x + start, piece.length, FLETCH_PIECE_THREADS);
  held_load(sums, y + start, piece.length, FLETCH_PIECE_THREADS);
  held_add(held, (float)scale[piece.row], sums);
  held_store(sums, y + start, piece.length, FLETCH_PIECE_THREADS);
}
FLETCH_EXPORT(add_scaled_rows)
