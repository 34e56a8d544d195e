package dev.fletch.gradient;

import java.io.Serializable;

/**
 * An epoch of a training: steps, and what is measured after them. It asks a source for gradients
 * many times in a row and is a function of its start and of what it was made with, so that it
 * yields the same bits wherever it is carried out, see {@link GradientSource#carryOut}.
 *
 * @param <R> what it measured
 */
public interface EpochWork<R extends Serializable> extends Serializable {
  /**
   * What an epoch leads to.
   *
   * @param state after the epoch
   */
  record Done<R extends Serializable>(StateVectors state, R result) {}

  /**
   * @param start taken over: its vectors may be changed
   * @throws DivergedException if a loss or a gradient is not finite
   */
  Done<R> carryOut(StateVectors start, GradientSource source, StepFollower follower);
}
