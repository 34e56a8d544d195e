package dev.fletch.gradient;

import dev.fletch.nn.BatchScore;
import java.io.Serializable;
import java.util.List;

/**
 * How a network did over some examples; a {@link Metric} makes one figure of it.
 *
 * @param loss mean cross-entropy
 * @param correctShare right answers, as a fraction in [0, 1]
 * @param confusion class by class; {@link ConfusionMatrix#NONE} in training, and where the task
 *     keeps none
 */
public record Score(double loss, double correctShare, long examples, ConfusionMatrix confusion)
    implements Serializable {
  /** Without what was taken for what. */
  public Score(double loss, double correctShare, long examples) {
    this(loss, correctShare, examples, ConfusionMatrix.NONE);
  }

  /**
   * The score over several minibatches, summed in the order of the list.
   *
   * @throws IllegalArgumentException if no example was scored
   */
  public static Score of(List<BatchScore> batches) {
    double lossSum = 0;
    long correct = 0;
    long examples = 0;
    for (BatchScore batch : batches) {
      lossSum += batch.lossSum();
      correct += batch.correct();
      examples += batch.examples();
    }
    if (examples == 0) {
      throw new IllegalArgumentException("Cannot score: no example was evaluated");
    }
    return new Score(
        lossSum / examples, (double) correct / examples, examples, ConfusionMatrix.of(batches));
  }
}
