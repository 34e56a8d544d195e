// A linear layer and softmax cross-entropy at the end of a network: small, so in double precision.
#include "fletch.cuh"

// logits [N, classes] = W pooled + bias; pooled is [C, N].
FLETCH_KERNEL classify(
    const double* weight, const double* bias, const double* pooled, int channels, int classes, int examples,
    double* logits) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < examples * classes; i += gridDim.x * blockDim.x) {
    int n = i / classes;
    int k = i % classes;
    double logit = bias[k];
    for (int c = 0; c < channels; c++) {
      logit += weight[k * channels + c] * pooled[c * examples + n];
    }
    logits[i] = logit;
  }
}
FLETCH_EXPORT(classify)

// errors [N, classes]: dL/d(logits) of the mean cross-entropy on smoothed labels, times its weight; one thread an
// example.
FLETCH_KERNEL classify_errors(
    const double* logits, const double* labels, int classes, int examples, double loss_weight, double smoothing,
    double* errors) {
  int n = blockIdx.x * blockDim.x + threadIdx.x;
  if (n >= examples) {
    return;
  }
  const double* of = logits + (long long)n * classes;
  double largest = of[0];
  for (int k = 1; k < classes; k++) {
    largest = of[k] > largest ? of[k] : largest;
  }
  double sum = 0;
  for (int k = 0; k < classes; k++) {
    sum += exp(of[k] - largest);
  }
  int label = (int)labels[n];
  for (int k = 0; k < classes; k++) {
    double target = (label == k ? 1 - smoothing : 0) + smoothing / classes;
    errors[(long long)n * classes + k] = loss_weight * (exp(of[k] - largest) / sum - target) / examples;
  }
}
FLETCH_EXPORT(classify_errors)

// Adds to the gradients of W and the bias; one thread a value. Examples in order.
FLETCH_KERNEL classify_weights(
    const double* errors, const double* pooled, int channels, int classes, int examples, double* weight_gradient,
    double* bias_gradient) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < classes * (channels + 1); i += gridDim.x * blockDim.x) {
    int k = i / (channels + 1);
    int c = i % (channels + 1);
    double* to = c == channels ? bias_gradient + k : weight_gradient + k * channels + c;
    double sum = *to;
    for (int n = 0; n < examples; n++) {
      sum += errors[(long long)n * classes + k] * (c == channels ? 1 : pooled[c * examples + n]);
    }
    *to = sum;
  }
}
FLETCH_EXPORT(classify_weights)

// per_column [C, N]: dL/d(each value of a channel of an example). All examples are `length` long, or as lengths says.
FLETCH_KERNEL classify_inputs(
    const double* errors, const double* weight, int channels, int classes, int examples, int length,
    const int* lengths, double* per_column) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < channels * examples; i += gridDim.x * blockDim.x) {
    int c = i / examples;
    int n = i % examples;
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += errors[(long long)n * classes + k] * weight[k * channels + c] / (lengths == nullptr ? length : lengths[n]);
    }
    per_column[i] = sum;
  }
}
FLETCH_EXPORT(classify_inputs)
