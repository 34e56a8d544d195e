// Normalisation of rows, and its gradient.
//
// A row of up to 16 * 1024 columns is the work of one block, which holds it in registers: it is read once and written
// once. Longer rows are cut into pieces of 16 * 256 columns: one kernel sums each piece, a second one adds up the sums
// of its row and writes its piece. What is worked out once for a row is worked out by one thread, in doubles.
#include "held.cuh"

// What becomes of a row: (x - centre) * factor + shift.
struct RowMap {
  float centre;
  float factor;
  float shift;
};

// Where the moments of rows are noted, and what normalises them. Without variances a row is only centred.
struct RowNorm {
  double epsilon;
  const double* gamma;
  const double* beta;
  double* means;
  double* variances;
};

// Notes the moments of a row, if this block is to, and says how they normalise it.
__device__ static inline RowMap row_map(RowNorm norm, int row, bool notes, double mean, double variance) {
  RowMap map = {(float)mean, 1, 0};
  if (norm.variances != nullptr) {
    double factor = (norm.gamma == nullptr ? 1 : norm.gamma[row]) / sqrt(variance + norm.epsilon);
    map.factor = (float)factor;
    map.shift = norm.beta == nullptr ? 0 : (float)norm.beta[row];
  }
  if (notes) {
    norm.means[row] = mean;
    if (norm.variances != nullptr) {
      norm.variances[row] = variance;
    }
  }
  return map;
}

template <int THREADS>
__device__ static inline void normalize_row(const float* x, int row, int columns, RowNorm norm, float* out) {
  __shared__ float centre;
  __shared__ RowMap map;
  long long start = (long long)row * columns;
  float held[FLETCH_HELD];
  held_load(held, x + start, columns, THREADS);
  TwoSums sums = sums_to_first(held_sum(held), 0);
  double mean = 0;
  if (threadIdx.x == 0) {
    mean = sums.first / columns;
    centre = (float)mean;
  }
  __syncthreads();
  held_centre(held, centre, columns, THREADS);
  sums = sums_to_first(held_dot(held, held), 0);
  if (threadIdx.x == 0) {
    map = row_map(norm, row, true, mean, sums.first / columns);
  }
  __syncthreads();
  held_scale(held, map.factor, map.shift);
  held_store(held, out + start, columns, THREADS);
}

// Blocks of 256 or 1024 threads.
FLETCH_KERNEL __launch_bounds__(1024) normalize_rows(
    const float* x, int columns, double epsilon, const double* gamma, const double* beta, double* means,
    double* variances, float* out) {
  RowNorm norm = {epsilon, gamma, beta, means, variances};
  if (blockDim.x == 256) {
    normalize_row<256>(x, blockIdx.x, columns, norm, out);
  } else {
    normalize_row<1024>(x, blockIdx.x, columns, norm, out);
  }
}
FLETCH_EXPORT(normalize_rows)

// The sum of a piece, and that of its squares around its own mean, which are exact however large that mean is.
FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) piece_moments(
    const float* __restrict__ x, int columns, int pieces, double* __restrict__ moments) {
  __shared__ float centre;
  Piece piece = piece_of_block(columns, pieces, FLETCH_HELD);
  float held[FLETCH_HELD];
  held_load(held, x + piece_start(piece, columns), piece.length, FLETCH_PIECE_THREADS);
  TwoSums sums = sums_to_first(held_sum(held), 0);
  if (threadIdx.x == 0) {
    moments[2ll * blockIdx.x] = sums.first;
    centre = (float)(sums.first / piece.length);
  }
  __syncthreads();
  held_centre(held, centre, piece.length, FLETCH_PIECE_THREADS);
  sums = sums_to_first(held_dot(held, held), 0);
  if (threadIdx.x == 0) {
    moments[2ll * blockIdx.x + 1] = sums.first;
  }
}
FLETCH_EXPORT(piece_moments)

// For one warp: the squares of pieces around the mean of their row (Chan, Golub and LeVeque, 1983, equation 1.5b), to
// the first lane.
__device__ static inline double squares_of_pieces(const double* of_row, int columns, int pieces, double mean) {
  const int most = FLETCH_HELD * FLETCH_PIECE_THREADS;
  TwoSums sums = {0, 0};
  for (int i = threadIdx.x; i < pieces; i += 32) {
    int length = min(most, columns - i * most);
    double off = of_row[2 * i] / length - mean;
    sums.first += of_row[2 * i + 1] + length * off * off;
  }
  return warp_sums(sums).first;
}

FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) normalize_pieces(
    const float* x, int columns, int pieces, const double* __restrict__ moments, double epsilon, const double* gamma,
    const double* beta, double* means, double* variances, float* out) {
  __shared__ RowMap map;
  Piece piece = piece_of_block(columns, pieces, FLETCH_HELD);
  long long start = piece_start(piece, columns);
  float held[FLETCH_HELD];
  held_load(held, x + start, piece.length, FLETCH_PIECE_THREADS);
  if (threadIdx.x < 32) {
    const double* of_row = moments + 2ll * piece.row * pieces;
    double mean = sums_of_pieces(of_row, pieces).first / columns;
    mean = __shfl_sync(0xffffffffu, mean, 0);
    double variance = squares_of_pieces(of_row, columns, pieces, mean) / columns;
    if (threadIdx.x == 0) {
      map = row_map({epsilon, gamma, beta, means, variances}, piece.row, piece.index == 0, mean, variance);
    }
  }
  __syncthreads();
  held_centre(held, map.centre, piece.length, FLETCH_PIECE_THREADS);
  held_scale(held, map.factor, map.shift);
  held_store(held, out + start, piece.length, FLETCH_PIECE_THREADS);
}
FLETCH_EXPORT(normalize_pieces)

// What the gradient of a row becomes: factor * g + along * (x - mean) + shift.
struct RowGradient {
  float factor;
  float along;
  float shift;
};

// What a normalisation did, and where the gradients of its gamma and beta go. Without means the values are those that
// came out of it.
struct RowNormed {
  const double* means;
  const double* scale;
  const double* gamma;
  double* dgamma;
  double* dbeta;
  double share;  // 1 / columns
};

// The gradient of a row, from the sum of dL/d(out) and that of its products with the centred values; notes those of
// gamma and beta, if this block is to.
__device__ static inline RowGradient row_gradient(RowNormed of, int row, bool notes, TwoSums sums) {
  double scale = of.scale[row];
  double factor = of.gamma == nullptr ? scale : of.gamma[row] * scale;
  double along = of.means == nullptr ? sums.second : scale * scale * sums.second;
  if (notes && of.dgamma != nullptr) {
    of.dgamma[row] = scale * sums.second;
    of.dbeta[row] = sums.first;
  }
  return {(float)factor, (float)(-factor * along * of.share), (float)(-factor * sums.first * of.share)};
}

// Reads x a second time, out of the nearest cache: there are not enough registers to hold two rows.
template <int THREADS>
__device__ static inline void row_backward(
    const float* x, int row, int columns, RowNormed of, const float* dout, float* dx) {
  __shared__ RowGradient gradient;
  long long start = (long long)row * columns;
  float centre = row_value(of.means, row);
  float values[FLETCH_HELD];
  float held[FLETCH_HELD];
  held_load(held, dout + start, columns, THREADS);
  held_load(values, x + start, columns, THREADS);
  held_centre(values, centre, columns, THREADS);
  TwoSums sums = sums_to_first(held_sum(held), held_dot(held, values));
  if (threadIdx.x == 0) {
    gradient = row_gradient(of, row, true, sums);
  }
  __syncthreads();
  held_load(values, x + start, columns, THREADS);
  held_centre(values, centre, columns, THREADS);
  held_scale(held, gradient.factor, gradient.shift);
  held_add(values, gradient.along, held);
  held_store(held, dx + start, columns, THREADS);
}

// Blocks of 256 or 1024 threads.
FLETCH_KERNEL __launch_bounds__(1024) rows_backward(
    const float* x, int columns, const double* means, const double* scale, const double* gamma, const float* dout,
    float* dx, double* dgamma, double* dbeta, double share) {
  RowNormed of = {means, scale, gamma, dgamma, dbeta, share};
  if (blockDim.x == 256) {
    row_backward<256>(x, blockIdx.x, columns, of, dout, dx);
  } else {
    row_backward<1024>(x, blockIdx.x, columns, of, dout, dx);
  }
}
FLETCH_EXPORT(rows_backward)

// The two sums that a row's gradient needs, of a piece.
FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) piece_products(
    const float* __restrict__ x, int columns, int pieces, const double* means, const float* __restrict__ dout,
    double* __restrict__ products) {
  Piece piece = piece_of_block(columns, pieces, FLETCH_HELD);
  long long start = piece_start(piece, columns);
  float values[FLETCH_HELD];
  float held[FLETCH_HELD];
  held_load(values, x + start, piece.length, FLETCH_PIECE_THREADS);
  held_load(held, dout + start, piece.length, FLETCH_PIECE_THREADS);
  held_centre(values, row_value(means, piece.row), piece.length, FLETCH_PIECE_THREADS);
  TwoSums sums = sums_to_first(held_sum(held), held_dot(held, values));
  if (threadIdx.x == 0) {
    products[2ll * blockIdx.x] = sums.first;
    products[2ll * blockIdx.x + 1] = sums.second;
  }
}
FLETCH_EXPORT(piece_products)

FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) pieces_backward(
    const float* x, int columns, int pieces, const double* __restrict__ products, const double* means,
    const double* scale, const double* gamma, const float* dout, float* dx, double* dgamma, double* dbeta,
    double share) {
  __shared__ RowGradient gradient;
  Piece piece = piece_of_block(columns, pieces, FLETCH_HELD);
  long long start = piece_start(piece, columns);
  float values[FLETCH_HELD];
  float held[FLETCH_HELD];
  held_load(values, x + start, piece.length, FLETCH_PIECE_THREADS);
  held_load(held, dout + start, piece.length, FLETCH_PIECE_THREADS);
  if (threadIdx.x < 32) {
    TwoSums sums = sums_of_pieces(products + 2ll * piece.row * pieces, pieces);
    if (threadIdx.x == 0) {
      RowNormed of = {means, scale, gamma, dgamma, dbeta, share};
      gradient = row_gradient(of, piece.row, piece.index == 0, sums);
    }
  }
  __syncthreads();
  held_centre(values, row_value(means, piece.row), piece.length, FLETCH_PIECE_THREADS);
  held_scale(held, gradient.factor, gradient.shift);
  held_add(values, gradient.along, held);
  held_store(held, dx + start, piece.length, FLETCH_PIECE_THREADS);
}
FLETCH_EXPORT(pieces_backward)
