// What is done to whole examples, wherever their columns lie.
#include "examples.cuh"

// x += the value of each example, row by row: [rows, examples].
FLETCH_KERNEL add_to_examples(
    const double* __restrict__ values, const int* __restrict__ starts, int examples, int lanes, int rows, int columns,
    float* x) {
  ExampleRun run;
  if (!example_run({starts, examples, columns}, lanes, run)) {
    return;
  }
  for (int row = blockIdx.y; row < rows; row += gridDim.y) {
    float value = (float)values[(long long)row * examples + run.example];
    float* to = x + (long long)row * columns;
    for (int column = run.first; column < run.end; column += FLETCH_RUN * run.step) {
      float held[FLETCH_RUN];
      run_load(held, to, run, column);
      held_scale(held, 1, value);
      run_store(held, to, run, column);
    }
  }
}
FLETCH_EXPORT(add_to_examples)

// y = x times the factor of each example, where a product of 0 has no sign; or adds that to y.
FLETCH_KERNEL scale_examples(
    const float* x, const double* __restrict__ factors, const int* __restrict__ starts, int examples, int lanes,
    int rows, int columns, int adds, float* y) {
  ExampleRun run;
  if (!example_run({starts, examples, columns}, lanes, run)) {
    return;
  }
  float factor = (float)factors[run.example];
  for (int row = blockIdx.y; row < rows; row += gridDim.y) {
    long long start = (long long)row * columns;
    for (int column = run.first; column < run.end; column += FLETCH_RUN * run.step) {
      float held[FLETCH_RUN];
      run_load(held, x + start, run, column);
      held_scale(held, factor, 0);
      run_put(held, y + start, run, column, adds);
    }
  }
}
FLETCH_EXPORT(scale_examples)

// Of interleaved images: 256 threads, those of an image side by side with as many others as fit.
__device__ static inline void image_means(const float* row, int examples, int pixels, double* means) {
  __shared__ double sums[256];
  int width = min(examples, 256);
  int parts = 256 / width;
  int n = (int)threadIdx.x % width;
  int part = (int)threadIdx.x / width;
  for (int from = 0; from < examples; from += width) {
    double sum = 0;
    for (int first = part; part < parts && from + n < examples && first < pixels; first += 16 * parts) {
      float some = 0;
#pragma unroll
      for (int k = 0; k < 16; k++) {
        int i = first + k * parts;
        some += i < pixels ? row[(long long)i * examples + from + n] : 0;
      }
      sum += some;
    }
    sums[threadIdx.x] = sum;
    __syncthreads();
    if (part == 0 && from + n < examples) {
      for (int i = 1; i < parts; i++) {
        sum += sums[i * width + n];
      }
      means[from + n] = sum / pixels;
    }
    __syncthreads();
  }
}

// Of packed texts: one warp for each.
__device__ static inline void text_means(const float* row, const int* starts, int examples, double* means) {
  for (int n = (int)threadIdx.x / 32; n < examples; n += (int)blockDim.x / 32) {
    int end = starts[n + 1];
    float sum = 0;
    for (int i = starts[n] + (int)threadIdx.x % 32; i < end; i += 32) {
      sum += row[i];
    }
    double total = warp_sums({sum, 0}).first;
    if (threadIdx.x % 32 == 0) {
      means[n] = total / (end - starts[n]);
    }
  }
}

// means: [rows, examples]; a block for each row.
FLETCH_KERNEL __launch_bounds__(256) example_means(
    const float* __restrict__ x, const int* __restrict__ starts, int examples, int columns,
    double* __restrict__ means) {
  const float* row = x + (long long)blockIdx.x * columns;
  double* of_row = means + (long long)blockIdx.x * examples;
  if (starts == nullptr) {
    image_means(row, examples, columns / examples, of_row);
  } else {
    text_means(row, starts, examples, of_row);
  }
}
FLETCH_EXPORT(example_means)
