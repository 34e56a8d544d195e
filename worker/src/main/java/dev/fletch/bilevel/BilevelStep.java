package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientSource;
import dev.fletch.nn.MixingFunction;
import dev.fletch.optimizer.WeightStep;

/**
 * One search step: alpha on a minibatch of {@link Portion#ALPHA}, then w on a minibatch of {@link
 * Portion#WEIGHTS} with the new alpha (Liu et al., 2019, algorithm 1).
 *
 * <p>The order is part of the method: DARTS steps alpha first, GDAS w ({@link Order}). A mistake to
 * avoid: adding alpha to the vector that w's optimizer sees, where clipping and weight decay of w
 * would act on it.
 */
public final class BilevelStep implements StepProcedure {
  private final GradientSource source;
  private final AlphaGradient alphaGradient;
  private final WeightStep weightStep;
  private final Order order;
  private final MixingPerturbation perturbation;

  /** Which of both is stepped first. */
  public enum Order {
    ALPHA_FIRST,
    WEIGHTS_FIRST
  }

  /**
   * As DARTS does: alpha first, and w sees the mixing weights as they are.
   *
   * @param gradientClip global L2 norm at which the gradient of w is clipped; 0 switches clipping
   *     off. Alpha's is not clipped here.
   */
  public BilevelStep(GradientSource source, AlphaGradient alphaGradient, double gradientClip) {
    this(source, alphaGradient, gradientClip, Order.ALPHA_FIRST, MixingPerturbation.NONE);
  }

  /**
   * @param perturbation of the mixing weights that the w step sees
   */
  public BilevelStep(
      GradientSource source,
      AlphaGradient alphaGradient,
      double gradientClip,
      Order order,
      MixingPerturbation perturbation) {
    this.source = source;
    this.alphaGradient = alphaGradient;
    this.weightStep = new WeightStep(source, Portion.WEIGHTS, gradientClip);
    this.order = order;
    this.perturbation = perturbation;
  }

  @Override
  public Result take(SearchState state, MixingFunction relaxation, StepId at, Rates rates) {
    if (order == Order.WEIGHTS_FIRST) {
      WeightStep.Result weights = stepWeights(state, relaxation, at, rates);
      AlphaGradient.Result alpha = stepAlpha(state, relaxation, at, rates);
      return result(weights, alpha);
    }
    AlphaGradient.Result alpha = stepAlpha(state, relaxation, at, rates);
    return result(stepWeights(state, relaxation, at, rates), alpha);
  }

  private AlphaGradient.Result stepAlpha(
      SearchState state, MixingFunction relaxation, StepId at, Rates rates) {
    AlphaGradient.Result alpha = alphaGradient.take(source, state, relaxation, at, rates.weights());
    AlphaStep.take(state, alpha.alpha(), at, rates.alpha());
    return alpha;
  }

  private WeightStep.Result stepWeights(
      SearchState state, MixingFunction relaxation, StepId at, Rates rates) {
    float[] mixing = relaxation.forWeights().mixing(state.alpha());
    float[] seen = perturbation.perturb(source, state.training(), mixing, at);
    return weightStep.take(state.training(), seen, at, rates.weights());
  }

  private static Result result(WeightStep.Result weights, AlphaGradient.Result alpha) {
    return new Result(weights.score(), weights.gradientNorm(), alpha.validation(), alpha.alpha());
  }
}
