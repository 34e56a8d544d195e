// Backward of the depthwise convolution of relu(x) over images with stride 2, without dilation.
#include "depthwise_backward.cuh"

// A group is 2 rows of 4 inputs, so that which taps belong to which input is known when this is compiled: output
// (y + i - FIRST, 2 x + k - FIRST) lies with tap (p + H - 2 (i - FIRST), j + H - 2 (k - FIRST)) over input (p, j) of
// group (y, x).
template <int K>
struct StridedBackward {
  static constexpr int H = K / 2;
  static constexpr int FIRST = H / 2;
  static constexpr int ROWS = (1 + H) / 2 + FIRST + 1;
  static constexpr int COLUMNS = (BACKWARD_INPUTS - 1 + H) / 2 + FIRST + 1;
};

struct StridedGroup {
  int y;  // in pairs of rows
  int x;  // in fours of inputs
  int n;
};

__device__ static inline StridedGroup strided_group(unsigned number, unsigned groups, unsigned images) {
  unsigned pixels = number / images;
  unsigned y = pixels / groups;
  return StridedGroup{(int)y, (int)(pixels - y * groups), (int)(number - pixels * images)};
}

__device__ static inline int strided_input(const ImageWindow& g, const StridedGroup& group, int p, int j) {
  int row = 2 * group.y + p;
  int column = BACKWARD_INPUTS * group.x + j;
  return row < g.height && column < g.width ? (row * g.width + column) * g.images + group.n : -1;
}

template <int K>
__device__ static inline void backward_strided(
    const DepthwiseRows& rows,
    const ImageWindow& g,
    int groups,
    const double* __restrict__ weights,
    int first,
    int items,
    float (&dweights)[K * K]) {
  constexpr int R = BACKWARD_INPUTS;
  typedef StridedBackward<K> S;
  __shared__ float w[K * K];
  if (threadIdx.x < K * K) {
    w[threadIdx.x] = (float)weights[blockIdx.y * K * K + threadIdx.x];
  }
  __syncthreads();
  for (int item = 0; item < items; item++) {
    StridedGroup group = strided_group(first + item * BACKWARD_THREADS + threadIdx.x, groups, g.images);
    float x[2][R];
    float gradient[2][R] = {{0, 0, 0, 0}, {0, 0, 0, 0}};
#pragma unroll
    for (int p = 0; p < 2; p++) {
#pragma unroll
      for (int j = 0; j < R; j++) {
        int at = strided_input(g, group, p, j);
        x[p][j] = at < 0 ? 0.0f : rows.x[at];
      }
    }
    int column = 2 * group.x - S::FIRST;
#pragma unroll
    for (int i = 0; i < S::ROWS; i++) {
      int row = group.y + i - S::FIRST;
      bool exists = is_within(row, g.out_height);
      int from = (row * g.out_width + column) * g.images + group.n;
      float dout[S::COLUMNS];
#pragma unroll
      for (int k = 0; k < S::COLUMNS; k++) {
        dout[k] = exists && is_within(column + k, g.out_width) ? rows.dout[from + k * g.images] : 0.0f;
      }
#pragma unroll
      for (int p = 0; p < 2; p++) {
#pragma unroll
        for (int j = 0; j < R; j++) {
#pragma unroll
          for (int k = 0; k < S::COLUMNS; k++) {
            int tap_row = p + S::H - 2 * (i - S::FIRST);
            int tap_column = j + S::H - 2 * (k - S::FIRST);
            if (tap_row >= 0 && tap_row < K && tap_column >= 0 && tap_column < K) {
              int tap = tap_row * K + tap_column;
              gradient[p][j] += w[tap] * dout[k];
              dweights[tap] += window_relu(x[p][j]) * dout[k];
            }
          }
        }
      }
    }
#pragma unroll
    for (int p = 0; p < 2; p++) {
#pragma unroll
      for (int j = 0; j < R; j++) {
        int at = strided_input(g, group, p, j);
        if (rows.dx != nullptr && at >= 0) {
          put_depthwise_gradient(rows, at, x[p][j], gradient[p][j]);
        }
      }
    }
  }
}

#define FLETCH_BACKWARD_STRIDED(K)                                                \
  FLETCH_DEPTHWISE_BACKWARD(depthwise_backward_strided_##K, K, {                  \
    backward_strided<K>(rows, g, groups, weights, first, items, sums);            \
  })

FLETCH_BACKWARD_STRIDED(3)
FLETCH_BACKWARD_STRIDED(5)
FLETCH_BACKWARD_STRIDED(7)
