// How a warp computes its tile of a sum of products; product_sums.cuh says of what that is a part.
#pragma once

#include "ampere.cuh"

#define PRODUCT_THREADS 256
#define PRODUCT_WARPS 8
#define PRODUCT_TERMS 64
#define PRODUCT_SUMS 64

// The group of 8 terms with a given number, which may only rise; every product begins with a new group.
struct TermWalk {
  int term;
  int before;
  int end;

  // The first of the 8 in its product. Past the last group, term is end.
  __device__ inline int first(const Numbers<PRODUCT_TERMS>& inner, int group) {
    while (term < end && group - before >= (inner.at[term] + 7) / 8) {
      before += (inner.at[term] + 7) / 8;
      term++;
    }
    return (group - before) * 8;
  }
};

// Where a left operand's value lies in shared memory: a thread of the tensor cores' finds its four side by side.
template <int LANES, bool TENSOR>
__device__ static inline int place_of_left(int group, int k, int row) {
  if (TENSOR) {
    int lane = row % 8 * 4 + k % 4;
    return (group * LANES + row / 16) * 128 + lane * 4 + row / 8 % 2 + k / 4 * 2;
  }
  return (group * 8 + k) * (16 * LANES + 4) + row;
}

// Each warp fetches 8 columns of a left operand, zeros where there are none.
template <int LANES, bool TENSOR>
__device__ static inline void fetch_left(const float* a, int inner, int k, int rows, float* to) {
  int lane = threadIdx.x % 32;
  int group = threadIdx.x / 32;
  k += lane % 8;
#pragma unroll
  for (int i = 0; i < 4 * LANES; i++) {
    int row = i * 4 + lane / 8;
    float* at = to + place_of_left<LANES, TENSOR>(group, lane % 8, row);
    if (k < inner && row < rows) {
      fetch_one(at, a + (long long)row * inner + k);
    } else {
      *at = 0;
    }
  }
}

// Four columns of a row. Columns past the end repeat others: they are never written.
template <bool ALIGNED>
__device__ static inline float4 read_four(const float* row, int column, int columns) {
  if (ALIGNED) {
    return *(const float4*)(row + min(column, columns - 4));
  }
  return {row[min(column, columns - 1)], row[min(column + 1, columns - 1)],
          row[min(column + 2, columns - 1)], row[min(column + 3, columns - 1)]};
}

// The rows of a right operand that a group of terms reads. Rows past the end repeat the last: what they are multiplied
// with is 0.
struct RightRows {
  const float* row;
  int left;
  int columns;

  // Takes no registers for the addresses of rows to come.
  __device__ inline void next() {
    left--;
    row += left > 0 ? columns : 0;
  }
};

__device__ static inline void add_scaled_four(float a, const float4& x, float* sums) {
  sums[0] += a * x.x;
  sums[1] += a * x.y;
  sums[2] += a * x.z;
  sums[3] += a * x.w;
}

// How the threads of a warp divide its tile, and what they do for 8 terms. A thread's 64 sums are 16 times 4 columns
// of a row. x is replaced with what is needed next as soon as it has been used.
template <int LANES, bool TENSOR>
struct WarpTile {
  // Groups of terms that are read ahead, and the pieces of four values that a thread reads of each.
  static constexpr int AHEAD = 1;
  static constexpr int PIECES = 8;

  __device__ static inline int row(int i) {
    return i / 4 * (4 * LANES) + threadIdx.x % 32 / (32 / LANES) * 4 + i % 4;
  }
  __device__ static inline int column(int i) { return threadIdx.x % (32 / LANES) * 4; }

  template <bool ALIGNED>
  __device__ static inline void read(RightRows from, int start, float4* x) {
#pragma unroll
    for (int k = 0; k < 8; k++) {
      x[k] = read_four<ALIGNED>(from.row, start + column(0), from.columns);
      from.next();
    }
  }

  template <bool ALIGNED>
  __device__ static inline void add(
      const float* left, int group, float4* x, RightRows next, int start, float* sums) {
    const float4* from = (const float4*)(left + place_of_left<LANES, false>(group, 0, row(0)));
#pragma unroll
    for (int k = 0; k < 8; k++) {
#pragma unroll
      for (int i = 0; i < 4; i++) {
        float4 a = from[k * (4 * LANES + 1) + i * LANES];
        add_scaled_four(a.x, x[k], sums + i * 16);
        add_scaled_four(a.y, x[k], sums + i * 16 + 4);
        add_scaled_four(a.z, x[k], sums + i * 16 + 8);
        add_scaled_four(a.w, x[k], sums + i * 16 + 12);
      }
      x[k] = read_four<ALIGNED>(next.row, start + column(0), next.columns);
      next.next();
    }
  }
};

#if FLETCH_TENSOR_CORES
__device__ static inline float component(const float4& v, int i) {
  return i == 0 ? v.x : i == 1 ? v.y : i == 2 ? v.z : v.w;
}

// On tensor cores. Eight columns of an operand of theirs are every fourth of 32, so that a thread reads, and writes,
// four neighbours.
template <int LANES>
struct WarpTile<LANES, true> {
  static constexpr int AHEAD = LANES;
  static constexpr int PIECES = 8 / LANES;

  __device__ static inline int row(int i) {
    return i / 4 / (4 / LANES) * 16 + threadIdx.x % 32 / 4 + i % 4 / 2 * 8;
  }
  __device__ static inline int column(int i) {
    return i / 4 % (4 / LANES) * 32 + threadIdx.x % 4 * 8 + i % 2 * 4;
  }

  template <bool ALIGNED>
  __device__ static inline void read(RightRows from, int start, float4* x) {
    static_assert(ALIGNED, "tensor cores are fed with four values at a time");
    int column = start + threadIdx.x % 32 / 4 * 4;
#pragma unroll
    for (int half = 0; half < 2; half++) {
      int row = min((int)threadIdx.x % 4 + half * 4, from.left - 1);
      const float* at = from.row + (long long)row * from.columns + column;
#pragma unroll
      for (int c = 0; c < 4 / LANES; c++) {
        // Not clamped, as above: that would take a register for each c.
        if (column + c * 32 < from.columns) {
          x[2 * c + half] = *(const float4*)(at + c * 32);
        }
      }
    }
  }

  template <bool ALIGNED>
  __device__ static inline void add(
      const float* left, int group, float4* x, RightRows next, int start, float* sums) {
    unsigned int a[LANES][4];
#pragma unroll
    for (int m = 0; m < LANES; m++) {
      float4 v = *(const float4*)(left + (group * LANES + m) * 128 + threadIdx.x % 32 * 4);
#pragma unroll
      for (int i = 0; i < 4; i++) {
        a[m][i] = rounded_to_tf32(component(v, i));
      }
    }
#pragma unroll
    for (int c = 0; c < 4 / LANES; c++) {
#pragma unroll
      for (int j = 0; j < 4; j++) {
        unsigned int b0 = rounded_to_tf32(component(x[2 * c], j));
        unsigned int b1 = rounded_to_tf32(component(x[2 * c + 1], j));
#pragma unroll
        for (int m = 0; m < LANES; m++) {
          multiply_tensors(sums + (m * (4 / LANES) + c) * 16 + j, 4, a[m], b0, b1);
        }
      }
    }
    read<ALIGNED>(next, start, x);
  }
};
#endif
