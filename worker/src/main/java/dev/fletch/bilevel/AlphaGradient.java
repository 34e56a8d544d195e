package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Score;
import dev.fletch.nn.MixingFunction;

/**
 * How the gradient of the validation loss with respect to alpha is taken (Liu et al., 2019, section
 * 2.3). It carries no weight decay: alpha's optimizer adds that.
 */
public sealed interface AlphaGradient
    permits FirstOrderAlphaGradient, UnrolledAlphaGradient, ObjectiveAlphaGradient {
  /**
   * The gradient of one step.
   *
   * @param alpha dL/dalpha, belongs to the caller
   * @param validation score of the alpha minibatch; second order: at the unrolled weights
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
  record Result(float[] alpha, Score validation) {}

  /**
   * Mutates only the running statistics of {@code state}, once per training-mode forward at or
   * beside its weights, and what the network remembers of {@link dev.fletch.data.Portion#ALPHA}.
   *
   * @param rate learning rate of w in this epoch; times the step's {@link
   *     GradientSource#rateFactor} it is the eta of the unrolled step
   * @throws DivergedException if a loss is not finite
   */
  Result take(
      GradientSource source, SearchState state, MixingFunction relaxation, StepId at, double rate);

  /** This with what alpha minimises besides the loss. */
  default AlphaGradient with(AlphaObjective objective) {
    return objective.equals(AlphaObjective.CROSS_ENTROPY)
        ? this
        : new ObjectiveAlphaGradient(this, objective);
  }

  /**
   * The gradient of {@code order} 1 or 2, unrolled as for convolutional networks.
   *
   * @throws IllegalArgumentException for any other order
   */
  static AlphaGradient ofOrder(int order) {
    return ofOrder(order, UnrolledSettings.PLAIN, 0);
  }

  /**
   * The gradient of {@code order} 1 or 2.
   *
   * @param unrolled how the second order is taken
   * @param gradientClip of the search: global L2 norm at which the gradient of w is clipped; 0 for
   *     none
   * @throws IllegalArgumentException for any other order
   */
  static AlphaGradient ofOrder(int order, UnrolledSettings unrolled, double gradientClip) {
    return switch (order) {
      case 1 -> new FirstOrderAlphaGradient();
      case 2 -> new UnrolledAlphaGradient(unrolled, gradientClip);
      default ->
          throw new IllegalArgumentException("order must be 1 (first) or 2 (second), got " + order);
    };
  }
}
