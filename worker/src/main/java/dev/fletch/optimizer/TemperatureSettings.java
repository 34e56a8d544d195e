package dev.fletch.optimizer;

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
    /** alpha itself is rescaled when T changes ({@link #rescaling}); the softmax stays at T = 1. */
    RESCALE
  }

  public TemperatureSettings {
    new Checks()
        .positive("from", from)
        .positive("to", to)
        .require(
            "to",
            schedule != Schedule.CONSTANT || from == to,
            "must equal from (" + from + ") when schedule is constant, got " + to,
            "from",
            "schedule")
        .orThrow();
  }

  /**
   * T of {@code epoch}, counted from 0, in a search of {@code epochs}: {@code from} in the first,
   * {@code to} in the last. A search of one epoch has {@code from}.
   */
  public double at(int epoch, int epochs) {
    double passed = epochs == 1 ? 0 : (double) epoch / (epochs - 1);
    return switch (schedule) {
      case CONSTANT -> from;
      case LINEAR -> from * (1 - passed) + to * passed;
      case COSINE -> to + (from - to) * (1 + Math.cos(Math.PI * passed)) / 2;
      case EXPONENTIAL -> Math.pow(from, 1 - passed) * Math.pow(to, passed);
    };
  }

  /**
   * The T that divides alpha inside the softmax in {@code epoch}: 1 where alpha itself is rescaled.
   */
  public double inSoftmax(int epoch, int epochs) {
    return mode == Mode.SOFTMAX ? at(epoch, epochs) : 1;
  }

  /**
   * What alpha is multiplied by, once, at the start of {@code epoch}; 1 in mode {@code softmax} and
   * where T stays.
   *
   * <p>The source writes {@code alpha = (alpha - rate * gradient) / T}. Dividing by every new T in
   * turn would leave alpha divided by the product of all temperatures, which no softmax(alpha / T)
   * corresponds to: a decay from 10 erases alpha within a few epochs. Hence the ratio T(epoch - 1)
   * / T(epoch), with T = 1 before the first epoch: at any time the factors multiply to 1 / T, so
   * that an alpha which receives no gradient gives softmax(alpha / T) as in mode {@code softmax}.
   * The modes differ in the gradient: here it is taken with respect to the rescaled alpha, without
   * the factor 1 / T, and each step of the optimizer keeps its full size after a change of T. The
   * optimizer's state is not rescaled: Adam's step hardly depends on the gradient's scale.
   */
  public double rescaling(int epoch, int epochs) {
    if (mode == Mode.SOFTMAX) {
      return 1;
    }
    double before = epoch == 0 ? 1 : at(epoch - 1, epochs);
    return before / at(epoch, epochs);
  }
}
