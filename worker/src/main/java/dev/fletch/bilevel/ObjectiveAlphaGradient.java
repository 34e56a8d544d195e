package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientSource;
import dev.fletch.nn.MixingFunction;

/**
 * The gradient of a whole {@link AlphaObjective}, given that of the validation loss.
 *
 * @param loss the gradient without penalties
 */
record ObjectiveAlphaGradient(AlphaGradient loss, AlphaObjective objective)
    implements AlphaGradient {
  @Override
  public Result take(
      GradientSource source, SearchState state, MixingFunction relaxation, StepId at, double rate) {
    Result result = loss.take(source, state, relaxation, at, rate);
    objective.complete(result.alpha(), state.alpha(), relaxation, at);
    return result;
  }
}
