// Pieces of a row that a block holds in registers: all of a piece is loaded before any of it is stored, so that many
// loads are under way at a time and a result may take the place of what it is made of.
#pragma once

#include "fletch.cuh"

// Values of a thread where a block only passes over a piece, and where it sums one.
#define FLETCH_PASSED 8
#define FLETCH_HELD 16

// Threads of a block that works on a piece of a row.
#define FLETCH_PIECE_THREADS 256

// A piece of a row, of as many columns as a block holds; the last one of a row may be shorter.
struct Piece {
  int row;
  int index;
  int first;
  int length;
};

// The piece of this block: all of the first row, then all of the second...
__device__ static inline Piece piece_of_block(int columns, int pieces, int held) {
  Piece piece;
  int most = held * FLETCH_PIECE_THREADS;
  piece.row = (int)blockIdx.x / pieces;
  piece.index = (int)blockIdx.x % pieces;
  piece.first = piece.index * most;
  piece.length = min(most, columns - piece.first);
  return piece;
}

__device__ static inline long long piece_start(Piece piece, int columns) {
  return (long long)piece.row * columns + piece.first;
}

// Neighbouring threads hold neighbouring values; behind the end they hold 0. `threads` are those of the block: a
// constant, wherever it is one, spares an address for each value.
template <int N>
__device__ static inline void held_load(float (&held)[N], const float* from, int length, int threads) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    int i = (int)threadIdx.x + k * threads;
    held[k] = i < length ? from[i] : 0;
  }
}

template <int N>
__device__ static inline void held_store(const float (&held)[N], float* to, int length, int threads) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    int i = (int)threadIdx.x + k * threads;
    if (i < length) {
      to[i] = held[k];
    }
  }
}

// Of one thread.
template <int N>
__device__ static inline float held_sum(const float (&held)[N]) {
  float sum = 0;
#pragma unroll
  for (int k = 0; k < N; k++) {
    sum += held[k];
  }
  return sum;
}

// Of one thread.
template <int N>
__device__ static inline float held_dot(const float (&x)[N], const float (&y)[N]) {
  float sum = 0;
#pragma unroll
  for (int k = 0; k < N; k++) {
    sum = fmaf(x[k], y[k], sum);
  }
  return sum;
}

// Takes a value off all that are within the piece; the others stay 0.
template <int N>
__device__ static inline void held_centre(float (&held)[N], float centre, int length, int threads) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    int i = (int)threadIdx.x + k * threads;
    held[k] = i < length ? held[k] - centre : 0;
  }
}

// held = scale * held + shift.
template <int N>
__device__ static inline void held_scale(float (&held)[N], float scale, float shift) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    held[k] = fmaf(scale, held[k], shift);
  }
}

// to += scale * held.
template <int N>
__device__ static inline void held_add(const float (&held)[N], float scale, float (&to)[N]) {
#pragma unroll
  for (int k = 0; k < N; k++) {
    to[k] = fmaf(scale, held[k], to[k]);
  }
}

struct TwoSums {
  double first;
  double second;
};

// The sums of what the threads of a warp give, to its first lane.
__device__ static inline TwoSums warp_sums(TwoSums of) {
  for (int distance = 16; distance > 0; distance /= 2) {
    of.first += __shfl_down_sync(0xffffffffu, of.first, distance);
    of.second += __shfl_down_sync(0xffffffffu, of.second, distance);
  }
  return of;
}

__device__ static inline float warp_sum(float value) {
  for (int distance = 16; distance > 0; distance /= 2) {
    value += __shfl_down_sync(0xffffffffu, value, distance);
  }
  return value;
}

// The sums of what the threads of a block give, to its first thread only: few cards are quick with doubles, so that
// thread alone is to work with them. There has to be a barrier between two calls.
__device__ static inline TwoSums sums_to_first(float x, float y) {
  __shared__ float of_warp[2][32];
  x = warp_sum(x);
  y = warp_sum(y);
  if (threadIdx.x % 32 == 0) {
    of_warp[0][threadIdx.x / 32] = x;
    of_warp[1][threadIdx.x / 32] = y;
  }
  __syncthreads();
  TwoSums sums = {0, 0};
  if (threadIdx.x < 32) {
    if (threadIdx.x < blockDim.x / 32) {
      sums.first = of_warp[0][threadIdx.x];
      sums.second = of_warp[1][threadIdx.x];
    }
    sums = warp_sums(sums);
  }
  return sums;
}

// For one warp: the sums of a row's pieces, two numbers each, to the first lane.
__device__ static inline TwoSums sums_of_pieces(const double* of_row, int pieces) {
  TwoSums sums = {0, 0};
  for (int i = threadIdx.x; i < pieces; i += 32) {
    sums.first += of_row[2 * i];
    sums.second += of_row[2 * i + 1];
  }
  return warp_sums(sums);
}

// The number of a row; 0 if there are none.
__device__ static inline float row_value(const double* numbers, int row) {
  return numbers == nullptr ? 0 : (float)numbers[row];
}
