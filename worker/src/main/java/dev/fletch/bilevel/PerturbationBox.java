package dev.fletch.bilevel;

import dev.fletch.data.SeededRandom;
import dev.fletch.data.StepId;
import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * The box around mixing weights that a perturbation may not leave: {@code |p' - p| <= epsilon},
 * with {@code epsilon = from + (to - from) * e / E} in epoch e of E (SDARTS: 0.03 to 0.3).
 *
 * @param operations columns of a row: p' stays a distribution over them
 * @param epochs E
 * @param seed of the run
 */
public record PerturbationBox(int operations, double from, double to, int epochs, long seed)
    implements Serializable {
  public PerturbationBox {
    new Checks()
        .atLeast("operations", operations, 1)
        .between("epsilon-from", from, 0, 1)
        .between("epsilon-to", to, 0, 1)
        .atLeast("epochs", epochs, 1)
        .orThrow();
  }

  /** Half the side of the box in {@code epoch}. */
  public double epsilon(int epoch) {
    return from + (to - from) * epoch / epochs;
  }

  /** A point drawn uniformly from the box around {@code mixing}, projected. */
  float[] draw(float[] mixing, StepId at) {
    SeededRandom random =
        SeededRandom.of(SeededRandom.Purpose.PERTURBATION, seed, at.epoch(), at.step());
    double epsilon = epsilon(at.epoch());
    float[] drawn = new float[mixing.length];
    for (int i = 0; i < mixing.length; i++) {
      drawn[i] = (float) (mixing[i] + epsilon * (2 * random.unit() - 1));
    }
    return project(drawn);
  }

  /** Moves {@code point} back into the box around {@code centre}, then projects it, in place. */
  float[] clamp(float[] point, float[] centre, int epoch) {
    double epsilon = epsilon(epoch);
    for (int i = 0; i < point.length; i++) {
      double difference = point[i] - (double) centre[i];
      point[i] = (float) (centre[i] + Math.max(-epsilon, Math.min(epsilon, difference)));
    }
    return project(point);
  }

  /**
   * Makes every row a distribution, in place: values are clamped to [0, 1] and divided by their
   * sum; a row of zeros becomes 1 at what was its largest value.
   */
  float[] project(float[] mixing) {
    for (int row = 0; row < mixing.length; row += operations) {
      int largest = row;
      double sum = 0;
      for (int k = row; k < row + operations; k++) {
        largest = mixing[k] > mixing[largest] ? k : largest;
        sum += Math.max(0, Math.min(1, mixing[k]));
      }
      for (int k = row; k < row + operations; k++) {
        double clamped = Math.max(0, Math.min(1, mixing[k]));
        mixing[k] = (float) (sum > 0 ? clamped / sum : k == largest ? 1 : 0);
      }
    }
    return mixing;
  }
}
