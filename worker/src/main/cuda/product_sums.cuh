// out = keep * out + shift + sum over i of a[i] x[i]
//
// A warp computes 16 * LANES rows of 128 / LANES columns, 64 values a thread. It reads x from memory straight into
// registers, 8 terms ahead, each value once; the left operands, which all warps need, pass through shared memory.
// Warps share the terms of a tile among them ("slices"), where there are too few columns to keep the card busy: they
// take every so-many-th group of 8 terms, and add up what they have at the end, in a fixed order.
#pragma once

#include "product_tiles.cuh"

// Adds what the slices of a tile have to the first of them, halves by halves.
__device__ static inline void add_slices(float* shared, int slice_bits, float* sums) {
  int warp = threadIdx.x / 32;
  int slice = warp & ((1 << slice_bits) - 1);
  for (int half = (1 << slice_bits) / 2; half > 0; half /= 2) {
    float* at = shared + ((warp >> slice_bits) * half + slice % half) * 2048 + threadIdx.x % 32;
    __syncthreads();
    if (slice >= half && slice < 2 * half) {
#pragma unroll
      for (int i = 0; i < 64; i++) {
        at[i * 32] = sums[i];
      }
    }
    __syncthreads();
    if (slice < half) {
#pragma unroll
      for (int i = 0; i < 64; i++) {
        sums[i] += at[i * 32];
      }
    }
  }
  // What is written may be what another thread has read.
  __syncthreads();
}

template <bool ALIGNED>
__device__ static inline void write_sums(
    float* at, int columns, float keep, float shift, const float* sums) {
  if (ALIGNED) {
    float4 v = {sums[0] + shift, sums[1] + shift, sums[2] + shift, sums[3] + shift};
    if (keep != 0) {
      float4 before = *(const float4*)at;
      v = {v.x + keep * before.x, v.y + keep * before.y, v.z + keep * before.z,
           v.w + keep * before.w};
    }
    *(float4*)at = v;
  } else {
#pragma unroll
    for (int i = 0; i < 4; i++) {
      if (i < columns) {
        at[i] = sums[i] + shift + (keep == 0 ? 0 : keep * at[i]);
      }
    }
  }
}

// Blocks: tiles of columns, tiles of rows, sums. The terms of sum s are those from terms[s] to terms[s + 1].
template <int LANES, bool WANTS_TENSOR, bool ALIGNED>
__device__ static inline void product_sums(
    const Addresses<const float, PRODUCT_TERMS>& a, const Addresses<const float, PRODUCT_TERMS>& x,
    const Numbers<PRODUCT_TERMS>& inner, const Addresses<float, PRODUCT_SUMS>& out,
    const Addresses<const double, PRODUCT_SUMS>& shift, const Numbers<PRODUCT_SUMS>& rows,
    const Numbers<PRODUCT_SUMS + 1>& terms, int columns, float keep, int slice_bits) {
  constexpr bool TENSOR = WANTS_TENSOR && FLETCH_TENSOR_CORES;
  using Warp = WarpTile<LANES, TENSOR>;
  constexpr int AHEAD = Warp::AHEAD;
  constexpr int LEFT = 64 * (16 * LANES + 4);
  constexpr int SHARED = 2 * LEFT > 8192 ? 2 * LEFT : 8192;
  __shared__ float4 memory[SHARED / 4];
  float* shared = (float*)memory;

  int first_row = blockIdx.y * (16 * LANES);
  int first_term = terms.at[blockIdx.z];
  int end_term = terms.at[blockIdx.z + 1];
  int rows_here = rows.at[blockIdx.z] - first_row;
  if (rows_here <= 0) {
    return;
  }
  int warp = threadIdx.x / 32;
  int slice = warp & ((1 << slice_bits) - 1);
  int start = ((blockIdx.x << (3 - slice_bits)) + (warp >> slice_bits)) * (128 / LANES);
  int groups = 0;
  for (int t = first_term; t < end_term; t++) {
    groups += (inner.at[t] + 7) / 8;
  }
  int steps = (groups + (1 << slice_bits) - 1) >> slice_bits;
  TermWalk of_left = {first_term, 0, end_term};
  TermWalk of_right = {first_term, 0, end_term};

  auto fetch = [&](int chunk) {
    int k = of_left.first(inner, chunk * PRODUCT_WARPS + warp);
    bool any = of_left.term < end_term;
    int width = any ? inner.at[of_left.term] : 0;
    const float* from = any ? a.at[of_left.term] + (long long)first_row * width : nullptr;
    fetch_left<LANES, TENSOR>(from, width, k, rows_here, shared + chunk % 2 * LEFT);
  };
  // Past the last group, what is there already: it is multiplied with 0, or with nothing.
  auto right = [&](int step) {
    int k = of_right.first(inner, (step << slice_bits) + slice);
    if (of_right.term >= end_term) {
      return RightRows{x.at[first_term], 1, columns};
    }
    const float* from = x.at[of_right.term] + (long long)k * columns;
    return RightRows{from, inner.at[of_right.term] - k, columns};
  };

  float sums[64];
#pragma unroll
  for (int i = 0; i < 64; i++) {
    sums[i] = 0;
  }
  float4 ahead[AHEAD][Warp::PIECES];
#pragma unroll
  for (int u = 0; u < AHEAD; u++) {
#pragma unroll
    for (int i = 0; i < Warp::PIECES; i++) {
      ahead[u][i] = {0, 0, 0, 0};
    }
    Warp::template read<ALIGNED>(right(u), start, ahead[u]);
  }
  fetch(0);
#pragma unroll 1
  for (int begin = 0; begin < steps; begin += AHEAD) {
#pragma unroll
    for (int u = 0; u < AHEAD; u++) {
      int step = begin + u;
      if (step < steps) {
        int group = (step << slice_bits) + slice;
        if (group % PRODUCT_WARPS == slice) {
          await_fetched();
          __syncthreads();
          if (group + PRODUCT_WARPS - slice < groups) {
            fetch(group / PRODUCT_WARPS + 1);
          }
        }
        Warp::template add<ALIGNED>(
            shared + group / PRODUCT_WARPS % 2 * LEFT, group % PRODUCT_WARPS, ahead[u],
            right(step + AHEAD), start, sums);
      }
    }
  }
  add_slices(shared, slice_bits, sums);
  if (slice == 0) {
    const double* values = shift.at[blockIdx.z];
#pragma unroll
    for (int i = 0; i < 16; i++) {
      int row = blockIdx.y * (16 * LANES) + Warp::row(i);
      int column = start + Warp::column(i);
      if (row < rows.at[blockIdx.z] && column < columns) {
        float* at = out.at[blockIdx.z] + (long long)row * columns + column;
        float add = values == nullptr ? 0 : (float)values[row];
        write_sums<ALIGNED>(at, columns - column, keep, add, sums + i * 4);
      }
    }
  }
}
