package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;
import dev.fletch.optimizer.GradientClip;
import java.util.List;

/**
 * What alpha minimises besides the cross-entropy, and how its gradient is bounded.
 *
 * @param penalties added to the loss
 * @param clip global L2 norm at which the whole gradient of alpha is clipped; 0 switches that off
 */
public record AlphaObjective(List<AlphaPenalty> penalties, double clip) {
  /** The cross-entropy alone, as in DARTS. */
  public static final AlphaObjective CROSS_ENTROPY = new AlphaObjective(List.of(), 0);

  public AlphaObjective {
    penalties = List.copyOf(penalties);
    new GradientClip(clip);
  }

  /** The cross-entropy plus {@code penalty}. */
  public static AlphaObjective with(AlphaPenalty penalty) {
    return new AlphaObjective(List.of(penalty), 0);
  }

  /** This with the gradient clipped at {@code maximum}. */
  public AlphaObjective clippedAt(double maximum) {
    return new AlphaObjective(penalties, maximum);
  }

  /**
   * Makes the gradient of the objective of the gradient of the loss, in place.
   *
   * @param relaxation of this step
   */
  void complete(float[] gradient, float[] alpha, MixingFunction relaxation, StepId at) {
    for (AlphaPenalty penalty : penalties) {
      penalty.addGradient(gradient, alpha, relaxation, at);
    }
    new GradientClip(clip).apply(gradient);
  }
}
