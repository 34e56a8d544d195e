package dev.fletch.nn;

import java.io.Serializable;

/**
 * How a network did on one minibatch.
 *
 * @param lossSum cross-entropy summed over the examples
 * @param predictions example by example; {@link Predictions#NONE} in training
 */
public record BatchScore(double lossSum, int correct, int examples, Predictions predictions)
    implements Serializable {
  /** Without what was predicted for each example. */
  public BatchScore(double lossSum, int correct, int examples) {
    this(lossSum, correct, examples, Predictions.NONE);
  }

  /** This score with what was predicted for each example. */
  public BatchScore with(Predictions each) {
    return new BatchScore(lossSum, correct, examples, each);
  }
}
