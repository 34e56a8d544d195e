package dev.fletch.gradient;

import dev.fletch.engine.StatisticsSlot;

/**
 * Mean gradients over all replicas of one step. The arrays belong to the caller.
 *
 * @param weights dL/dw, or length 0 if not wanted
 * @param mixing dL/d(mixing weights), or length 0 if not wanted
 * @param statistics batch means and unbiased variances, averaged by example count
 * @param carried what the network remembers behind the minibatch, of all replicas one after the
 *     other; length 0 if it remembers nothing, and of an evaluation
 * @param statisticsShare of the statistics in the running ones
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
public record Gradients(
    float[] weights,
    float[] mixing,
    float[] statistics,
    Score score,
    float[] carried,
    float statisticsShare) {
  /** Of a network that remembers nothing. */
  public Gradients(float[] weights, float[] mixing, float[] statistics, Score score) {
    this(weights, mixing, statistics, score, new float[0], StatisticsSlot.SHARE);
  }
}
