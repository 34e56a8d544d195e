// Windows that slide over texts: depthwise convolution and picked positions.
#include "sequences.cuh"

static constexpr int TEXT_PART = 16;  // values that are summed in single precision

// Which text each column belongs to: behind the starts.
FLETCH_KERNEL find_texts(int* __restrict__ places, int texts, int columns) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= columns) {
    return;
  }
  int text = 0;
  int end = texts;
  while (end - text > 1) {
    int middle = (text + end) / 2;
    bool behind = places[middle] <= column;
    text = behind ? middle : text;
    end = behind ? end : middle;
  }
  places[texts + 1 + column] = text;
}
FLETCH_EXPORT(find_texts)

// Depthwise convolution of relu(x): a thread for every output of channel blockIdx.y.
FLETCH_KERNEL __launch_bounds__(1024, 1) text_depthwise(
    const float* __restrict__ x,
    const double* __restrict__ weights,
    float* __restrict__ out,
    double* __restrict__ sums,
    double* __restrict__ means,
    const int* __restrict__ in_places,
    const int* __restrict__ out_places,
    int texts,
    Numbers<6> window) {
  TextWindow w = text_window(window);
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  float result = 0;
  if (column < w.out_columns) {
    TextPosition p = text_under(text_places(in_places, texts), text_places(out_places, texts), w, column);
    const float* in = x + (long long)blockIdx.y * w.columns + p.start;
    for (int tap = 0; tap < w.kernel; tap++) {
      int position = p.at + tap * w.dilation;
      if (is_within(position, p.length)) {
        result += (float)weights[blockIdx.y * w.kernel + tap] * window_relu(in[position]);
      }
    }
  }
  float mean = window_row_mean(result, sums, means, w.out_columns);
  if (column < w.out_columns) {
    out[(long long)blockIdx.y * w.out_columns + column] = result - mean;
  }
}
FLETCH_EXPORT(text_depthwise)

// Its backward: the first `inputs` blocks of a channel take a thread for every input, the others a tap each.
FLETCH_KERNEL __launch_bounds__(256) text_depthwise_backward(
    const float* __restrict__ x,
    const double* __restrict__ weights,
    const float* __restrict__ dout,
    float* __restrict__ dx,
    int adds,
    double* __restrict__ dweights,
    const int* __restrict__ in_places,
    const int* __restrict__ out_places,
    int texts,
    Numbers<6> window,
    int inputs) {
  TextWindow w = text_window(window);
  TextPlaces in = text_places(in_places, texts);
  TextPlaces out = text_places(out_places, texts);
  const float* row = x + (long long)blockIdx.y * w.columns;
  const float* gradients = dout + (long long)blockIdx.y * w.out_columns;
  if ((int)blockIdx.x >= inputs) {
    int tap = blockIdx.x - inputs;
    double sum = 0;
    for (int from = threadIdx.x; from < w.out_columns; from += blockDim.x * TEXT_PART) {
      float part = 0;
      for (int k = 0; k < TEXT_PART && from + k * (int)blockDim.x < w.out_columns; k++) {
        int column = from + k * blockDim.x;
        TextPosition p = text_under(in, out, w, column);
        int position = p.at + tap * w.dilation;
        if (is_within(position, p.length)) {
          part += gradients[column] * window_relu(row[p.start + position]);
        }
      }
      sum += part;
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
      dweights[blockIdx.y * w.kernel + tap] += sum;
    }
    return;
  }
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= w.columns) {
    return;
  }
  TextPosition p = text_over(in, out, column);
  float gradient = 0;
  for (int tap = 0; tap < w.kernel; tap++) {
    int output = text_output(p, w, tap);
    if (output >= 0) {
      gradient += (float)weights[blockIdx.y * w.kernel + tap] * gradients[p.start + output];
    }
  }
  long long at = (long long)blockIdx.y * w.columns + column;
  float passed = row[column] > 0 ? gradient : 0.0f;
  dx[at] = adds ? dx[at] + passed : passed;
}
FLETCH_EXPORT(text_depthwise_backward)

// Every stride-th position: a window with a single tap.
FLETCH_KERNEL __launch_bounds__(1024, 1) text_pick(
    const float* __restrict__ x,
    float* __restrict__ out,
    double* __restrict__ sums,
    double* __restrict__ means,
    int relu,
    const int* __restrict__ in_places,
    const int* __restrict__ out_places,
    int texts,
    Numbers<6> window) {
  TextWindow w = text_window(window);
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  float result = 0;
  if (column < w.out_columns) {
    TextPosition p = text_under(text_places(in_places, texts), text_places(out_places, texts), w, column);
    if (is_within(p.at, p.length)) {
      float value = x[(long long)blockIdx.y * w.columns + p.start + p.at];
      result = relu ? window_relu(value) : value;
    }
  }
  float mean = window_row_mean(result, sums, means, w.out_columns);
  if (column < w.out_columns) {
    out[(long long)blockIdx.y * w.out_columns + column] = result - mean;
  }
}
FLETCH_EXPORT(text_pick)

FLETCH_KERNEL text_pick_backward(
    const float* __restrict__ x,
    const float* __restrict__ dout,
    float* __restrict__ dx,
    int relu,
    int adds,
    const int* __restrict__ in_places,
    const int* __restrict__ out_places,
    int texts,
    Numbers<6> window) {
  TextWindow w = text_window(window);
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= w.columns) {
    return;
  }
  TextPosition p = text_over(text_places(in_places, texts), text_places(out_places, texts), column);
  int output = text_output(p, w, 0);
  long long at = (long long)blockIdx.y * w.columns + column;
  bool passes = output >= 0 && (!relu || x[at] > 0);
  float gradient = passes ? dout[(long long)blockIdx.y * w.out_columns + p.start + output] : 0.0f;
  dx[at] = adds ? dx[at] + gradient : gradient;
}
FLETCH_EXPORT(text_pick_backward)
