// Vectors of doubles and small matrices.
#include "fletch.cuh"

FLETCH_KERNEL fill_doubles(double* __restrict__ x, int n, double value) {
  int step = gridDim.x * blockDim.x;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
    x[i] = value;
  }
}
FLETCH_EXPORT(fill_doubles)
