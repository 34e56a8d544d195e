package dev.fletch.nn;

import dev.fletch.engine.Floats;
import dev.fletch.engine.StatisticsSlot;

/**
 * Gradients of one minibatch's mean loss. The vectors belong to the caller, and lie where the
 * weights lay that were asked for.
 *
 * @param weights dL/dw, or length 0 if not wanted
 * @param mixing dL/d(mixing weights), or length 0 if not wanted
 * @param statistics batch means and unbiased batch variances, in the order of the running
 *     statistics; NaN where a batch norm was not computed; length 0 of an evaluation
 * @param carried what the network remembers when it has read the minibatch, {@link
 *     TrainableNetwork#carriedCount} values; length 0 if it remembers nothing
 * @param statisticsShare of the statistics in the running ones: {@link StatisticsSlot#SHARE}, or
 *     more where one batch norm was applied more than once
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
public record BatchGradients(
    Floats weights,
    float[] mixing,
    Floats statistics,
    BatchScore score,
    float[] carried,
    float statisticsShare)
    implements AutoCloseable {
  /** Of a network that applies each batch norm once and remembers nothing. */
  public BatchGradients(Floats weights, float[] mixing, Floats statistics, BatchScore score) {
    this(weights, mixing, statistics, score, new float[0], StatisticsSlot.SHARE);
  }

  /** Of a network that applies each batch norm once, on the host; the arrays are not copied. */
  public BatchGradients(
      float[] weights, float[] mixing, float[] statistics, BatchScore score, float[] carried) {
    this(Floats.of(weights), mixing, Floats.of(statistics), score, carried, StatisticsSlot.SHARE);
  }

  /** The same of a network that remembers nothing. */
  public BatchGradients(float[] weights, float[] mixing, float[] statistics, BatchScore score) {
    this(weights, mixing, statistics, score, new float[0]);
  }

  @Override
  public void close() {
    weights.close();
    statistics.close();
  }
}
