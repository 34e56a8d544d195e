package dev.fletch.engine;

/**
 * A linear layer and softmax cross-entropy at the end of a network.
 *
 * @param weight where W {@code [classes, C]} starts in the flat weights
 * @param bias where the bias {@code [classes]} starts
 * @param channels C
 * @param lossWeight factor of this loss in the network's
 * @param smoothing part of a label that is spread evenly over all classes, the label's own among
 *     them
 */
public record Classifier(
    int weight, int bias, int channels, int classes, double lossWeight, double smoothing) {
  /**
   * Cross-entropy of one example.
   *
   * @param logits {@code [classes]} from {@code at} on
   * @param probabilities receives softmax of the logits {@code [classes]}
   */
  public double loss(double[] logits, int at, int label, double[] probabilities) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      max = Math.max(max, logits[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      probabilities[k] = Math.exp(logits[at + k] - max);
      sum += probabilities[k];
    }
    for (int k = 0; k < classes; k++) {
      probabilities[k] /= sum;
    }
    return Math.log(sum) + max - logits[at + label];
  }

  /** What a training pass aims at for class {@code k} of an example with {@code label}. */
  public double target(int label, int k) {
    return (label == k ? 1 - smoothing : 0) + smoothing / classes;
  }
}
