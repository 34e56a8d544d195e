// Pixels picked from images: gather, whose window has a single tap, and unfold, which gives every tap a row.
#include "windows.cuh"

static constexpr int PICKS = 4;  // runs of a thread, a block's threads apart

// The input that run `number` of a row of the output lies over, or zeros beyond the border.
template <int V>
__device__ static inline ImageRun<V> picked(
    const float* __restrict__ channel, const ImageWindow& g, int tap, int relu, int number) {
  RunPlace place = run_place<V>(number, g.out_width, g.images);
  int row = place.y * g.stride + g.first + tap / g.kernel * g.dilation;
  int column = place.x * g.stride + g.first + tap % g.kernel * g.dilation;
  if (!is_within(row, g.height) || !is_within(column, g.width)) {
    return zero_run<V>();
  }
  ImageRun<V> run = load_run<V>(channel + (row * g.width + column) * g.images + place.at % g.images);
#pragma unroll
  for (int i = 0; i < V; i++) {
    run.at[i] = relu ? window_relu(run.at[i]) : run.at[i];
  }
  return run;
}

// Row blockIdx.y of the output. With means, a row of one block is centred by it; longer ones take two launches, as to
// read twice is cheaper than to write twice: the first, without out, leaves sums, which the second finds.
template <int V>
__device__ static inline void pick_row(
    const float* __restrict__ x,
    float* __restrict__ out,
    double* __restrict__ sums,
    double* __restrict__ means,
    int relu,
    const ImageWindow& g) {
  int taps = g.kernel * g.kernel;
  int columns = g.out_height * g.out_width * g.images;
  const float* channel = x + (long long)(blockIdx.y / taps) * g.height * g.width * g.images;
  int first = blockIdx.x * blockDim.x * PICKS + threadIdx.x;
  ImageRun<V> runs[PICKS];
  float sum = 0;
#pragma unroll
  for (int k = 0; k < PICKS; k++) {
    int number = first + k * blockDim.x;
    runs[k] = number * V < columns ? picked<V>(channel, g, blockIdx.y % taps, relu, number) : zero_run<V>();
#pragma unroll
    for (int i = 0; i < V; i++) {
      sum += runs[k].at[i];
    }
  }
  float mean = out != nullptr && sums != nullptr ? window_mean_of_sums(sums, gridDim.x, means, columns)
                                                 : window_row_mean(sum, sums, means, columns);
  if (out == nullptr) {
    return;
  }
#pragma unroll
  for (int k = 0; k < PICKS; k++) {
    int number = first + k * blockDim.x;
    if (number * V < columns) {
#pragma unroll
      for (int i = 0; i < V; i++) {
        runs[k].at[i] -= mean;
      }
      store_run<V>(out + (long long)blockIdx.y * columns + number * V, runs[k]);
    }
  }
}

// The gradient of a run of inputs: what lies over it of the outputs' gradients, of all taps' rows.
template <int V>
__device__ static inline void pick_row_backward(
    const float* __restrict__ x,
    const float* __restrict__ dout,
    float* __restrict__ dx,
    int relu,
    int adds,
    const ImageWindow& g) {
  int columns = g.height * g.width * g.images;
  int number = blockIdx.x * blockDim.x + threadIdx.x;
  RunPlace place = run_place<V>(number, g.width, g.images);
  if (place.at >= columns) {
    return;
  }
  int out_columns = g.out_height * g.out_width * g.images;
  long long at = (long long)blockIdx.y * columns + place.at;
  const float* rows = dout + (long long)blockIdx.y * g.kernel * g.kernel * out_columns + place.at % g.images;
  ImageRun<V> gradient = zero_run<V>();
  for (int i = 0; i < g.kernel; i++) {
    int row = output_over(place.y, i, g.first, g.stride, g.dilation, g.out_height);
    for (int j = 0; j < g.kernel && row >= 0; j++) {
      int column = output_over(place.x, j, g.first, g.stride, g.dilation, g.out_width);
      if (column >= 0) {
        long long of_tap = (long long)(i * g.kernel + j) * out_columns;
        ImageRun<V> run = load_run<V>(rows + of_tap + (row * g.out_width + column) * g.images);
#pragma unroll
        for (int k = 0; k < V; k++) {
          gradient.at[k] += run.at[k];
        }
      }
    }
  }
  ImageRun<V> in = relu ? load_run<V>(x + at) : zero_run<V>();
  ImageRun<V> before = adds ? load_run<V>(dx + at) : zero_run<V>();
#pragma unroll
  for (int k = 0; k < V; k++) {
    before.at[k] += !relu || in.at[k] > 0 ? gradient.at[k] : 0.0f;
  }
  store_run<V>(dx + at, before);
}

#define FLETCH_PICKS(V)                                                      \
  FLETCH_KERNEL __launch_bounds__(1024, 1) pick_pixels_##V(                  \
      const float* __restrict__ x,                                           \
      float* __restrict__ out,                                               \
      double* __restrict__ sums,                                             \
      double* __restrict__ means,                                            \
      int relu,                                                              \
      Numbers<9> window) {                                                   \
    pick_row<V>(x, out, sums, means, relu, image_window(window));            \
  }                                                                          \
  FLETCH_EXPORT(pick_pixels_##V)                                             \
                                                                             \
  FLETCH_KERNEL pick_pixels_backward_##V(                                    \
      const float* __restrict__ x,                                           \
      const float* __restrict__ dout,                                        \
      float* __restrict__ dx,                                                \
      int relu,                                                              \
      int adds,                                                              \
      Numbers<9> window) {                                                   \
    pick_row_backward<V>(x, dout, dx, relu, adds, image_window(window));     \
  }                                                                          \
  FLETCH_EXPORT(pick_pixels_backward_##V)

FLETCH_PICKS(1)
FLETCH_PICKS(4)
