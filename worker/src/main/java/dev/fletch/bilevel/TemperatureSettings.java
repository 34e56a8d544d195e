package dev.fletch.bilevel;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * Temperature T of softmax(alpha / T), per epoch (temperature decay; Shin, Park and Kang, Appl.
 * Sci. 2023, 13(18), 10138).
 *
 * @param from T of epoch 0
 * @param to T of the last epoch
 */
public record TemperatureSettings(Schedule schedule, double from, double to, Mode mode)
    implements Serializable {
  /** How T goes from {@code from} to {@code to}. */
  public enum Schedule {
    CONSTANT,
    LINEAR,
    COSINE,
    EXPONENTIAL
  }

  /** Where T acts. */
  public enum Mode {
    /** softmax(alpha / T) in the forward pass and in the genotype. */
    SOFTMAX,
    /**
     * alpha is rescaled when T changes: alpha = (alpha - rate * gradient) / T; the softmax itself
     * stays at T = 1.
     */
    RESCALE
  }

  public TemperatureSettings {
    new Checks()
        .positive("from", from)
        .positive("to", to)
        .require(
            "to",
            schedule != Schedule.CONSTANT || from == to,
            "must equal from (" + from + ") when schedule is constant, got " + to)
        .orThrow();
  }
}
