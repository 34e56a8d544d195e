package dev.fletch.data;

import java.io.Serializable;

/**
 * A step of training: all count from 0, and step restarts in every epoch.
 *
 * @param attempt at the epoch: above 0 where training diverged in it and begins it anew, with other
 *     random numbers
 */
public record StepId(int epoch, int step, int attempt) implements Serializable {
  /** More than any training has. */
  private static final int EPOCHS_APART = 1_000_000;

  /** Of the first attempt. */
  public StepId(int epoch, int step) {
    this(epoch, step, 0);
  }

  /** The step after it. */
  public StepId next() {
    return new StepId(epoch, step + 1, attempt);
  }

  /**
   * What stands for the epoch wherever something random is a function of it: the epoch itself in
   * the first attempt, a number of its own in every other.
   */
  public int draw() {
    return epoch + attempt * EPOCHS_APART;
  }
}
