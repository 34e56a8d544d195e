package dev.fletch.optimizer;

import java.io.Serializable;

/**
 * What an optimizer remembers between steps.
 *
 * @param values SGD, averaged or not: momentum buffer {@code [n]}; Adam: first moments, then second
 *     moments {@code [2, n]}; ND4J's updaters: their state view
 * @param steps steps taken so far
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier to and from a checkpoint, never compared
public record OptimizerState(float[] values, long steps) implements Serializable {
  void checkLength(String optimizer, int expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "Cannot restore "
              + optimizer
              + ": its state has "
              + expected
              + " values, got "
              + values.length
              + "; the checkpoint belongs to another configuration");
    }
  }
}
