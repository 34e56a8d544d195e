package dev.fletch.optimizer;

import dev.fletch.settings.Checks;

/** SGD with heavy-ball momentum: v = momentum * v + g; w = w - rate * v. */
public record SgdSettings(double momentum, double weightDecay) implements OptimizerSettings {
  public SgdSettings {
    new Checks()
        .below("momentum", momentum, 0, 1)
        .atLeast("weight-decay", weightDecay, 0)
        .orThrow();
  }

  @Override
  public int statePerParameter() {
    return 1;
  }

  @Override
  public Optimizer optimizer(int parameters) {
    return new Sgd(this, parameters);
  }
}
