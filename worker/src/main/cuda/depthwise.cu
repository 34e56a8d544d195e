// Depthwise convolution of relu(x) over images.
//
// A thread computes 4 outputs of a row for one image, so that what it loads is used up to 4 times; the threads of a
// warp take neighbouring images, so that every load is one run of memory and borders are the same for all of them.
// With dilation, the 4 outputs are those that share inputs.
#include "windows.cuh"

static constexpr int DEPTHWISE_OUTPUTS = 4;

// The 4 neighbours that a thread works on: (y, x + j * step), of image n.
struct DepthwiseGroup {
  int y;
  int x;
  int n;
};

// Groups are counted image by image, then along a row of pixels; there are `step` interleaved ones side by side.
__device__ static inline DepthwiseGroup depthwise_group(
    unsigned number, unsigned groups, unsigned step, unsigned images) {
  unsigned pixels = number / images;
  unsigned y = pixels / groups;
  unsigned of_row = pixels - y * groups;
  unsigned quad = step == 1 ? of_row : of_row / step;
  unsigned x = of_row - quad * step + quad * step * DEPTHWISE_OUTPUTS;
  return DepthwiseGroup{(int)y, (int)x, (int)(number - pixels * images)};
}

// A channel's weights as floats; rows are padded, for wide loads.
template <int K>
struct alignas(16) DepthwiseWeights {
  float at[K][(K + 3) / 4 * 4];
};

template <int K>
__device__ static inline void load_depthwise_weights(
    const double* __restrict__ weights, int channel, DepthwiseWeights<K>& to) {
  // a block that centres a short row may have fewer threads than there are weights
  for (int tap = threadIdx.x; tap < K * K; tap += blockDim.x) {
    to.at[tap / K][tap % K] = (float)weights[channel * K * K + tap];
  }
  __syncthreads();
}

// Adds to the outputs of a group; the inputs of two neighbours among them lie M taps apart.
template <int K, int M>
__device__ static inline void convolve_group(
    const float* __restrict__ x,
    const DepthwiseWeights<K>& w,
    const ImageWindow& g,
    const DepthwiseGroup& group,
    float (&result)[DEPTHWISE_OUTPUTS]) {
  constexpr int COLUMNS = K + M * (DEPTHWISE_OUTPUTS - 1);
  int column = group.x * g.stride + g.first;
  int step = g.dilation * g.images;
// large windows would want more registers than there are
#pragma unroll(K <= 5 ? K : 1)
  for (int i = 0; i < K; i++) {
    int row = group.y * g.stride + g.first + i * g.dilation;
    // no branch: the loads of the next row need not wait for this one
    bool exists = is_within(row, g.height);
    int from = (row * g.width + column) * g.images + group.n;
    float in[COLUMNS];
#pragma unroll
    for (int k = 0; k < COLUMNS; k++) {
      in[k] = exists && is_within(column + k * g.dilation, g.width) ? window_relu(x[from + k * step]) : 0.0f;
    }
#pragma unroll
    for (int tap = 0; tap < K; tap++) {
#pragma unroll
      for (int j = 0; j < DEPTHWISE_OUTPUTS; j++) {
        result[j] += w.at[i][tap] * in[M * j + tap];
      }
    }
  }
}

// Block (i, c): the i-th groups of channel c. `groups` of a row of pixels, `step` from one output of a group to the
// next.
template <int K, int M>
__device__ static inline void depthwise_forward(
    const float* __restrict__ x,
    const double* __restrict__ weights,
    float* __restrict__ out,
    double* __restrict__ sums,
    double* __restrict__ means,
    const ImageWindow& g,
    int groups,
    int step) {
  __shared__ DepthwiseWeights<K> w;
  load_depthwise_weights<K>(weights, blockIdx.y, w);
  int columns = g.out_height * g.out_width * g.images;
  unsigned number = blockIdx.x * blockDim.x + threadIdx.x;
  DepthwiseGroup group = depthwise_group(number, groups, step, g.images);
  float result[DEPTHWISE_OUTPUTS] = {0, 0, 0, 0};
  float sum = 0;
  if (group.y < g.out_height) {
    convolve_group<K, M>(x + (long long)blockIdx.y * g.height * g.width * g.images, w, g, group, result);
#pragma unroll
    for (int j = 0; j < DEPTHWISE_OUTPUTS; j++) {
      sum += group.x + j * step < g.out_width ? result[j] : 0.0f;
    }
  }
  float mean = window_row_mean(sum, sums, means, columns);
  if (group.y < g.out_height) {
    float* to = out + (long long)blockIdx.y * columns + (group.y * g.out_width + group.x) * g.images + group.n;
#pragma unroll
    for (int j = 0; j < DEPTHWISE_OUTPUTS; j++) {
      if (group.x + j * step < g.out_width) {
        to[j * step * g.images] = result[j] - mean;
      }
    }
  }
}

// A block may be as large as a row, to centre it.
#define FLETCH_DEPTHWISE(K, M)                                                                        \
  FLETCH_KERNEL __launch_bounds__(1024, 1) depthwise_##K##_##M(                                          \
      const float* __restrict__ x,                                                                    \
      const double* __restrict__ weights,                                                             \
      float* __restrict__ out,                                                                        \
      double* __restrict__ sums,                                                                      \
      double* __restrict__ means,                                                                     \
      Numbers<9> window,                                                                              \
      int groups,                                                                                     \
      int step) {                                                                                     \
    depthwise_forward<K, M>(x, weights, out, sums, means, image_window(window), groups, step);        \
  }                                                                                                   \
  FLETCH_EXPORT(depthwise_##K##_##M)

FLETCH_DEPTHWISE(3, 1)
FLETCH_DEPTHWISE(3, 2)
FLETCH_DEPTHWISE(5, 1)
FLETCH_DEPTHWISE(5, 2)
FLETCH_DEPTHWISE(7, 1)
FLETCH_DEPTHWISE(7, 2)

// Windows of any side: a thread for every output.
FLETCH_KERNEL __launch_bounds__(1024, 1) depthwise_any(
    const float* __restrict__ x,
    const double* __restrict__ weights,
    float* __restrict__ out,
    double* __restrict__ sums,
    double* __restrict__ means,
    Numbers<9> window) {
  ImageWindow g = image_window(window);
  int columns = g.out_height * g.out_width * g.images;
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  RunPlace place = run_place<1>(at, g.out_width, g.images);
  int n = at % g.images;
  const float* in = x + (long long)blockIdx.y * g.height * g.width * g.images;
  float result = 0;
  for (int tap = 0; tap < g.kernel * g.kernel && at < columns; tap++) {
    int row = place.y * g.stride + g.first + tap / g.kernel * g.dilation;
    int column = place.x * g.stride + g.first + tap % g.kernel * g.dilation;
    if (is_within(row, g.height) && is_within(column, g.width)) {
      float weight = (float)weights[blockIdx.y * g.kernel * g.kernel + tap];
      result += weight * window_relu(in[(row * g.width + column) * g.images + n]);
    }
  }
  float mean = window_row_mean(result, sums, means, columns);
  if (at < columns) {
    out[(long long)blockIdx.y * columns + at] = result - mean;
  }
}
FLETCH_EXPORT(depthwise_any)

// Takes its mean off every row, given the sums of its parts. A block does 4 values per thread; what it changes is
// loaded before the mean is known, so that it waits only once.
FLETCH_KERNEL __launch_bounds__(256) centre_by_sums(
    float* __restrict__ x, const double* __restrict__ sums, int parts, double* __restrict__ means, int columns) {
  float* row = x + (long long)blockIdx.y * columns;
  int from = blockIdx.x * blockDim.x * 4 + (columns % 4 == 0 ? threadIdx.x * 4 : threadIdx.x);
  if (columns % 4 == 0) {
    ImageRun<4> values = from < columns ? load_run<4>(row + from) : zero_run<4>();
    float mean = window_mean_of_sums(sums, parts, means, columns);
#pragma unroll
    for (int i = 0; i < 4; i++) {
      values.at[i] -= mean;
    }
    if (from < columns) {
      store_run<4>(row + from, values);
    }
    return;
  }
  float mean = window_mean_of_sums(sums, parts, means, columns);
  for (int i = 0; i < 4; i++) {
    int at = from + i * (int)blockDim.x;
    if (at < columns) {
      row[at] -= mean;
    }
  }
}
FLETCH_EXPORT(centre_by_sums)
