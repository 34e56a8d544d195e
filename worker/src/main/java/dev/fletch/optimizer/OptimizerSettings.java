package dev.fletch.optimizer;

import java.io.Serializable;

/** Which optimizer updates a flat parameter vector. */
public sealed interface OptimizerSettings extends Serializable
    permits SgdSettings, AdamSettings, Nd4jUpdaterSettings {
  /**
   * L2 coefficient added to the gradient: g + weightDecay * parameter (coupled, as in the DARTS
   * code).
   */
  double weightDecay();

  /** Number of floats of state per parameter. */
  int statePerParameter();

  /** A fresh optimizer for a vector of {@code parameters} values. */
  Optimizer optimizer(int parameters);
}
