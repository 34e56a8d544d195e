package dev.fletch.nn;

import dev.fletch.engine.Floats;

/**
 * Gradients of one minibatch's mean loss. The vectors belong to the caller, and lie where the
 * weights lay that were asked for.
 *
 * @param weights dL/dw, or length 0 if not wanted
 * @param mixing dL/d(mixing weights), or length 0 if not wanted
 * @param statistics batch means and unbiased batch variances, in the order of the running
 *     statistics; NaN where a batch norm was not computed; length 0 of an evaluation
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
public record BatchGradients(Floats weights, float[] mixing, Floats statistics, BatchScore score)
    implements AutoCloseable {
  /** On the host; the arrays are not copied. */
  public BatchGradients(float[] weights, float[] mixing, float[] statistics, BatchScore score) {
    this(Floats.of(weights), mixing, Floats.of(statistics), score);
  }

  @Override
  public void close() {
    weights.close();
    statistics.close();
  }
}
