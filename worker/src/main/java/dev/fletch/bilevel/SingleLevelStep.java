package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.GradientClip;
import dev.fletch.optimizer.TrainingState;
import java.util.List;

/**
 * w and alpha from the gradients of one loss on one minibatch of {@link Portion#WEIGHTS} (SNAS: Xie
 * et al., 2019, arXiv:1812.09926, section 2.3): one exchange.
 */
public final class SingleLevelStep implements StepProcedure {
  private final GradientSource source;
  private final AlphaObjective objective;
  private final GradientClip clip;

  /**
   * @param objective what alpha minimises besides the loss
   * @param gradientClip global L2 norm at which the gradient of w is clipped; 0 switches that off
   */
  public SingleLevelStep(GradientSource source, AlphaObjective objective, double gradientClip) {
    this.source = source;
    this.objective = objective;
    this.clip = new GradientClip(gradientClip);
  }

  @Override
  public Result take(SearchState state, MixingFunction relaxation, StepId at, Rates rates) {
    TrainingState training = state.training();
    GradientRequest request = training.request(Portion.WEIGHTS, at, Wanted.BOTH);
    float[] mixing = relaxation.mixing(state.alpha());
    try (Gradients both = source.gradients(request, List.of(training.weights()), mixing).get(0)) {
      double norm = clip.apply(both.weights());
      if (!Double.isFinite(norm)) {
        throw new DivergedException(at, "the gradient of w", norm);
      }
      float[] alpha = relaxation.alphaGradient(state.alpha(), both.mixing());
      objective.complete(alpha, state.alpha(), relaxation, at);
      AlphaStep.take(state, alpha, at, rates.alpha());
      training.updateStatistics(both);
      training.carried().follow(Portion.WEIGHTS, both.carried());
      training.step(both.weights(), rates.weights() * source.rateFactor(Portion.WEIGHTS, at));
      return new Result(both.score(), norm, new Score(Double.NaN, Double.NaN, 0), alpha);
    }
  }
}
