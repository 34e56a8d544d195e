package dev.fletch.optimizer;

import dev.fletch.settings.Checks;

/** Adam (Kingma and Ba, 2015) with L2 in the gradient. */
public record AdamSettings(double beta1, double beta2, double epsilon, double weightDecay)
    implements OptimizerSettings {
  public AdamSettings {
    new Checks()
        .below("beta1", beta1, 0, 1)
        .below("beta2", beta2, 0, 1)
        .positive("epsilon", epsilon)
        .atLeast("weight-decay", weightDecay, 0)
        .orThrow();
  }

  @Override
  public int statePerParameter() {
    return 2;
  }

  @Override
  public Optimizer optimizer(int parameters) {
    return new Adam(this, parameters);
  }
}
