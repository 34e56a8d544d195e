package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Score;
import dev.fletch.nn.MixingFunction;

/**
 * What happens in one step of a search, and in which order: the part of a method that says which
 * minibatches train alpha and which train w.
 */
public sealed interface StepProcedure
    permits BilevelStep, SingleLevelStep, WeightsOnlyStep, WarmUpStep {
  /**
   * Learning rates of one epoch; that of w may differ in a step, {@link GradientSource#rateFactor}.
   */
  record Rates(double weights, double alpha) {}

  /**
   * What one step measured.
   *
   * @param train score of the w minibatch, before the w step
   * @param gradientNorm global L2 norm of the gradient of w before clipping
   * @param validation score of the alpha minibatch, before both steps; of no examples where the
   *     step has none
   * @param alphaGradient the gradient handed to alpha's optimizer, without weight decay; length 0
   *     where alpha took no step
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
  record Result(Score train, double gradientNorm, Score validation, float[] alphaGradient) {}

  /**
   * Mutates {@code state}: w, its optimizer, the running statistics and what the network remembers
   * of the portion of w; where the procedure trains alpha, alpha, its optimizer and, if it has a
   * portion of its own, what the network remembers of that.
   *
   * @param relaxation of this step
   * @throws DivergedException if a loss or a gradient is not finite
   */
  Result take(SearchState state, MixingFunction relaxation, StepId at, Rates rates);

  /** Whether alpha is trained in {@code epoch} of the search. */
  default boolean stepsAlpha(int epoch) {
    return true;
  }
}
