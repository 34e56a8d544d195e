package dev.fletch.gradient;

import java.io.Serializable;

/** Is told how far the steps of an epoch are. */
@FunctionalInterface
public interface StepFollower {
  /**
   * Where steps are taken elsewhere, not after each of them, but after the last.
   *
   * @param progress of the epoch so far
   */
  void stepDone(Progress progress);

  /**
   * How far the steps of an epoch are.
   *
   * @param step taken last, from 0
   * @param steps of the epoch
   * @param loss mean training loss of the epoch so far
   * @param examplesPerSecond that trained w, over the epoch so far
   */
  record Progress(int step, int steps, double loss, double examplesPerSecond)
      implements Serializable {}
}
