package dev.fletch.data;

import java.io.Serializable;

/**
 * How an epoch of a portion is divided into steps. It can be known where the examples are not, for
 * every epoch alike.
 */
public interface Pace extends Serializable {
  /** Steps of an epoch, from 0 on. */
  int steps(int epoch);

  /** By what the learning rate of a step is multiplied, as {@link ExampleSource#rateFactor}. */
  default double rateFactor(StepId at) {
    return 1;
  }

  /**
   * All epochs have as many steps, of {@code examplesPerStep} each; the last may be partial.
   *
   * @param examples of an epoch
   */
  record Even(int examples, int examplesPerStep) implements Pace {
    private static final long serialVersionUID = 1L;

    @Override
    public int steps(int epoch) {
      return (examples + examplesPerStep - 1) / examplesPerStep;
    }
  }
}
