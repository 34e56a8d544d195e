package dev.fletch.bilevel;

import dev.fletch.data.StepId;

/** The loss is no longer a number: training cannot go on. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DivergedException(StepId at, int replica, double loss) {
    super(
        "Training diverged at epoch "
            + at.epoch()
            + ", step "
            + at.step()
            + ", replica "
            + replica
            + ": loss is "
            + loss
            + "; lower the learning rate or the gradient clip");
  }
}
