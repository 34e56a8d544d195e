// How the threads of a block share the pairs of rows of which they compute the products; pairs.cuh says what for.
#pragma once

#include "ampere.cuh"
#include "product_tiles.cuh"

// The side of a block, and how its pieces lie in shared memory.
template <int HEIGHT, int WIDTH, bool ONE>
struct PairShape {
  static constexpr int ROWS = HEIGHT;
  static constexpr int OTHERS = WIDTH;
  // Whether both matrices are the same.
  static constexpr bool SAME = ONE;
  static constexpr int FETCHED = SAME ? ROWS : ROWS + OTHERS;
  static constexpr int FIRST_OTHER = SAME ? 0 : ROWS;
  // Columns of a piece. Those of one matrix only get longer pieces, so that enough is on its way at a time.
  static constexpr int PIECE = SAME ? 4096 / ROWS : 32;
  // Rows lie so far apart in shared memory that threads which read neighbouring ones do not meet.
  static constexpr int STRIDE = PIECE + 4;
  static constexpr int PART = FETCHED * STRIDE;
  // Threads that share a row of a, where its sum is wanted.
  static constexpr int PER_ROW = PRODUCT_THREADS / ROWS;
};

// How threads divide the pairs of rows: MY * NX threads are a slice, with RM * RN sums each.
template <int MY, int RM, int NX, int RN, bool SAME>
struct PairTile : PairShape<MY * RM, NX * RN, SAME> {
  using Shape = PairShape<MY * RM, NX * RN, SAME>;
  static constexpr int SUMS = RM * RN;
  static constexpr int THREADS = MY * NX;
  static constexpr int SLICES = PRODUCT_THREADS / THREADS;
  static constexpr int STEPS = Shape::PIECE / 4 / SLICES;
  static constexpr int WARPS_ACROSS = NX < 8 ? 1 : NX / 8;

  // The row of a, and that of b, of a sum.
  __device__ static inline int row(int i) {
    int t = threadIdx.x % THREADS;
    return (THREADS < 32 ? t / NX : t % 32 / 8 + t / 32 / WARPS_ACROSS * 4) + i / RN * MY;
  }
  __device__ static inline int other(int i) {
    int t = threadIdx.x % THREADS;
    return (THREADS < 32 ? t % NX : t % 8 + t / 32 % WARPS_ACROSS * 8) + i % RN * NX;
  }

  // The first column of a piece that the thread reads. Slices of a warp are 16 apart, in different banks.
  __device__ static inline int column() {
    int slice = threadIdx.x / THREADS;
    return 4 * (THREADS < 32 ? slice / 2 % 4 + slice % 2 * 4 + slice / 8 * 8 : slice);
  }

  // The sums grow by a piece.
  __device__ static inline void add(const float* piece, float* sums) {
    const float* left = piece + row(0) * Shape::STRIDE + column();
    const float* right = piece + (Shape::FIRST_OTHER + other(0)) * Shape::STRIDE + column();
    // Not unrolled: the registers are needed for sums.
#pragma unroll 1
    for (int step = 0; step < STEPS; step++) {
      float4 a[RM];
#pragma unroll
      for (int i = 0; i < RM; i++) {
        a[i] = *(const float4*)(left + i * MY * Shape::STRIDE + step * 4 * SLICES);
      }
#pragma unroll
      for (int j = 0; j < RN; j++) {
        float4 b = *(const float4*)(right + j * NX * Shape::STRIDE + step * 4 * SLICES);
#pragma unroll
        for (int i = 0; i < RM; i++) {
          sums[i * RN + j] += a[i].x * b.x;
          sums[i * RN + j] += a[i].y * b.y;
          sums[i * RN + j] += a[i].z * b.z;
          sums[i * RN + j] += a[i].w * b.w;
        }
      }
    }
  }
};

#if FLETCH_TENSOR_CORES
// On tensor cores: a warp has 16 * M rows of a and 8 * N of b, ACROSS warps are a slice.
template <int M, int N, int ACROSS, bool SAME>
struct TensorPairTile : PairShape<16 * M, 8 * N * ACROSS, SAME> {
  using Shape = PairShape<16 * M, 8 * N * ACROSS, SAME>;
  static constexpr int SUMS = 4 * M * N;
  static constexpr int THREADS = 32 * ACROSS;
  static constexpr int SLICES = PRODUCT_THREADS / THREADS;
  static constexpr int STEPS = Shape::PIECE / 8 / SLICES;

  __device__ static inline int row(int i) {
    return i / 4 / N * 16 + threadIdx.x % 32 / 4 + i % 4 / 2 * 8;
  }
  __device__ static inline int other(int i) {
    return (threadIdx.x / 32 % ACROSS * N + i / 4 % N) * 8 + threadIdx.x % 4 * 2 + i % 2;
  }

  __device__ static inline void add(const float* piece, float* sums) {
    int column = threadIdx.x / THREADS * 8 + threadIdx.x % 4;
    int group = threadIdx.x % 32 / 4;
    int first = Shape::FIRST_OTHER + threadIdx.x / 32 % ACROSS * N * 8;
    const float* left = piece + group * Shape::STRIDE + column;
    const float* right = piece + (first + group) * Shape::STRIDE + column;
#pragma unroll 1
    for (int step = 0; step < STEPS; step++) {
      unsigned int a[M][4];
#pragma unroll
      for (int i = 0; i < 4 * M; i++) {
        int row = i / 4 * 16 + i % 2 * 8;
        a[i / 4][i % 4] = rounded_to_tf32(left[row * Shape::STRIDE + i % 4 / 2 * 4]);
      }
#pragma unroll
      for (int n = 0; n < N; n++) {
        unsigned int b0 = rounded_to_tf32(right[n * 8 * Shape::STRIDE]);
        unsigned int b1 = rounded_to_tf32(right[n * 8 * Shape::STRIDE + 4]);
#pragma unroll
        for (int m = 0; m < M; m++) {
          multiply_tensors(sums + (m * N + n) * 4, 1, a[m], b0, b1);
        }
      }
      left += 8 * SLICES;
      right += 8 * SLICES;
    }
  }
};
#endif

// The kernels' tiles, on tensor cores where they are wanted and there are any.
template <typename Plain, int M, int N, int ACROSS, bool WANTS_TENSOR>
struct ChosenPairTile {
  using Tile = Plain;
};

#if FLETCH_TENSOR_CORES
template <typename Plain, int M, int N, int ACROSS>
struct ChosenPairTile<Plain, M, N, ACROSS, true> {
  using Tile = TensorPairTile<M, N, ACROSS, Plain::SAME>;
};
#endif
