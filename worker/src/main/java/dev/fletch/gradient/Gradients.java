package dev.fletch.gradient;

import dev.fletch.engine.Floats;

/**
 * Mean gradients over all replicas of one step. The vectors belong to the caller, who closes them
 * where they may be on a card, and lie where the weights lay that were asked for.
 *
 * @param weights dL/dw, or length 0 if not wanted
 * @param mixing dL/d(mixing weights), or length 0 if not wanted
 * @param statistics batch means and unbiased variances, averaged by example count
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
public record Gradients(Floats weights, float[] mixing, Floats statistics, Score score)
    implements AutoCloseable {
  /** On the host; the arrays are not copied. */
  public Gradients(float[] weights, float[] mixing, float[] statistics, Score score) {
    this(Floats.of(weights), mixing, Floats.of(statistics), score);
  }

  @Override
  public void close() {
    weights.close();
    statistics.close();
  }
}
