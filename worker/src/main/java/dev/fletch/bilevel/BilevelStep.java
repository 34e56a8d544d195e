package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;

/**
 * One search step: alpha on a minibatch of {@link Portion#ALPHA}, then w on a minibatch of {@link
 * Portion#WEIGHTS} with the new alpha (Liu et al., 2019, algorithm 1).
 *
 * <p>The order is part of the method. Two mistakes to avoid: stepping w first, and adding alpha to
 * the vector that w's optimizer sees, where clipping and weight decay of w would act on it.
 */
public final class BilevelStep {
  private final GradientSource source;
  private final AlphaGradient alphaGradient;
  private final WeightStep weightStep;

  /**
   * @param gradientClip global L2 norm at which the gradient of w is clipped; 0 switches clipping
   *     off. Alpha's is never clipped.
   */
  public BilevelStep(GradientSource source, AlphaGradient alphaGradient, double gradientClip) {
    this.source = source;
    this.alphaGradient = alphaGradient;
    this.weightStep = new WeightStep(source, Portion.WEIGHTS, gradientClip);
  }

  /** Learning rates of one epoch. */
  public record Rates(double weights, double alpha) {}

  /**
   * What one step measured.
   *
   * @param train score of the w minibatch, after the alpha step and before the w step
   * @param gradientNorm global L2 norm of the gradient of w before clipping
   * @param validation score of the alpha minibatch, before both steps
   * @param alphaGradient the gradient handed to alpha's optimizer, without weight decay
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
  public record Result(Score train, double gradientNorm, Score validation, float[] alphaGradient) {}

  /**
   * Mutates {@code state}: alpha, w, both optimizers and the running statistics.
   *
   * @param relaxation of this epoch
   * @throws DivergedException if a loss or a gradient is not finite
   */
  public Result take(SearchState state, MixingFunction relaxation, StepId at, Rates rates) {
    AlphaGradient.Result alpha = alphaGradient.take(source, state, relaxation, at, rates.weights());
    double alphaNorm = Vectors.norm(alpha.alpha());
    if (!Double.isFinite(alphaNorm)) {
      throw new DivergedException(at, "the gradient of alpha", alphaNorm);
    }
    state.alphaOptimizer().step(state.alpha(), alpha.alpha(), rates.alpha());

    float[] mixing = relaxation.mixing(state.alpha());
    WeightStep.Result weights = weightStep.take(state.training(), mixing, at, rates.weights());
    return new Result(weights.score(), weights.gradientNorm(), alpha.validation(), alpha.alpha());
  }
}
