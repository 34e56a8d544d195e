// Means of images. Backward, every input asks the windows that cover it, so that each gradient has one writer.
#include "windows.cuh"

// Windows of the usual side, K, are unrolled, so that all their loads are under way together; 0 stands for any.
template <int V, int K>
__device__ static inline void average_pool_run(
    const float* __restrict__ x, float* __restrict__ out, const ImageWindow& g) {
  int kernel = K > 0 ? K : g.kernel;
  int columns = g.out_height * g.out_width * g.images;
  RunPlace place = run_place<V>(blockIdx.x * blockDim.x + threadIdx.x, g.out_width, g.images);
  if (place.at >= columns) {
    return;
  }
  const float* images = x + (long long)blockIdx.y * g.height * g.width * g.images + place.at % g.images;
  ImageRun<V> sum = zero_run<V>();
  int count = 0;
#pragma unroll
  for (int tap = 0; tap < kernel * kernel; tap++) {
    int row = place.y * g.stride + g.first + tap / kernel * g.dilation;
    int column = place.x * g.stride + g.first + tap % kernel * g.dilation;
    bool exists = is_within(row, g.height) && is_within(column, g.width);
    ImageRun<V> run = exists ? load_run<V>(images + (row * g.width + column) * g.images) : zero_run<V>();
#pragma unroll
    for (int k = 0; k < V; k++) {
      sum.at[k] += run.at[k];
    }
    count += exists;
  }
  float share = 1.0f / count;
#pragma unroll
  for (int k = 0; k < V; k++) {
    sum.at[k] *= share;
  }
  store_run<V>(out + (long long)blockIdx.y * columns + place.at, sum);
}

template <int V, int K>
__device__ static inline void average_pool_backward_run(
    const float* __restrict__ dout, float* __restrict__ dx, const ImageWindow& g) {
  int kernel = K > 0 ? K : g.kernel;
  int columns = g.height * g.width * g.images;
  RunPlace place = run_place<V>(blockIdx.x * blockDim.x + threadIdx.x, g.width, g.images);
  if (place.at >= columns) {
    return;
  }
  const float* gradients =
      dout + (long long)blockIdx.y * g.out_height * g.out_width * g.images + place.at % g.images;
  float* to = dx + (long long)blockIdx.y * columns + place.at;
  ImageRun<V> sum = load_run<V>(to);
#pragma unroll
  for (int i = 0; i < kernel; i++) {
    int row = output_over(place.y, i, g.first, g.stride, g.dilation, g.out_height);
    int rows = taps_within(row, kernel, g.first, g.stride, g.dilation, g.height);
#pragma unroll
    for (int j = 0; j < kernel; j++) {
      int column = output_over(place.x, j, g.first, g.stride, g.dilation, g.out_width);
      int count = rows * taps_within(column, kernel, g.first, g.stride, g.dilation, g.width);
      bool exists = row >= 0 && column >= 0;
      ImageRun<V> run =
          exists ? load_run<V>(gradients + (row * g.out_width + column) * g.images) : zero_run<V>();
      float share = exists ? 1.0f / count : 0.0f;
#pragma unroll
      for (int k = 0; k < V; k++) {
        sum.at[k] += run.at[k] * share;
      }
    }
  }
  store_run<V>(to, sum);
}

// Block (i, c): a thread for every run of outputs of channel c or, backward, of its inputs.
#define FLETCH_AVERAGE_POOL(side, K, V)                                             \
  FLETCH_KERNEL average_pool_##side##_##V(                                          \
      const float* __restrict__ x, float* __restrict__ out, Numbers<9> window) {    \
    average_pool_run<V, K>(x, out, image_window(window));                           \
  }                                                                                 \
  FLETCH_EXPORT(average_pool_##side##_##V)                                          \
                                                                                    \
  FLETCH_KERNEL average_pool_backward_##side##_##V(                                 \
      const float* __restrict__ dout, float* __restrict__ dx, Numbers<9> window) {  \
    average_pool_backward_run<V, K>(dout, dx, image_window(window));                \
  }                                                                                 \
  FLETCH_EXPORT(average_pool_backward_##side##_##V)

FLETCH_AVERAGE_POOL(3, 3, 1)
FLETCH_AVERAGE_POOL(3, 3, 4)
FLETCH_AVERAGE_POOL(any, 0, 1)
FLETCH_AVERAGE_POOL(any, 0, 4)

// Mean of relu(x) over a window in each corner: value (c * 4 + corner) * images + n, of `count`.
FLETCH_KERNEL corner_pool(
    const float* __restrict__ x,
    float* __restrict__ out,
    int height,
    int width,
    int window_height,
    int window_width,
    int images,
    int count) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) {
    return;
  }
  int of = i / images;
  int top = of % 4 / 2 * (height - window_height);
  int left = of % 2 * (width - window_width);
  const float* from = x + (((long long)(of / 4) * height + top) * width + left) * images + i % images;
  double sum = 0;
  for (int y = 0; y < window_height; y++) {
    float of_row = 0;
    for (int j = 0; j < window_width; j++) {
      of_row += window_relu(from[(long long)(y * width + j) * images]);
    }
    sum += of_row;
  }
  out[i] = (float)(sum / (window_height * window_width));
}
FLETCH_EXPORT(corner_pool)

// A thread for every input of channel blockIdx.y.
FLETCH_KERNEL corner_pool_backward(
    const float* __restrict__ x,
    const float* __restrict__ dout,
    float* __restrict__ dx,
    int height,
    int width,
    int window_height,
    int window_width,
    int images) {
  int at = blockIdx.x * blockDim.x + threadIdx.x;
  int columns = height * width * images;
  if (at >= columns) {
    return;
  }
  RunPlace place = run_place<1>(at, width, images);
  long long to = (long long)blockIdx.y * columns + at;
  float sum = 0;
  for (int corner = 0; corner < 4; corner++) {
    int row = place.y - corner / 2 * (height - window_height);
    int column = place.x - corner % 2 * (width - window_width);
    if (is_within(row, window_height) && is_within(column, window_width)) {
      sum += dout[((long long)blockIdx.y * 4 + corner) * images + at % images];
    }
  }
  if (x[to] > 0) {
    dx[to] += sum / (window_height * window_width);
  }
}
FLETCH_EXPORT(corner_pool_backward)
