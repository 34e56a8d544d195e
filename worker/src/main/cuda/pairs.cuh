// out = scale * a b', the long side being summed over
//
// A block takes some rows of a, some of b, and some columns of both, which it fetches a piece at a time. Its threads
// form slices: each slice has the sums of all pairs of rows, over every so-many-th four or eight columns. They add up
// what they have; the sums of blocks with other columns are added by another kernel.
#pragma once

#include "pair_tiles.cuh"

// Rows of two matrices, the same columns of both.
struct RowPairs {
  const float* a;
  const float* b;
  int rows;
  int others;
  int columns;
  bool aligned;
};

// Fetches some columns, zeros where there are none.
template <typename Tile>
__device__ static inline void fetch_pairs(const RowPairs& of, int from, int end, float* to) {
  // Not unrolled: the registers are needed for sums.
#pragma unroll 1
  for (int number = threadIdx.x; number < Tile::FETCHED * Tile::PIECE / 4;
       number += PRODUCT_THREADS) {
    int row = number / (Tile::PIECE / 4);
    int column = from + number % (Tile::PIECE / 4) * 4;
    float* at = to + row * Tile::STRIDE + column - from;
    bool left = row < Tile::ROWS;
    bool present = left ? row < of.rows : row - Tile::ROWS < of.others;
    const float* source = left ? of.a + (long long)row * of.columns
                               : of.b + (long long)(row - Tile::ROWS) * of.columns;
    if (of.aligned && present && column < end) {
      fetch_four(at, source + column);
    } else {
      for (int j = 0; j < 4; j++) {
        at[j] = present && column + j < end ? source[column + j] : 0;
      }
    }
  }
}

// Adds what the slices have to the first of them, halves by halves.
template <typename Tile>
__device__ static inline void add_pair_slices(float* shared, float* sums) {
#pragma unroll
  for (int half = Tile::SLICES / 2; half > 0; half /= 2) {
    int threads = half * Tile::THREADS;
    int thread = threadIdx.x;
    __syncthreads();
    if (thread >= threads && thread < 2 * threads) {
#pragma unroll
      for (int i = 0; i < Tile::SUMS; i++) {
        shared[i * threads + thread - threads] = sums[i];
      }
    }
    __syncthreads();
    if (thread < threads) {
#pragma unroll
      for (int i = 0; i < Tile::SUMS; i++) {
        sums[i] += shared[i * threads + thread];
      }
    }
  }
}

// The sums of the columns from..end of all pairs, to the threads of the first slice, and, where they are wanted, those
// of the rows of a, to the threads that begin a row.
template <typename Tile>
__device__ static inline float sum_pairs(
    const RowPairs& of, int from, int end, bool sums_rows, float* sums) {
  constexpr int REDUCED = PRODUCT_THREADS / 2 * Tile::SUMS;
  __shared__ float4 memory[(2 * Tile::PART > REDUCED ? 2 * Tile::PART : REDUCED) / 4];
  float* shared = (float*)memory;
#pragma unroll
  for (int i = 0; i < Tile::SUMS; i++) {
    sums[i] = 0;
  }
  float of_row = 0;
  fetch_pairs<Tile>(of, from, end, shared);
#pragma unroll 1
  for (int piece = 0; from < end; piece ^= 1) {
    await_fetched();
    __syncthreads();
    from += Tile::PIECE;
    if (from < end) {
      fetch_pairs<Tile>(of, from, end, shared + (piece ^ 1) * Tile::PART);
    }
    Tile::add(shared + piece * Tile::PART, sums);
    if (!Tile::SAME && sums_rows) {
      const float* row = shared + piece * Tile::PART + threadIdx.x / Tile::PER_ROW * Tile::STRIDE;
#pragma unroll
      for (int i = 0; i < Tile::PIECE; i += Tile::PER_ROW) {
        of_row += row[i + threadIdx.x % Tile::PER_ROW];
      }
    }
  }
  add_pair_slices<Tile>(shared, sums);
  if (!Tile::SAME) {
#pragma unroll
    for (int distance = Tile::PER_ROW / 2; distance > 0; distance /= 2) {
      of_row += __shfl_down_sync(0xffffffffu, of_row, distance);
    }
  }
  return of_row;
}

// To out[rows, stride], from the first slice.
template <typename Tile>
__device__ static inline void write_pairs(
    const float* sums, int rows, int others, float* out, int stride) {
  if (threadIdx.x < Tile::THREADS) {
#pragma unroll
    for (int i = 0; i < Tile::SUMS; i++) {
      if (Tile::row(i) < rows && Tile::other(i) < others) {
        out[(long long)Tile::row(i) * stride + Tile::other(i)] = sums[i];
      }
    }
  }
}

// Blocks: parts of `length` columns, tiles of b's rows, tiles of a's. To parts [parts, m, n] and, unless null,
// row_sums [parts, m].
template <typename Tile>
__device__ static inline void transposed_product(
    const float* a, const float* b, int m, int n, int columns, int length, int aligned,
    float* parts, float* row_sums) {
  float sums[Tile::SUMS];
  int row = blockIdx.z * Tile::ROWS;
  int other = blockIdx.y * Tile::OTHERS;
  int from = blockIdx.x * length;
  RowPairs of = {a + (long long)row * columns, b + (long long)other * columns, m - row, n - other,
                 columns, aligned != 0};
  bool sums_rows = row_sums != nullptr && other == 0;
  float of_row = sum_pairs<Tile>(of, from, min(from + length, columns), sums_rows, sums);
  row = blockIdx.z * Tile::ROWS;
  other = blockIdx.y * Tile::OTHERS;
  float* out = parts + ((long long)blockIdx.x * m + row) * n + other;
  write_pairs<Tile>(sums, m - row, n - other, out, n);
  row += threadIdx.x / Tile::PER_ROW;
  if (row_sums != nullptr && other == 0 && threadIdx.x % Tile::PER_ROW == 0 && row < m) {
    row_sums[(long long)blockIdx.x * m + row] = of_row;
  }
}
