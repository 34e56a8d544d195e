// Flat vectors of floats: what optimizers and search steps do with them. In double precision for each value, as the
// host does it, and stored as floats.
#include "fletch.cuh"

// Values whose squares a thread of sum_squares adds up.
#define FLETCH_SQUARES 16

FLETCH_KERNEL flat_scale(float* __restrict__ x, double factor, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    x[i] = (float)(x[i] * factor);
  }
}
FLETCH_EXPORT(flat_scale)

// to may be from.
FLETCH_KERNEL flat_move(const float* from, double factor, const float* direction, float* to, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    to[i] = (float)(from[i] + factor * direction[i]);
  }
}
FLETCH_EXPORT(flat_move)

FLETCH_KERNEL flat_add(const float* x, const float* y, float* sum, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    sum[i] = x[i] + y[i];
  }
}
FLETCH_EXPORT(flat_add)

FLETCH_KERNEL flat_divide(const float* x, float divisor, float* out, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    out[i] = x[i] / divisor;
  }
}
FLETCH_EXPORT(flat_divide)

// Where next is NaN, running stays.
FLETCH_KERNEL flat_average(float* __restrict__ running, float share, const float* __restrict__ next, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    float value = next[i];
    if (!isnan(value)) {
      running[i] = (1 - share) * running[i] + share * value;
    }
  }
}
FLETCH_EXPORT(flat_average)

__device__ static inline float next_velocity(
    float velocity, float parameter, float gradient, double momentum, double decay) {
  return (float)(momentum * velocity + (gradient + decay * parameter));
}

FLETCH_KERNEL flat_descend(
    float* __restrict__ w, float* __restrict__ v, const float* __restrict__ gradient, double rate, double momentum,
    double decay, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    float velocity = next_velocity(v[i], w[i], gradient[i], momentum, decay);
    v[i] = velocity;
    w[i] = (float)(w[i] - rate * velocity);
  }
}
FLETCH_EXPORT(flat_descend)

FLETCH_KERNEL flat_descend_ahead(
    const float* __restrict__ w, const float* __restrict__ v, const float* __restrict__ gradient, double rate,
    double momentum, double decay, float* __restrict__ ahead, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    ahead[i] = (float)(w[i] - rate * next_velocity(v[i], w[i], gradient[i], momentum, decay));
  }
}
FLETCH_EXPORT(flat_descend_ahead)

FLETCH_KERNEL flat_adam(
    float* __restrict__ w, float* __restrict__ m, float* __restrict__ v, const float* __restrict__ gradient,
    double rate, double beta1, double beta2, double first_correction, double second_correction, double epsilon,
    double decay, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    double g = gradient[i] + decay * w[i];
    float first = (float)(beta1 * m[i] + (1 - beta1) * g);
    float second = (float)(beta2 * v[i] + (1 - beta2) * g * g);
    m[i] = first;
    v[i] = second;
    double denominator = sqrt(second / second_correction) + epsilon;
    w[i] = (float)(w[i] - rate * (first / first_correction) / denominator);
  }
}
FLETCH_EXPORT(flat_adam)

// The squares of a piece of x, of FLETCH_SQUARES values for each thread, by a block.
FLETCH_KERNEL __launch_bounds__(1024) sum_squares(
    const float* __restrict__ x, int n, double* __restrict__ partials) {
  int piece = FLETCH_SQUARES * blockDim.x;
  int first = blockIdx.x * piece;
  int length = min(piece, n - first);
  double sum = 0;
  for (int i = threadIdx.x; i < length; i += blockDim.x) {
    double value = x[first + i];
    sum += value * value;
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) {
    partials[blockIdx.x] = sum;
  }
}
FLETCH_EXPORT(sum_squares)

// What the pieces gave, by one block.
FLETCH_KERNEL __launch_bounds__(1024) sum_pieces(
    const double* __restrict__ partials, int pieces, double* __restrict__ total) {
  double sum = 0;
  for (int i = threadIdx.x; i < pieces; i += blockDim.x) {
    sum += partials[i];
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) {
    *total = sum;
  }
}
FLETCH_EXPORT(sum_pieces)
