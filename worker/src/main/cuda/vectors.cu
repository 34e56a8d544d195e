// The flat vectors and small matrices of a pass, in double precision.
#include "fletch.cuh"

FLETCH_KERNEL copy_doubles(const double* from, double* to, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    to[i] = from[i];
  }
}
FLETCH_EXPORT(copy_doubles)

FLETCH_KERNEL add_scaled_doubles(const double* from, double by, double* to, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    to[i] += from[i] * by;
  }
}
FLETCH_EXPORT(add_scaled_doubles)

FLETCH_KERNEL doubles_to_floats(const double* from, float* to, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    to[i] = (float)from[i];
  }
}
FLETCH_EXPORT(doubles_to_floats)

FLETCH_KERNEL floats_to_doubles(const float* from, double* to, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    to[i] = from[i];
  }
}
FLETCH_EXPORT(floats_to_doubles)

// from [rows, inputs] becomes columns [column, column + rows) of to [inputs, columns].
FLETCH_KERNEL transposed_to_floats(const double* from, int rows, int inputs, float* to, int columns, int column) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < rows * inputs; i += gridDim.x * blockDim.x) {
    int k = i / rows;
    int c = i % rows;
    to[k * columns + column + c] = (float)from[c * inputs + k];
  }
}
FLETCH_EXPORT(transposed_to_floats)

FLETCH_KERNEL add_floats(const float* from, double* to, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    to[i] += from[i];
  }
}
FLETCH_EXPORT(add_floats)

// out = matrix [rows, inputs] times x; one thread a row.
FLETCH_KERNEL multiply_vector(const double* matrix, int rows, int inputs, const double* x, double* out) {
  int c = blockIdx.x * blockDim.x + threadIdx.x;
  if (c >= rows) {
    return;
  }
  double sum = 0;
  for (int k = 0; k < inputs; k++) {
    sum += matrix[c * inputs + k] * x[k];
  }
  out[c] = sum;
}
FLETCH_EXPORT(multiply_vector)

// What batch norm keeps of a minibatch; taken may be null.
FLETCH_KERNEL note_statistics(
    const double* means, const double* variances, const double* taken, int rows, int columns, double* scale,
    double* to_means, double* to_variances) {
  int c = blockIdx.x * blockDim.x + threadIdx.x;
  if (c >= rows) {
    return;
  }
  double variance = variances[c];
  scale[c] = 1 / sqrt(variance + 1e-5);
  to_means[c] = means[c] + (taken == nullptr ? 0 : taken[c]);
  to_variances[c] = columns > 1 ? variance * columns / (columns - 1) : variance;
}
FLETCH_EXPORT(note_statistics)

// Puts the running statistics into gamma and beta.
FLETCH_KERNEL fold_statistics(
    const double* means, const double* variances, double* gamma, double* beta, int rows) {
  int c = blockIdx.x * blockDim.x + threadIdx.x;
  if (c >= rows) {
    return;
  }
  gamma[c] /= sqrt(variances[c] + 1e-5);
  beta[c] -= means[c] * gamma[c];
}
FLETCH_EXPORT(fold_statistics)
