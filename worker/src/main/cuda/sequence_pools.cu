// Pools of texts. Backward, every position asks the windows that cover it, so that each gradient has one writer.
#include "sequences.cuh"

FLETCH_KERNEL text_max_pool(
    const float* __restrict__ x,
    float* __restrict__ out,
    const int* __restrict__ in_places,
    const int* __restrict__ out_places,
    int texts,
    Numbers<6> window) {
  TextWindow w = text_window(window);
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= w.out_columns) {
    return;
  }
  TextPosition p = text_under(text_places(in_places, texts), text_places(out_places, texts), w, column);
  const float* in = x + (long long)blockIdx.y * w.columns + p.start;
  float best = 0;
  bool found = false;
  for (int tap = 0; tap < w.kernel; tap++) {
    int position = p.at + tap * w.dilation;
    if (is_within(position, p.length)) {
      best = !found || in[position] > best ? in[position] : best;
      found = true;
    }
  }
  out[(long long)blockIdx.y * w.out_columns + column] = best;
}
FLETCH_EXPORT(text_max_pool)

// Whether tap `own` of the window that begins at `from` is its first maximum.
__device__ static inline bool is_first_maximum(
    const float* __restrict__ text, int length, const TextWindow& w, int from, int own) {
  float value = text[from + own * w.dilation];
  for (int tap = 0; tap < w.kernel; tap++) {
    int position = from + tap * w.dilation;
    if (tap != own && is_within(position, length)) {
      float other = text[position];
      if (tap < own ? other >= value : other > value) {
        return false;
      }
    }
  }
  return true;
}

// Every position looks through the windows that cover it.
FLETCH_KERNEL text_max_pool_backward(
    const float* __restrict__ x,
    const float* __restrict__ dout,
    float* __restrict__ dx,
    const int* __restrict__ in_places,
    const int* __restrict__ out_places,
    int texts,
    Numbers<6> window) {
  TextWindow w = text_window(window);
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= w.columns) {
    return;
  }
  TextPlaces in = text_places(in_places, texts);
  TextPosition p = text_over(in, text_places(out_places, texts), column);
  int text = in.text_of[column];
  int length = in.starts[text + 1] - in.starts[text];
  const float* values = x + (long long)blockIdx.y * w.columns + in.starts[text];
  float sum = 0;
  for (int tap = 0; tap < w.kernel; tap++) {
    int output = text_output(p, w, tap);
    if (output >= 0 && is_first_maximum(values, length, w, output * w.stride + w.first, tap)) {
      sum += dout[(long long)blockIdx.y * w.out_columns + p.start + output];
    }
  }
  dx[(long long)blockIdx.y * w.columns + column] += sum;
}
FLETCH_EXPORT(text_max_pool_backward)

FLETCH_KERNEL text_average_pool(
    const float* __restrict__ x,
    float* __restrict__ out,
    const int* __restrict__ in_places,
    const int* __restrict__ out_places,
    int texts,
    Numbers<6> window) {
  TextWindow w = text_window(window);
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= w.out_columns) {
    return;
  }
  TextPosition p = text_under(text_places(in_places, texts), text_places(out_places, texts), w, column);
  const float* in = x + (long long)blockIdx.y * w.columns + p.start;
  float sum = 0;
  int count = 0;
  for (int tap = 0; tap < w.kernel; tap++) {
    int position = p.at + tap * w.dilation;
    if (is_within(position, p.length)) {
      sum += in[position];
      count++;
    }
  }
  out[(long long)blockIdx.y * w.out_columns + column] = sum / count;
}
FLETCH_EXPORT(text_average_pool)

FLETCH_KERNEL text_average_pool_backward(
    const float* __restrict__ dout,
    float* __restrict__ dx,
    const int* __restrict__ in_places,
    const int* __restrict__ out_places,
    int texts,
    Numbers<6> window) {
  TextWindow w = text_window(window);
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= w.columns) {
    return;
  }
  TextPlaces in = text_places(in_places, texts);
  TextPosition p = text_over(in, text_places(out_places, texts), column);
  int text = in.text_of[column];
  int length = in.starts[text + 1] - in.starts[text];
  float sum = 0;
  for (int tap = 0; tap < w.kernel; tap++) {
    int output = text_output(p, w, tap);
    if (output >= 0) {
      int count = taps_within(output, w.kernel, w.first, w.stride, w.dilation, length);
      sum += dout[(long long)blockIdx.y * w.out_columns + p.start + output] / count;
    }
  }
  dx[(long long)blockIdx.y * w.columns + column] += sum;
}
FLETCH_EXPORT(text_average_pool_backward)
