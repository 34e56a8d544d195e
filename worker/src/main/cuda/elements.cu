// Functions and products of single elements.
#include "held.cuh"

// In the order of the Java enum.
#define FLETCH_RELU 0
#define FLETCH_SIGMOID 1

__device__ static inline float sigmoid_of(float x) {
  return 1 / (1 + expf(-x));
}

// Not a number stays what it is.
__device__ static inline float function_of(int function, float x) {
  if (function == FLETCH_RELU) {
    return x <= 0 ? 0 : x;
  }
  return function == FLETCH_SIGMOID ? sigmoid_of(x) : tanhf(x);
}

__device__ static inline float slope_of(int function, float x) {
  if (function == FLETCH_RELU) {
    return x > 0 ? 1 : 0;
  }
  float y = function_of(function, x);
  return function == FLETCH_SIGMOID ? y * (1 - y) : (1 - y) * (1 + y);
}

// Where the values of this block begin, all rows in one, and how many there are.
struct Flat {
  long long first;
  int length;
};

__device__ static inline Flat flat_of_block(long long values) {
  Flat flat;
  flat.first = (long long)blockIdx.x * FLETCH_PASSED * FLETCH_PIECE_THREADS;
  flat.length = (int)min((long long)FLETCH_PASSED * FLETCH_PIECE_THREADS, values - flat.first);
  return flat;
}

FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) apply_function(
    int function, const float* x, long long values, float* y) {
  Flat at = flat_of_block(values);
  float held[FLETCH_PASSED];
  held_load(held, x + at.first, at.length, FLETCH_PIECE_THREADS);
#pragma unroll
  for (int k = 0; k < FLETCH_PASSED; k++) {
    held[k] = function_of(function, held[k]);
  }
  held_store(held, y + at.first, at.length, FLETCH_PIECE_THREADS);
}
FLETCH_EXPORT(apply_function)

// Overwrites what is in `to`, or adds to it.
__device__ static inline void held_put(float (&held)[FLETCH_PASSED], float* to, int length, int adds) {
  if (adds) {
    float sums[FLETCH_PASSED];
    held_load(sums, to, length, FLETCH_PIECE_THREADS);
    held_add(sums, 1, held);
  }
  held_store(held, to, length, FLETCH_PIECE_THREADS);
}

FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) apply_function_backward(
    int function, const float* x, const float* dy, long long values, int adds, float* dx) {
  Flat at = flat_of_block(values);
  float held[FLETCH_PASSED];
  float gradient[FLETCH_PASSED];
  held_load(held, x + at.first, at.length, FLETCH_PIECE_THREADS);
  held_load(gradient, dy + at.first, at.length, FLETCH_PIECE_THREADS);
#pragma unroll
  for (int k = 0; k < FLETCH_PASSED; k++) {
    gradient[k] *= slope_of(function, held[k]);
  }
  held_put(gradient, dx + at.first, at.length, adds);
}
FLETCH_EXPORT(apply_function_backward)

FLETCH_KERNEL __launch_bounds__(FLETCH_PIECE_THREADS) multiply_elements(
    const float* x, const float* y, long long values, int adds, float* out) {
  Flat at = flat_of_block(values);
  float held[FLETCH_PASSED];
  float other[FLETCH_PASSED];
  held_load(held, x + at.first, at.length, FLETCH_PIECE_THREADS);
  held_load(other, y + at.first, at.length, FLETCH_PIECE_THREADS);
#pragma unroll
  for (int k = 0; k < FLETCH_PASSED; k++) {
    held[k] *= other[k];
  }
  held_put(held, out + at.first, at.length, adds);
}
FLETCH_EXPORT(multiply_elements)
