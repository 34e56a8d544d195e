package dev.fletch.bilevel;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * A learning rate per epoch: cosine from {@code rate} at epoch 0 towards {@code minimum} at epoch
 * {@code epochs} (rate_e = minimum + (rate - minimum) * (1 + cos(pi * e / epochs)) / 2, as DARTS
 * does), or constant.
 */
public record LearningRateSettings(Schedule schedule, double rate, double minimum)
    implements Serializable {
  /** Shape of the decay. */
  public enum Schedule {
    COSINE,
    CONSTANT
  }

  public LearningRateSettings {
    new Checks()
        .positive("learning-rate", rate)
        .atLeast("learning-rate-min", minimum, 0)
        .require(
            "learning-rate-min",
            minimum <= rate || rate <= 0, // a rate that is refused itself says nothing of minimum
            "must be <= learning-rate " + rate + ", got " + minimum)
        .orThrow();
  }

  /** The rate of {@code epoch}, counted from 0, in a training of {@code epochs}. */
  public double at(int epoch, int epochs) {
    return switch (schedule) {
      case CONSTANT -> rate;
      case COSINE -> minimum + (rate - minimum) * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    };
  }
}
