package dev.fletch.gradient;

import dev.fletch.engine.Floats;
import dev.fletch.engine.StatisticsSlot;

/**
 * Mean gradients over all replicas of one step. The vectors belong to the caller, who closes them
 * where they may be on a card, and lie where the weights lay that were asked for.
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
    Floats weights,
    float[] mixing,
    Floats statistics,
    Score score,
    float[] carried,
    float statisticsShare)
    implements AutoCloseable {
  /** Of a network that remembers nothing, on the host; the arrays are not copied. */
  public Gradients(float[] weights, float[] mixing, float[] statistics, Score score) {
    this(
        Floats.of(weights),
        mixing,
        Floats.of(statistics),
        score,
        new float[0],
        StatisticsSlot.SHARE);
  }

  @Override
  public void close() {
    weights.close();
    statistics.close();
  }
}
