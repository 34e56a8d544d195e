package dev.fletch.gradient;

import dev.fletch.data.StepId;

/** A loss or a gradient is no longer a finite number: training cannot go on. */
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

  /**
   * Of many trainings at once.
   *
   * @param message one sentence
   */
  public DivergedException(String message) {
    super(message);
  }

  /**
   * @param what the vector whose norm is no longer finite, for example {@code the gradient of w}
   */
  public DivergedException(StepId at, String what, double norm) {
    super(
        "Training diverged at epoch "
            + at.epoch()
            + ", step "
            + at.step()
            + ": the norm of "
            + what
            + " is "
            + norm
            + "; lower the learning rate or the gradient clip");
  }
}
