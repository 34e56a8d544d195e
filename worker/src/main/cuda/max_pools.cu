// Maxima of images. Backward, every input asks the windows that cover it, so that each gradient has one writer.
#include "windows.cuh"

// Windows of the usual sides, K, are unrolled, so that all their loads are under way together; 0 stands for any.
template <int V, int K>
__device__ static inline void max_pool_run(
    const float* __restrict__ x, float* __restrict__ out, const ImageWindow& g) {
  int kernel = K > 0 ? K : g.kernel;
  int columns = g.out_height * g.out_width * g.images;
  RunPlace place = run_place<V>(blockIdx.x * blockDim.x + threadIdx.x, g.out_width, g.images);
  if (place.at >= columns) {
    return;
  }
  const float* images = x + (long long)blockIdx.y * g.height * g.width * g.images + place.at % g.images;
  ImageRun<V> best = zero_run<V>();
  bool found = false;
#pragma unroll
  for (int tap = 0; tap < kernel * kernel; tap++) {
    int row = place.y * g.stride + g.first + tap / kernel * g.dilation;
    int column = place.x * g.stride + g.first + tap % kernel * g.dilation;
    bool exists = is_within(row, g.height) && is_within(column, g.width);
    ImageRun<V> run = exists ? load_run<V>(images + (row * g.width + column) * g.images) : zero_run<V>();
#pragma unroll
    for (int k = 0; k < V; k++) {
      best.at[k] = exists && (!found || run.at[k] > best.at[k]) ? run.at[k] : best.at[k];
    }
    found = found || exists;
  }
  store_run<V>(out + (long long)blockIdx.y * columns + place.at, best);
}

// Adds the gradients of the windows in which an input is the first maximum, for windows of 3x3. A bit for each of the
// 5x5 inputs around says whether it wins over this one: by being larger, or first in row-major order and as large.
// This one is the maximum of a window that has none of those.
template <int V>
__device__ static inline void max_pool_backward_3_run(
    const float* __restrict__ x, const float* __restrict__ dout, float* __restrict__ dx, const ImageWindow& g) {
  int columns = g.height * g.width * g.images;
  RunPlace place = run_place<V>(blockIdx.x * blockDim.x + threadIdx.x, g.width, g.images);
  if (place.at >= columns) {
    return;
  }
  const float* images = x + (long long)blockIdx.y * columns + place.at % g.images;
  ImageRun<V> own = load_run<V>(images + (place.y * g.width + place.x) * g.images);
  unsigned winners[V] = {};
#pragma unroll
  for (int tap = 0; tap < 25; tap++) {
    int row = place.y + (tap / 5 - 2) * g.dilation;
    int column = place.x + (tap % 5 - 2) * g.dilation;
    bool exists = tap != 12 && is_within(row, g.height) && is_within(column, g.width);
    ImageRun<V> run = exists ? load_run<V>(images + (row * g.width + column) * g.images) : zero_run<V>();
#pragma unroll
    for (int k = 0; k < V; k++) {
      bool wins = tap < 12 ? run.at[k] >= own.at[k] : run.at[k] > own.at[k];
      winners[k] |= exists && wins ? 1u << tap : 0u;
    }
  }
  const float* gradients =
      dout + (long long)blockIdx.y * g.out_height * g.out_width * g.images + place.at % g.images;
  ImageRun<V> sum = load_run<V>(dx + (long long)blockIdx.y * columns + place.at);
#pragma unroll
  for (int i = 0; i < 3; i++) {
    int row = output_over(place.y, i, g.first, g.stride, g.dilation, g.out_height);
#pragma unroll
    for (int j = 0; j < 3; j++) {
      int column = output_over(place.x, j, g.first, g.stride, g.dilation, g.out_width);
      unsigned window = (7u | 7u << 5 | 7u << 10) << (5 * (2 - i) + 2 - j);
      bool exists = row >= 0 && column >= 0;
      ImageRun<V> run =
          exists ? load_run<V>(gradients + (row * g.out_width + column) * g.images) : zero_run<V>();
#pragma unroll
      for (int k = 0; k < V; k++) {
        sum.at[k] += (winners[k] & window) == 0 ? run.at[k] : 0.0f;
      }
    }
  }
  store_run<V>(dx + (long long)blockIdx.y * columns + place.at, sum);
}

// Whether tap `own` of output (y, x) is the first maximum of its window, image by image.
template <int V>
__device__ static inline void find_first_maxima(
    const float* __restrict__ images,
    const ImageWindow& g,
    int y,
    int x,
    int own,
    const ImageRun<V>& value,
    bool (&largest)[V]) {
  for (int tap = 0; tap < g.kernel * g.kernel; tap++) {
    int row = y * g.stride + g.first + tap / g.kernel * g.dilation;
    int column = x * g.stride + g.first + tap % g.kernel * g.dilation;
    if (tap != own && is_within(row, g.height) && is_within(column, g.width)) {
      ImageRun<V> run = load_run<V>(images + (row * g.width + column) * g.images);
#pragma unroll
      for (int k = 0; k < V; k++) {
        bool wins = tap < own ? run.at[k] >= value.at[k] : run.at[k] > value.at[k];
        largest[k] = largest[k] && !wins;
      }
    }
  }
}

// The same for windows of any side: looks through every window that covers an input.
template <int V>
__device__ static inline void max_pool_backward_run(
    const float* __restrict__ x, const float* __restrict__ dout, float* __restrict__ dx, const ImageWindow& g) {
  int columns = g.height * g.width * g.images;
  RunPlace place = run_place<V>(blockIdx.x * blockDim.x + threadIdx.x, g.width, g.images);
  if (place.at >= columns) {
    return;
  }
  const float* images = x + (long long)blockIdx.y * columns + place.at % g.images;
  const float* gradients =
      dout + (long long)blockIdx.y * g.out_height * g.out_width * g.images + place.at % g.images;
  ImageRun<V> own = load_run<V>(images + (place.y * g.width + place.x) * g.images);
  ImageRun<V> sum = load_run<V>(dx + (long long)blockIdx.y * columns + place.at);
  for (int tap = 0; tap < g.kernel * g.kernel; tap++) {
    int row = output_over(place.y, tap / g.kernel, g.first, g.stride, g.dilation, g.out_height);
    int column = output_over(place.x, tap % g.kernel, g.first, g.stride, g.dilation, g.out_width);
    if (row >= 0 && column >= 0) {
      bool largest[V];
#pragma unroll
      for (int k = 0; k < V; k++) {
        largest[k] = true;
      }
      find_first_maxima<V>(images, g, row, column, tap, own, largest);
      ImageRun<V> run = load_run<V>(gradients + (row * g.out_width + column) * g.images);
#pragma unroll
      for (int k = 0; k < V; k++) {
        sum.at[k] += largest[k] ? run.at[k] : 0.0f;
      }
    }
  }
  store_run<V>(dx + (long long)blockIdx.y * columns + place.at, sum);
}

// Block (i, c): a thread for every run of outputs of channel c or, backward, of its inputs.
#define FLETCH_MAX_POOL(side, K, V)                                               \
  FLETCH_KERNEL max_pool_##side##_##V(                                            \
      const float* __restrict__ x, float* __restrict__ out, Numbers<9> window) {  \
    max_pool_run<V, K>(x, out, image_window(window));                             \
  }                                                                               \
  FLETCH_EXPORT(max_pool_##side##_##V)

#define FLETCH_MAX_POOL_BACKWARD(V)                                 \
  FLETCH_KERNEL max_pool_backward_3_##V(                            \
      const float* __restrict__ x,                                  \
      const float* __restrict__ dout,                               \
      float* __restrict__ dx,                                       \
      Numbers<9> window) {                                          \
    max_pool_backward_3_run<V>(x, dout, dx, image_window(window));  \
  }                                                                 \
  FLETCH_EXPORT(max_pool_backward_3_##V)                            \
                                                                    \
  FLETCH_KERNEL max_pool_backward_any_##V(                          \
      const float* __restrict__ x,                                  \
      const float* __restrict__ dout,                               \
      float* __restrict__ dx,                                       \
      Numbers<9> window) {                                          \
    max_pool_backward_run<V>(x, dout, dx, image_window(window));    \
  }                                                                 \
  FLETCH_EXPORT(max_pool_backward_any_##V)

FLETCH_MAX_POOL(2, 2, 1)
FLETCH_MAX_POOL(2, 2, 4)
FLETCH_MAX_POOL(3, 3, 1)
FLETCH_MAX_POOL(3, 3, 4)
FLETCH_MAX_POOL(any, 0, 1)
FLETCH_MAX_POOL(any, 0, 4)
FLETCH_MAX_POOL_BACKWARD(1)
FLETCH_MAX_POOL_BACKWARD(4)
