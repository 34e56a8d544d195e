// 1x1 convolutions with batch norm in closed form: see ClosedForm.java for the formulas. One block computes one
// convolution, in double precision; loops go in the order in which the host's do.
#include "fletch.cuh"

// Where the numbers of each convolution lie: arrays on the card, by number of the convolution.
struct ClosedFormPlaces {
  const int* weight;
  const int* statistics;
  const int* variances;
  const int* factor;
  int factor_kind;  // 0: none, 1: in the mixing weights, one for all rows, 2: in the weights, one for each
  int rows;
  int inputs;
};

// What is kept from the forward to the backward pass: [n, rows * inputs], [n, rows], [n, rows].
struct ClosedFormState {
  double* product;
  double* scale;
  double* projection;
};

__device__ static inline double closed_form_factor(
    const ClosedFormPlaces& places, int i, int row, const double* weights, const double* mixing) {
  if (places.factor_kind == 0) {
    return 1;
  }
  return places.factor_kind == 1 ? mixing[places.factor[i]] : weights[places.factor[i] + row];
}

// Writes diag(a s) W; the matrix of convolution i starts at i * start, its rows are stride apart.
__device__ static inline void closed_form_fold(
    const ClosedFormPlaces& places, const ClosedFormState& state, int i, const double* weights,
    const double* mixing, float* folded, int start, int stride) {
  const double* w = weights + places.weight[i];
  for (int at = threadIdx.x; at < places.rows * places.inputs; at += blockDim.x) {
    int c = at / places.inputs;
    double factor = closed_form_factor(places, i, c, weights, mixing) * state.scale[i * places.rows + c];
    folded[(long long)i * start + (long long)c * stride + at % places.inputs] = (float)(factor * w[at]);
  }
}

// Training: normalises with the minibatch's statistics, notes them, and folds. Block b has convolution present[b].
FLETCH_KERNEL closed_form_forward(
    ClosedFormPlaces places, ClosedFormState state, Numbers<64> present, const double* weights,
    const double* mixing, const float* covariances, Addresses<const double, 64> means, int columns,
    double* statistics, float* folded, int start, int stride) {
  int i = present.at[blockIdx.x];
  int rows = places.rows;
  int inputs = places.inputs;
  const double* w = weights + places.weight[i];
  const float* square = covariances + (long long)i * inputs * inputs;
  double* product = state.product + (long long)i * rows * inputs;
  for (int at = threadIdx.x; at < rows * inputs; at += blockDim.x) {
    int c = at / inputs;
    int to = at % inputs;
    double sum = 0;
    for (int k = 0; k < inputs; k++) {
      sum += w[c * inputs + k] * square[k * inputs + to];
    }
    product[at] = sum;
  }
  __syncthreads();
  for (int c = threadIdx.x; c < rows; c += blockDim.x) {
    double mean = 0;
    double variance = 0;
    for (int k = 0; k < inputs; k++) {
      mean += w[c * inputs + k] * means.at[blockIdx.x][k];
      variance += product[c * inputs + k] * w[c * inputs + k];
    }
    variance = variance > 0 ? variance : 0;
    state.scale[i * rows + c] = 1 / sqrt(variance + 1e-5);
    statistics[places.statistics[i] + c] = mean;
    statistics[places.variances[i] + c] = columns > 1 ? variance * columns / (columns - 1) : variance;
  }
  __syncthreads();
  closed_form_fold(places, state, i, weights, mixing, folded, start, stride);
}
FLETCH_EXPORT(closed_form_forward)

// Evaluation: the same with the running statistics.
FLETCH_KERNEL closed_form_evaluate(
    ClosedFormPlaces places, ClosedFormState state, Numbers<64> present, const double* weights,
    const double* mixing, const double* running, float* folded, int start, int stride) {
  int i = present.at[blockIdx.x];
  for (int c = threadIdx.x; c < places.rows; c += blockDim.x) {
    state.scale[i * places.rows + c] = 1 / sqrt(running[places.variances[i] + c] + 1e-5);
  }
  __syncthreads();
  closed_form_fold(places, state, i, weights, mixing, folded, start, stride);
}
FLETCH_EXPORT(closed_form_evaluate)

// shifts[c] += the sum of -a mean s over the convolutions, in order; one thread a row.
FLETCH_KERNEL closed_form_shifts(
    ClosedFormPlaces places, ClosedFormState state, Numbers<64> present, int count, const double* weights,
    const double* mixing, const double* running, double* shifts) {
  int c = blockIdx.x * blockDim.x + threadIdx.x;
  if (c >= places.rows) {
    return;
  }
  double sum = shifts[c];
  for (int n = 0; n < count; n++) {
    int i = present.at[n];
    double shift = -running[places.statistics[i] + c] * state.scale[i * places.rows + c];
    sum += closed_form_factor(places, i, c, weights, mixing) * shift;
  }
  shifts[c] = sum;
}
FLETCH_EXPORT(closed_form_shifts)

// Writes W' diag(a s) [inputs, rows] of convolution i.
__device__ static inline void closed_form_turn(
    const ClosedFormPlaces& places, const ClosedFormState& state, int i, const double* weights,
    const double* mixing, float* of_output) {
  const double* w = weights + places.weight[i];
  for (int at = threadIdx.x; at < places.rows * places.inputs; at += blockDim.x) {
    int k = at / places.rows;
    int c = at % places.rows;
    double factor = closed_form_factor(places, i, c, weights, mixing) * state.scale[i * places.rows + c];
    of_output[(long long)i * places.rows * places.inputs + at] = (float)(factor * w[c * places.inputs + k]);
  }
}

FLETCH_KERNEL closed_form_turned(
    ClosedFormPlaces places, ClosedFormState state, const double* weights, const double* mixing,
    float* of_output) {
  closed_form_turn(places, state, blockIdx.x, weights, mixing, of_output);
}
FLETCH_EXPORT(closed_form_turned)

// Adds dL/dW and dL/da. With means (evaluation) the constants of batch norm count for dL/da too. Null where a matrix is
// not wanted.
FLETCH_KERNEL closed_form_backward(
    ClosedFormPlaces places, ClosedFormState state, Numbers<64> present, const double* weights,
    const double* mixing, const float* moments, int start, int stride, int columns, double* weight_gradient,
    double* mixing_gradient, const double* running, const double* means, float* of_output, float* of_input) {
  __shared__ double slopes[1024];
  int i = present.at[blockIdx.x];
  int rows = places.rows;
  int inputs = places.inputs;
  const double* w = weights + places.weight[i];
  const double* scale = state.scale + i * rows;
  double* projection = state.projection + i * rows;
  for (int c = threadIdx.x; c < rows; c += blockDim.x) {
    const float* row = moments + (long long)i * start + (long long)c * stride;
    double sum = 0;
    for (int k = 0; k < inputs; k++) {
      sum += row[k] * w[c * inputs + k];
    }
    projection[c] = scale[c] * sum;
    double slope = columns * projection[c];
    if (places.factor_kind == 1) {
      slopes[c] = slope;
    } else if (places.factor_kind == 2 && weight_gradient != nullptr) {
      weight_gradient[places.factor[i] + c] += slope;
    }
  }
  __syncthreads();
  if (threadIdx.x == 0 && places.factor_kind == 1) {
    double sum = 0;
    for (int c = 0; c < rows; c++) {
      sum += slopes[c];
    }
    for (int c = 0; c < rows && means != nullptr; c++) {
      sum += -running[places.statistics[i] + c] * scale[c] * columns * means[c];
    }
    mixing_gradient[places.factor[i]] += sum;
  }
  if (weight_gradient != nullptr) {
    for (int at = threadIdx.x; at < rows * inputs; at += blockDim.x) {
      int c = at / inputs;
      double outer = columns * closed_form_factor(places, i, c, weights, mixing) * scale[c];
      double inner = projection[c] * scale[c];
      float moment = moments[(long long)i * start + (long long)c * stride + at % inputs];
      weight_gradient[places.weight[i] + at] +=
          outer * (moment - inner * state.product[(long long)i * rows * inputs + at]);
    }
  }
  if (of_output != nullptr) {
    closed_form_turn(places, state, i, weights, mixing, of_output);
  }
  if (of_input != nullptr) {
    for (int at = threadIdx.x; at < inputs * inputs; at += blockDim.x) {
      int k = at / inputs;
      int to = at % inputs;
      double sum = 0;
      for (int c = 0; c < rows; c++) {
        double factor = -closed_form_factor(places, i, c, weights, mixing) * scale[c] * scale[c] * projection[c];
        sum += factor * w[c * inputs + k] * w[c * inputs + to];
      }
      of_input[(long long)i * inputs * inputs + at] = (float)sum;
    }
  }
}
FLETCH_EXPORT(closed_form_backward)

// shifts[k] = -W' diag(a s) means, of the first convolution; one thread an input.
FLETCH_KERNEL closed_form_input_shifts(
    ClosedFormPlaces places, ClosedFormState state, const double* weights, const double* mixing,
    const double* means, double* shifts) {
  int k = blockIdx.x * blockDim.x + threadIdx.x;
  if (k >= places.inputs) {
    return;
  }
  const double* w = weights + places.weight[0];
  double sum = 0;
  for (int c = 0; c < places.rows; c++) {
    double factor = closed_form_factor(places, 0, c, weights, mixing) * state.scale[c];
    sum -= factor * w[c * places.inputs + k] * means[c];
  }
  shifts[k] = sum;
}
FLETCH_EXPORT(closed_form_input_shifts)
