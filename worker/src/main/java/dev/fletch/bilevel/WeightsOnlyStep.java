package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Score;
import dev.fletch.nn.MixingFunction;
import dev.fletch.optimizer.WeightStep;

/**
 * A step of w alone, alpha standing still: while alpha warms up, and in random searches, whose
 * mixing weights are drawn and not learned.
 */
public final class WeightsOnlyStep implements StepProcedure {
  private final WeightStep weightStep;

  /**
   * @param gradientClip global L2 norm at which the gradient of w is clipped; 0 switches that off
   */
  public WeightsOnlyStep(GradientSource source, double gradientClip) {
    this.weightStep = new WeightStep(source, Portion.WEIGHTS, gradientClip);
  }

  @Override
  public Result take(SearchState state, MixingFunction relaxation, StepId at, Rates rates) {
    float[] mixing = relaxation.forWeights().mixing(state.alpha());
    WeightStep.Result weights = weightStep.take(state.training(), mixing, at, rates.weights());
    return new Result(
        weights.score(),
        weights.gradientNorm(),
        new Score(Double.NaN, Double.NaN, 0),
        new float[0]);
  }

  @Override
  public boolean stepsAlpha(int epoch) {
    return false;
  }
}
