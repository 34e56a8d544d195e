// Backward of the depthwise convolution of relu(x) over images, but for those with stride 2 and an odd dilation.
#include "depthwise_backward.cuh"

// Where every output lies over one input or, with stride 2 and an even dilation, over one at an even place: of those
// inputs this is a convolution with the kernel turned around. The others had no share.
template <int K>
struct DenseBackward {
  static constexpr int ROWS = 1;
  static constexpr int COLUMNS = K + BACKWARD_INPUTS - 1;

  ImageWindow g;
  int step;   // outputs from one tap to the next, and from one input of a group to the next
  int groups;
  int y;      // of the output in the middle of the window of the first input
  int x;
  int n;

  __device__ inline DenseBackward(const ImageWindow& window, int groups) : g(window), groups(groups) {
    step = g.dilation / g.stride;
  }

  __device__ inline void take(unsigned number) {
    unsigned pixels = number / g.images;
    unsigned row = pixels / groups;
    unsigned of_row = pixels - row * groups;
    unsigned quad = step == 1 ? of_row : of_row / step;
    n = number - pixels * g.images;
    y = row;
    x = of_row - quad * step + quad * step * BACKWARD_INPUTS;
  }

  __device__ inline bool exists(int j) const {
    return y < g.out_height && x + j * step < g.out_width;
  }

  __device__ inline int input(int j) const {
    return (y * g.stride * g.width + (x + j * step) * g.stride) * g.images + n;
  }

  // Inputs next to those of the group that no output lies over.
  __device__ inline void clear_others(const DepthwiseRows& rows, int j) const {
    if (g.stride == 1 || rows.adds) {
      return;
    }
    bool right = (x + j * step) * 2 + 1 < g.width;
    bool below = y * 2 + 1 < g.height;
    int at = input(j);
    if (right) {
      rows.dx[at + g.images] = 0;
    }
    if (below) {
      rows.dx[at + g.width * g.images] = 0;
    }
    if (right && below) {
      rows.dx[at + (g.width + 1) * g.images] = 0;
    }
  }
};

template <int K>
__device__ static inline void backward_dense(
    const DepthwiseRows& rows,
    DenseBackward<K>& group,
    const double* __restrict__ weights,
    int first,
    int items,
    float (&dweights)[K * K]) {
  constexpr int R = BACKWARD_INPUTS;
  __shared__ float w[K * K];
  if (threadIdx.x < K * K) {
    w[threadIdx.x] = (float)weights[blockIdx.y * K * K + threadIdx.x];
  }
  __syncthreads();
  const ImageWindow& g = group.g;
  for (int item = 0; item < items; item++) {
    group.take(first + item * BACKWARD_THREADS + threadIdx.x);
    float x[R];
    float share[R];
    float gradient[R] = {0, 0, 0, 0};
#pragma unroll
    for (int j = 0; j < R; j++) {
      x[j] = group.exists(j) ? rows.x[group.input(j)] : 0.0f;
      share[j] = window_relu(x[j]);
    }
    int column = group.x - (K / 2) * group.step;
#pragma unroll
    for (int i = 0; i < K; i++) {
      int row = group.y + (i - K / 2) * group.step;
      bool exists = is_within(row, g.out_height);
      int from = (row * g.out_width + column) * g.images + group.n;
      float dout[DenseBackward<K>::COLUMNS];
#pragma unroll
      for (int k = 0; k < DenseBackward<K>::COLUMNS; k++) {
        dout[k] = exists && is_within(column + k * group.step, g.out_width)
            ? rows.dout[from + k * group.step * g.images]
            : 0.0f;
      }
#pragma unroll
      for (int k = 0; k < K; k++) {
        int tap = (K - 1 - i) * K + K - 1 - k;
#pragma unroll
        for (int j = 0; j < R; j++) {
          gradient[j] += w[tap] * dout[j + k];
          dweights[tap] += share[j] * dout[j + k];
        }
      }
    }
#pragma unroll
    for (int j = 0; j < R; j++) {
      if (rows.dx != nullptr && group.exists(j)) {
        put_depthwise_gradient(rows, group.input(j), x[j], gradient[j]);
        group.clear_others(rows, j);
      }
    }
  }
}

#define FLETCH_BACKWARD_DENSE(K)                                        \
  FLETCH_DEPTHWISE_BACKWARD(depthwise_backward_##K, K, {                \
    DenseBackward<K> group(g, groups);                                  \
    backward_dense<K>(rows, group, weights, first, items, sums);        \
  })

FLETCH_BACKWARD_DENSE(3)
FLETCH_BACKWARD_DENSE(5)
FLETCH_BACKWARD_DENSE(7)

// Windows of any side: the first `inputs` blocks of a channel take a thread for every input, the others a tap each.
FLETCH_KERNEL __launch_bounds__(BACKWARD_THREADS) depthwise_backward_any(
    const float* __restrict__ x,
    const double* __restrict__ weights,
    const float* __restrict__ dout,
    float* __restrict__ dx,
    int adds,
    double* __restrict__ dweights,
    Numbers<9> window,
    int inputs) {
  ImageWindow g = image_window(window);
  DepthwiseRows rows = depthwise_rows(x, dout, dx, adds, g);
  int taps = g.kernel * g.kernel;
  if ((int)blockIdx.x >= inputs) {
    int tap = blockIdx.x - inputs;
    int i = tap / g.kernel * g.dilation + g.first;
    int j = tap % g.kernel * g.dilation + g.first;
    int columns = g.out_height * g.out_width * g.images;
    double sum = 0;
    for (int from = threadIdx.x; from < columns; from += blockDim.x * BACKWARD_PART) {
      float part = 0;
      for (int k = 0; k < BACKWARD_PART; k++) {
        int at = from + k * blockDim.x;
        RunPlace place = run_place<1>(at, g.out_width, g.images);
        int row = place.y * g.stride + i;
        int column = place.x * g.stride + j;
        if (at < columns && is_within(row, g.height) && is_within(column, g.width)) {
          part += rows.dout[at] * window_relu(rows.x[(row * g.width + column) * g.images + at % g.images]);
        }
      }
      sum += part;
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
      dweights[blockIdx.y * taps + tap] += sum;
    }
    return;
  }
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  if (at >= g.height * g.width * g.images) {
    return;
  }
  RunPlace place = run_place<1>(at, g.width, g.images);
  float gradient = 0;
  for (int tap = 0; tap < taps; tap++) {
    int row = output_over(place.y, tap / g.kernel, g.first, g.stride, g.dilation, g.out_height);
    int column = output_over(place.x, tap % g.kernel, g.first, g.stride, g.dilation, g.out_width);
    if (row >= 0 && column >= 0) {
      float weight = (float)weights[blockIdx.y * taps + tap];
      gradient += weight * rows.dout[(row * g.out_width + column) * g.images + at % g.images];
    }
  }
  put_depthwise_gradient(rows, at, rows.x[at], gradient);
}
FLETCH_EXPORT(depthwise_backward_any)
