// What the backward kernels of the depthwise convolution share.
//
// A thread takes some neighbouring inputs of one image and all output gradients that they had a share in. Each
// gradient it loads serves both the inputs' gradients and those of the weights, which it sums over its groups, then
// over its block, then over all blocks of a channel.
#pragma once

#include "windows.cuh"

static constexpr int BACKWARD_INPUTS = 4;
static constexpr int BACKWARD_THREADS = 256;
static constexpr int BACKWARD_PART = 16;  // values that are summed in single precision

// Sums 2 * HALF values over as many lanes of a warp; lane i gets the sum of the i-th. Each step halves the values that
// a lane cares for.
template <int HALF>
__device__ static inline void weight_sums_over_lanes(float (&value)[32]) {
  bool upper = (threadIdx.x & HALF) != 0;
#pragma unroll
  for (int i = 0; i < HALF; i++) {
    float kept = upper ? value[i + HALF] : value[i];
    float given = upper ? value[i] : value[i + HALF];
    value[i] = kept + __shfl_xor_sync(0xffffffffu, given, HALF);
  }
  weight_sums_over_lanes<HALF / 2>(value);
}

template <>
__device__ inline void weight_sums_over_lanes<0>(float (&)[32]) {}

// Sums T values over the blocks of a channel, on top of its weights' gradients. Blocks leave their sums in `parts`; the
// last of them, found by counting, adds all up in the order of the blocks, whichever it is. It leaves the count at 0.
template <int T>
__device__ static inline void sum_weights(
    const float (&of_thread)[T], double* parts, unsigned* arrived, double* dweights) {
  __shared__ float of_warp[BACKWARD_THREADS / 32][(T + 31) / 32 * 32];
  __shared__ bool is_last;
#pragma unroll
  for (int from = 0; from < T; from += 32) {
    float value[32];
#pragma unroll
    for (int i = 0; i < 32; i++) {
      value[i] = from + i < T ? of_thread[from + i < T ? from + i : 0] : 0.0f;
    }
    weight_sums_over_lanes<16>(value);
    of_warp[threadIdx.x / 32][from + threadIdx.x % 32] = value[0];
  }
  __syncthreads();
  // read again by another block, so no copy of them may be kept closer than all blocks see
  volatile double* sums = parts + (long long)blockIdx.y * gridDim.x * T;
  if (threadIdx.x < T) {
    double sum = 0;
#pragma unroll
    for (int warp = 0; warp < BACKWARD_THREADS / 32; warp++) {
      sum += of_warp[warp][threadIdx.x];
    }
    sums[blockIdx.x * T + threadIdx.x] = sum;
    __threadfence();
  }
  __syncthreads();
  if (threadIdx.x == 0) {
    is_last = atomicAdd(&arrived[blockIdx.y], 1u) == gridDim.x - 1;
    __threadfence();
  }
  __syncthreads();
  if (is_last && threadIdx.x < T) {
    double sum = 0;
    for (unsigned block = 0; block < gridDim.x; block++) {
      sum += sums[block * T + threadIdx.x];
    }
    dweights[blockIdx.y * T + threadIdx.x] += sum;
  }
  if (is_last && threadIdx.x == 0) {
    arrived[blockIdx.y] = 0;
  }
}

// A channel: its matrices' rows. There may be no dx.
struct DepthwiseRows {
  const float* x;
  const float* dout;
  float* dx;
  bool adds;
};

__device__ static inline DepthwiseRows depthwise_rows(
    const float* x, const float* dout, float* dx, int adds, const ImageWindow& g) {
  long long in = (long long)blockIdx.y * g.height * g.width * g.images;
  long long out = (long long)blockIdx.y * g.out_height * g.out_width * g.images;
  return DepthwiseRows{x + in, dout + out, dx == nullptr ? nullptr : dx + in, adds != 0};
}

// The gradient of an input, which passes where the input is positive.
__device__ static inline void put_depthwise_gradient(const DepthwiseRows& rows, int at, float x, float gradient) {
  float passed = x > 0 ? gradient : 0.0f;
  rows.dx[at] = rows.adds ? rows.dx[at] + passed : passed;
}

// Block (i, c): `items` times 256 groups of channel c, `groups` to a row of pixels. dweights may be null, and so may
// be dx.
#define FLETCH_DEPTHWISE_BACKWARD(name, K, WORK)                                                      \
  FLETCH_KERNEL __launch_bounds__(BACKWARD_THREADS, K == 3 ? 3 : K == 5 ? 2 : 1)                      \
  name(                                                                                               \
      const float* __restrict__ x,                                                                    \
      const double* __restrict__ weights,                                                             \
      const float* __restrict__ dout,                                                                 \
      float* __restrict__ dx,                                                                         \
      int adds,                                                                                       \
      double* parts,                                                                                  \
      unsigned* arrived,                                                                              \
      double* dweights,                                                                               \
      Numbers<9> window,                                                                              \
      int groups,                                                                                     \
      int items) {                                                                                    \
    ImageWindow g = image_window(window);                                                             \
    DepthwiseRows rows = depthwise_rows(x, dout, dx, adds, g);                                          \
    int first = blockIdx.x * items * BACKWARD_THREADS;                                                \
    float sums[K * K];                                                                                \
    for (int tap = 0; tap < K * K; tap++) {                                                           \
      sums[tap] = 0;                                                                                  \
    }                                                                                                 \
    WORK                                                                                              \
    if (dweights != nullptr) {                                                                        \
      sum_weights<K * K>(sums, parts, arrived, dweights);                                             \
    }                                                                                                 \
  }                                                                                                   \
  FLETCH_EXPORT(name)
