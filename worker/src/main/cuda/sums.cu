// Sums of matrices with factors that lie anywhere in a vector of the pass, and the shuffling of channels.
//
// The matrices of a launch are taken one after the other for each value, so that one of them may be the gradient of
// another: what is written is what loops over whole matrices would write.
#include "held.cuh"

// Matrices that travel to a kernel at a time.
#define FLETCH_TERMS 32

// How many values of a matrix, all rows in one, the block at hand passes over.
__device__ static inline int flat_length(long long first, long long values, int held) {
  return (int)min((long long)held * FLETCH_PIECE_THREADS, values - first);
}

// y += scale * x.
FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) add_scaled(
    const float* x, long long values, float scale, float* y) {
  long long first = (long long)blockIdx.x * FLETCH_PASSED * FLETCH_PIECE_THREADS;
  int length = flat_length(first, values, FLETCH_PASSED);
  float held[FLETCH_PASSED];
  float sums[FLETCH_PASSED];
  held_load(held, x + first, length, FLETCH_PIECE_THREADS);
  held_load(sums, y + first, length, FLETCH_PIECE_THREADS);
  held_add(held, scale, sums);
  held_store(sums, y + first, length, FLETCH_PIECE_THREADS);
}
FLETCH_EXPORT(add_scaled)

// sums += factors times what the terms hold from `start` on.
__device__ static inline void held_add_terms(
    float (&sums)[FLETCH_PASSED], const Addresses<const float, FLETCH_TERMS>& terms,
    const Numbers<FLETCH_TERMS>& places, int count, const double* factors, long long start, int length) {
  for (int i = 0; i < count; i++) {
    float held[FLETCH_PASSED];
    held_load(held, terms.at[i] + start, length, FLETCH_PIECE_THREADS);
    held_add(held, (float)factors[places.at[i]], sums);
  }
}

FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) add_weighted(
    Addresses<const float, FLETCH_TERMS> terms, Numbers<FLETCH_TERMS> places, int count,
    const double* __restrict__ factors, long long values, float* out) {
  long long first = (long long)blockIdx.x * FLETCH_PASSED * FLETCH_PIECE_THREADS;
  int length = flat_length(first, values, FLETCH_PASSED);
  float sums[FLETCH_PASSED];
  held_load(sums, out + first, length, FLETCH_PIECE_THREADS);
  held_add_terms(sums, terms, places, count, factors, first, length);
  held_store(sums, out + first, length, FLETCH_PIECE_THREADS);
}
FLETCH_EXPORT(add_weighted)

// Where a row goes if groups of `width` rows are shuffled.
__device__ static inline int shuffled_row(int row, int width, int rows) {
  return row % width * (rows / width) + row / width;
}

// Each piece of the unshuffled rows by one block. If it adds, only the bypasses matter.
FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) shuffle_rows(
    const float* __restrict__ mixed, int width, int rows, int columns, int pieces,
    Addresses<const float, FLETCH_TERMS> terms, Numbers<FLETCH_TERMS> places, int count,
    const double* __restrict__ factors, int adds, float* __restrict__ out) {
  Piece piece = piece_of_block(columns, pieces, FLETCH_PASSED);
  if (adds && piece.row < width) {
    return;
  }
  float* to = out + (long long)shuffled_row(piece.row, width, rows) * columns + piece.first;
  float sums[FLETCH_PASSED] = {};
  if (piece.row < width) {
    held_load(sums, mixed + piece_start(piece, columns), piece.length, FLETCH_PIECE_THREADS);
  } else {
    if (adds) {
      held_load(sums, to, piece.length, FLETCH_PIECE_THREADS);
    }
    long long start = (long long)(piece.row - width) * columns + piece.first;
    held_add_terms(sums, terms, places, count, factors, start, piece.length);
  }
  held_store(sums, to, piece.length, FLETCH_PIECE_THREADS);
}
FLETCH_EXPORT(shuffle_rows)

// Sums that the threads of a block bring together: first those of its warps.
struct WarpSums {
  float of[FLETCH_TERMS][FLETCH_PIECE_THREADS / 32];
};

__device__ static inline void note_warp_sum(WarpSums& sums, int term, float value) {
  value = warp_sum(value);
  if (threadIdx.x % 32 == 0) {
    sums.of[term][threadIdx.x / 32] = value;
  }
}

// For what a block holds of the gradient: adds to those of the terms, and gives its part of those of the factors.
//
// partials: [terms, blocks]
__device__ static inline void held_terms_backward(
    const float (&gradient)[FLETCH_HELD], const Addresses<const float, FLETCH_TERMS>& terms,
    const Addresses<float, FLETCH_TERMS>& dterms, const Numbers<FLETCH_TERMS>& places, int count,
    const double* factors, long long start, int length, int block, int blocks, double* partials) {
  __shared__ WarpSums warps;
  for (int i = 0; i < count; i++) {
    float held[FLETCH_HELD];
    held_load(held, terms.at[i] + start, length, FLETCH_PIECE_THREADS);
    note_warp_sum(warps, i, held_dot(gradient, held));
    held_load(held, dterms.at[i] + start, length, FLETCH_PIECE_THREADS);
    held_add(gradient, (float)factors[places.at[i]], held);
    held_store(held, dterms.at[i] + start, length, FLETCH_PIECE_THREADS);
  }
  __syncthreads();
  if ((int)threadIdx.x < count) {
    double sum = 0;
    for (int warp = 0; warp < FLETCH_PIECE_THREADS / 32; warp++) {
      sum += warps.of[threadIdx.x][warp];
    }
    partials[(long long)threadIdx.x * blocks + block] = sum;
  }
}

FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) add_weighted_backward(
    const float* dout, Addresses<const float, FLETCH_TERMS> terms, Addresses<float, FLETCH_TERMS> dterms,
    Numbers<FLETCH_TERMS> places, int count, const double* __restrict__ factors, long long values,
    double* __restrict__ partials) {
  long long first = (long long)blockIdx.x * FLETCH_HELD * FLETCH_PIECE_THREADS;
  int length = flat_length(first, values, FLETCH_HELD);
  float gradient[FLETCH_HELD];
  held_load(gradient, dout + first, length, FLETCH_PIECE_THREADS);
  held_terms_backward(
      gradient, terms, dterms, places, count, factors, first, length, blockIdx.x, gridDim.x, partials);
}
FLETCH_EXPORT(add_weighted_backward)

// dmixed, unless it is null, is done by the blocks in front; the others give [terms, blocks - those] partial sums.
FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) shuffle_rows_backward(
    const float* dout, float* dmixed, int width, int rows, int columns, int pieces,
    Addresses<const float, FLETCH_TERMS> terms, Addresses<float, FLETCH_TERMS> dterms, Numbers<FLETCH_TERMS> places,
    int count, const double* __restrict__ factors, double* __restrict__ partials) {
  Piece piece = piece_of_block(columns, pieces, FLETCH_HELD);
  float gradient[FLETCH_HELD];
  long long from = (long long)shuffled_row(piece.row, width, rows) * columns + piece.first;
  held_load(gradient, dout + from, piece.length, FLETCH_PIECE_THREADS);
  if (piece.row < width) {
    if (dmixed != nullptr) {
      held_store(gradient, dmixed + piece_start(piece, columns), piece.length, FLETCH_PIECE_THREADS);
    }
    return;
  }
  int before = width * pieces;
  long long start = (long long)(piece.row - width) * columns + piece.first;
  held_terms_backward(
      gradient, terms, dterms, places, count, factors, start, piece.length, (int)blockIdx.x - before,
      (int)gridDim.x - before, partials);
}
FLETCH_EXPORT(shuffle_rows_backward)

// The sums of each term's partial sums [count, blocks]: by 32 warps, several of them for a term.
__device__ static inline void sum_partials(
    const double* partials, int blocks, int count, double (&of_term)[FLETCH_TERMS]) {
  __shared__ double of_warp[32];
  int warp = threadIdx.x / 32;
  int warps = 32 / count;
  int term = warp / warps;
  TwoSums sums = {0, 0};
  if (term < count) {
    int first = warp % warps * 32 + (int)threadIdx.x % 32;
    for (int i = first; i < blocks; i += warps * 32) {
      sums.first += partials[(long long)term * blocks + i];
    }
  }
  sums = warp_sums(sums);
  if (threadIdx.x % 32 == 0) {
    of_warp[warp] = sums.first;
  }
  __syncthreads();
  if ((int)threadIdx.x < count) {
    double total = 0;
    for (int i = 0; i < warps; i++) {
      total += of_warp[threadIdx.x * warps + i];
    }
    of_term[threadIdx.x] = total;
  }
  __syncthreads();
}

// Adds to the gradients of the factors, of which some may share a place: one block of 1024 threads.
FLETCH_KERNEL __launch_bounds__(1024) add_factor_gradients(
    const double* __restrict__ partials, int blocks, Numbers<FLETCH_TERMS> places, int count, double* dfactors) {
  __shared__ double of_term[FLETCH_TERMS];
  sum_partials(partials, blocks, count, of_term);
  if ((int)threadIdx.x >= count) {
    return;
  }
  int place = places.at[threadIdx.x];
  double total = dfactors[place];
  bool first = true;
  for (int i = 0; i < count; i++) {
    bool same = places.at[i] == place;
    first = first && !(same && i < (int)threadIdx.x);
    total += same ? of_term[i] : 0;
  }
  if (first) {
    dfactors[place] = total;
  }
}
FLETCH_EXPORT(add_factor_gradients)
