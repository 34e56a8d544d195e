// What all kernels share. Compiled by nvcc for cards, and by g++ against emulator.h for tests without one.
//
// Matrices are row-major floats, [C, P]; images lie innermost, P = H*W*N. Vectors of a pass are doubles.
// Nothing here uses floating-point atomics, and no order of a sum depends on the card or on how many blocks it
// runs at a time: the same values give the same bits.
#pragma once

#ifdef FLETCH_EMULATOR
#include "emulator.h"
#else
#define FLETCH_KERNEL extern "C" __global__ void
#define FLETCH_EXPORT(name)
#endif

// Arguments that travel by value: so many addresses, or so many numbers.
template <typename T, int N>
struct Addresses {
  T* at[N];
};

template <int N>
struct Numbers {
  int at[N];
};

// The sum of what every thread of a block gives, to all of them. Blocks are of a multiple of 32 threads, up to 1024.
__device__ inline double block_sum(double value) {
  __shared__ double of_warp[32];
  __shared__ double total;
  for (int distance = 16; distance > 0; distance /= 2) {
    value += __shfl_down_sync(0xffffffffu, value, distance);
  }
  if (threadIdx.x % 32 == 0) {
    of_warp[threadIdx.x / 32] = value;
  }
  __syncthreads();
  if (threadIdx.x == 0) {
    double sum = 0;
    for (int warp = 0; warp < (int)(blockDim.x + 31) / 32; warp++) {
      sum += of_warp[warp];
    }
    total = sum;
  }
  __syncthreads();
  double result = total;
  __syncthreads();
  return result;
}
