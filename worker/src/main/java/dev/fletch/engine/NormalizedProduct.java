package dev.fletch.engine;

/**
 * A 1x1 convolution followed by batch norm and a factor per row, as {@link ClosedForm} computes it:
 * where its numbers lie.
 *
 * @param rows C, of the output
 * @param inputs K, rows of the input
 * @param weight where W {@code [C, K]} starts in the flat weights
 * @param statistics where its first mean lies in the flat statistics
 * @param statisticsChannels how much further its variances lie
 */
public record NormalizedProduct(
    int rows, int inputs, int weight, int statistics, int statisticsChannels) {
  /** Batch norm's epsilon, PyTorch's default. */
  public static final double EPSILON = 1e-5;

  /** Where its first variance lies in the flat statistics. */
  public int variances() {
    return statistics + statisticsChannels;
  }
}
