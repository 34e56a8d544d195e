// What the kernels share that slide a window over images or texts.
#pragma once

#include "fletch.cuh"

// How a window slides over images: the pixel under tap (i, j) of output (y, x) is
// (y * stride + first + i * dilation, x * stride + first + j * dilation), if the image has one.
struct ImageWindow {
  int height;
  int width;
  int out_height;
  int out_width;
  int images;
  int kernel;
  int stride;
  int dilation;
  int first;
};

__device__ static inline ImageWindow image_window(const Numbers<9>& n) {
  return ImageWindow{n.at[0], n.at[1], n.at[2], n.at[3], n.at[4], n.at[5], n.at[6], n.at[7], n.at[8]};
}

// Neighbouring images of one pixel, read and written at once: 4 where their number is a multiple of 4.
template <int V>
struct alignas(4 * V) ImageRun {
  float at[V];
};

template <int V>
__device__ static inline ImageRun<V> load_run(const float* from) {
  return *reinterpret_cast<const ImageRun<V>*>(from);
}

template <int V>
__device__ static inline void store_run(float* to, const ImageRun<V>& run) {
  *reinterpret_cast<ImageRun<V>*>(to) = run;
}

template <int V>
__device__ static inline ImageRun<V> zero_run() {
  ImageRun<V> run;
#pragma unroll
  for (int i = 0; i < V; i++) {
    run.at[i] = 0;
  }
  return run;
}

// Where the run of a number lies: they are counted image by image, then along a row of pixels.
struct RunPlace {
  int y;
  int x;
  int at;  // its first value in a row of the matrix
};

template <int V>
__device__ static inline RunPlace run_place(unsigned number, unsigned width, unsigned images) {
  unsigned pixel = number / (images / V);
  unsigned y = pixel / width;
  return RunPlace{(int)y, (int)(pixel - y * width), (int)(number * V)};
}

// Keeps what is no number, which fmaxf would hide.
__device__ static inline float window_relu(float x) {
  return x < 0 ? 0.0f : x;
}

__device__ static inline bool is_within(int i, int length) {
  return (unsigned)i < (unsigned)length;
}

// The output whose tap number `tap` lies over position `i` of an input; -1 if there is none.
__device__ static inline int output_over(int i, int tap, int first, int stride, int dilation, int outputs) {
  int from = i - first - tap * dilation;
  // strides are 1 or 2
  if (from < 0 || (from & (stride - 1)) != 0) {
    return -1;
  }
  int output = from >> (stride - 1);
  return output < outputs ? output : -1;
}

// How many taps of an output lie within the input.
__device__ static inline int taps_within(int output, int kernel, int first, int stride, int dilation, int length) {
  int count = 0;
  for (int tap = 0; tap < kernel; tap++) {
    count += is_within(output * stride + first + tap * dilation, length);
  }
  return count;
}

// What is to be taken off the values of row blockIdx.y before they are written, given what each thread summed of
// them. A row of one block is centred by it; of several, each leaves its sum, for centre_by_sums to come.
__device__ static inline float window_row_mean(float sum, double* sums, double* means, int columns) {
  if (sums == nullptr && means == nullptr) {
    return 0;
  }
  double total = block_sum(sum);
  if (sums != nullptr) {
    if (threadIdx.x == 0) {
      sums[(long long)blockIdx.y * gridDim.x + blockIdx.x] = total;
    }
    return 0;
  }
  double mean = total / columns;
  if (threadIdx.x == 0) {
    means[blockIdx.y] = mean;
  }
  return (float)mean;
}

// The mean of row blockIdx.y, of which `parts` blocks have left their sums; the first block of a row keeps it.
__device__ static inline float window_mean_of_sums(const double* sums, int parts, double* means, int columns) {
  double sum = 0;
  for (int i = threadIdx.x; i < parts; i += blockDim.x) {
    sum += sums[(long long)blockIdx.y * parts + i];
  }
  double mean = block_sum(sum) / columns;
  if (blockIdx.x == 0 && threadIdx.x == 0) {
    means[blockIdx.y] = mean;
  }
  return (float)mean;
}
