// Kernels that try the emulator itself.
#include "fletch.cuh"

// out[i] = in[threads - 1 - i] of the block, through shared memory.
FLETCH_KERNEL reverse_blocks(const float* in, float* out) {
  __shared__ float values[1024];
  values[threadIdx.x] = in[blockIdx.x * blockDim.x + threadIdx.x];
  __syncthreads();
  out[blockIdx.x * blockDim.x + threadIdx.x] = values[blockDim.x - 1 - threadIdx.x];
}
FLETCH_EXPORT(reverse_blocks)

// Three shuffles of every thread's number.
FLETCH_KERNEL shuffle_numbers(int* down, int* crossed, long long* first) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  down[at] = __shfl_down_sync(0xffffffffu, at, 1);
  crossed[at] = __shfl_xor_sync(0xffffffffu, at, 5);
  first[at] = __shfl_sync(0xffffffffu, (long long)at << 33, 0);
}
FLETCH_EXPORT(shuffle_numbers)

// The sum of each block's numbers, `times` times over.
FLETCH_KERNEL sum_blocks(const double* in, double* sums, int times) {
  double sum = 0;
  for (int i = 0; i < times; i++) {
    sum += block_sum(in[blockIdx.x * blockDim.x + threadIdx.x]);
  }
  if (threadIdx.x == blockDim.x / 2) {
    sums[blockIdx.x] = sum;
  }
}
FLETCH_EXPORT(sum_blocks)

FLETCH_KERNEL add_structures(Addresses<float, 3> in, Numbers<3> lengths, long long by, double factor, float* out) {
  int at = blockIdx.y * blockDim.x + threadIdx.x;
  float sum = (float)by;
  for (int i = 0; i < 3; i++) {
    sum += at < lengths.at[i] ? (float)factor * in.at[i][at] : 0.0f;
  }
  out[at] = sum;
}
FLETCH_EXPORT(add_structures)

FLETCH_KERNEL barrier_for_some(int threads) {
  if ((int)threadIdx.x < threads) {
    __syncthreads();
  }
}
FLETCH_EXPORT(barrier_for_some)

FLETCH_KERNEL shuffle_for_some(int threads, int* out) {
  if ((int)threadIdx.x < threads) {
    out[threadIdx.x] = __shfl_xor_sync(0xffffffffu, (int)threadIdx.x, 1);
  }
}
FLETCH_EXPORT(shuffle_for_some)

FLETCH_KERNEL shuffle_differently(int* out) {
  if (threadIdx.x % 32 < 16) {
    out[threadIdx.x] = __shfl_xor_sync(0xffffffffu, (int)threadIdx.x, 1);
  } else {
    out[threadIdx.x] = __shfl_down_sync(0xffffffffu, (int)threadIdx.x, 1);
  }
}
FLETCH_EXPORT(shuffle_differently)

FLETCH_KERNEL write_one(float* at, int index) {
  at[index] = 1;
}
FLETCH_EXPORT(write_one)
