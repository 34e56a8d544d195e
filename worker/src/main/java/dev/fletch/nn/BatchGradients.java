package dev.fletch.nn;

import dev.fletch.engine.StatisticsSlot;

/**
 * Gradients of one minibatch's mean loss. The arrays belong to the caller.
 *
 * @param weights dL/dw, or length 0 if not wanted
 * @param mixing dL/d(mixing weights), or length 0 if not wanted
 * @param statistics batch means and unbiased batch variances, in the order of the running
 *     statistics; NaN where a batch norm was not computed; length 0 of an evaluation
 * @param carried what the network remembers when it has read the minibatch, {@link
 *     TrainableNetwork#carriedCount} values; length 0 if it remembers nothing
 * @param statisticsShare of the statistics in the running ones: {@link StatisticsSlot#SHARE}, or more
 *     where one batch norm was applied more than once
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
public record BatchGradients(
    float[] weights,
    float[] mixing,
    float[] statistics,
    BatchScore score,
    float[] carried,
    float statisticsShare) {
  /** Of a network that applies each batch norm once. */
  public BatchGradients(
      float[] weights, float[] mixing, float[] statistics, BatchScore score, float[] carried) {
    this(weights, mixing, statistics, score, carried, StatisticsSlot.SHARE);
  }

  /** Of a network that remembers nothing. */
  public BatchGradients(float[] weights, float[] mixing, float[] statistics, BatchScore score) {
    this(weights, mixing, statistics, score, new float[0]);
  }
}
