package dev.fletch.optimizer;

import java.io.Serializable;
import java.util.List;

/** Which optimizer updates a flat parameter vector. */
public sealed interface OptimizerSettings extends Serializable
    permits SgdSettings, AveragedSgdSettings, AdamSettings, Nd4jUpdaterSettings {
  /**
   * L2 coefficient added to the gradient: g + weightDecay * parameter (coupled, as in the DARTS
   * code).
   */
  double weightDecay();

  /** Number of floats of state per parameter. */
  int statePerParameter();

  /**
   * Whether a training evaluates averages of its weights from some epoch on; it then needs a
   * validation loss after every epoch.
   */
  default boolean averages() {
    return false;
  }

  /**
   * Whether weights are averaged from the next epoch on.
   *
   * @param validationLosses of all epochs so far
   */
  default boolean beginsAveraging(List<Double> validationLosses) {
    return false;
  }

  /** A fresh optimizer for a vector of {@code parameters} values. */
  Optimizer optimizer(int parameters);
}
