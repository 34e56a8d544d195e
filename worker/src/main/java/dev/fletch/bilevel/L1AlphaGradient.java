package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;
import dev.fletch.settings.Checks;

/**
 * The gradient of the validation loss plus {@code weight * sum |alpha|}: DARTS + L1. The penalty
 * pulls every alpha to 0 by the same amount per step, however small it is; at 0 it pulls nowhere.
 *
 * @param loss the gradient without the penalty
 * @param weight lambda, above 0
 */
public record L1AlphaGradient(AlphaGradient loss, double weight) implements AlphaGradient {
  public L1AlphaGradient {
    new Checks().positive("weight", weight).orThrow();
  }

  @Override
  public Result take(
      GradientSource source, SearchState state, MixingFunction relaxation, StepId at, double rate) {
    Result result = loss.take(source, state, relaxation, at, rate);
    float[] gradient = result.alpha();
    float[] alpha = state.alpha();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += (float) (weight * Math.signum(alpha[i]));
    }
    return result;
  }
}
