package dev.fletch.optimizer;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.ScoreSum;
import dev.fletch.nn.Wanted;
import java.util.List;

/**
 * One step of training w: gradient of the mean loss on the step's minibatch, clipped, then one
 * optimizer step. Shared by search (after the alpha step) and retraining (alone).
 */
public final class WeightStep {
  private static final float[] NO_MIXING = {};

  private final GradientSource source;
  private final Portion portion;
  private final GradientClip clip;

  /**
   * @param portion whose examples train w
   * @param gradientClip global L2 norm at which the gradient is clipped; 0 switches clipping off
   */
  public WeightStep(GradientSource source, Portion portion, double gradientClip) {
    this.source = source;
    this.portion = portion;
    this.clip = new GradientClip(gradientClip);
  }

  /**
   * What one step measured.
   *
   * @param score of the minibatch, before the step
   * @param gradientNorm global L2 norm before clipping
   */
  public record Result(Score score, double gradientNorm) {}

  /**
   * Mutates {@code state}: weights, momentum, running statistics, what the network remembers of the
   * portion, and the average of the weights where there is one.
   *
   * @param mixing mixing weights of a supernet; length 0 for a candidate network
   * @param rate learning rate of w in this epoch; a step whose window is longer or shorter than
   *     usual has another ({@link GradientSource#rateFactor})
   * @throws DivergedException if the loss or the gradient is not finite; the weights are then as
   *     before
   */
  public Result take(TrainingState state, float[] mixing, StepId at, double rate) {
    GradientRequest request = state.request(portion, at, Wanted.WEIGHTS);
    try (Gradients gradients = source.gradients(request, List.of(state.weights()), mixing).get(0)) {
      double norm = clip.apply(gradients.weights());
      if (!Double.isFinite(norm)) {
        throw new DivergedException(at, "the gradient of w", norm);
      }
      state.updateStatistics(gradients);
      state.carried().follow(portion, gradients.carried());
      state.step(gradients.weights(), rate * source.rateFactor(portion, at));
      return new Result(gradients.score(), norm);
    }
  }

  /**
   * All steps of an epoch of a candidate network, which has no mixing weights. Mutates {@code
   * state} as each step does.
   *
   * @param rate learning rate of the whole epoch
   * @param before carried out before each step; what it throws ends the epoch there
   * @return the mean score of the minibatches, each from before its step
   * @throws DivergedException as {@link #take}
   */
  public Score epoch(TrainingState state, int epoch, double rate, Runnable before) {
    return epoch(state, new StepId(epoch, 0), rate, before);
  }

  /**
   * The same from its first step on, which may be that of another attempt.
   *
   * @param first step of the epoch
   */
  public Score epoch(TrainingState state, StepId first, double rate, Runnable before) {
    ScoreSum scores = new ScoreSum();
    int steps = source.steps(portion, first.draw());
    for (StepId at = first; at.step() < steps; at = at.next()) {
      before.run();
      scores.add(take(state, NO_MIXING, at, rate).score());
    }
    return scores.mean();
  }
}
