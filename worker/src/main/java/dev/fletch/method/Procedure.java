package dev.fletch.method;

import dev.fletch.bilevel.AlphaGradient;
import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.bilevel.BilevelStep;
import dev.fletch.bilevel.MixingPerturbation;
import dev.fletch.bilevel.SingleLevelStep;
import dev.fletch.bilevel.StepProcedure;
import dev.fletch.bilevel.WarmUpStep;
import dev.fletch.bilevel.WeightsOnlyStep;
import dev.fletch.gradient.GradientSource;

/** Makes the step procedure of a method. */
@FunctionalInterface
public interface Procedure {
  /**
   * @param loss gradient of the loss with respect to alpha, for procedures that have a portion for
   *     it
   * @param gradientClip of w; 0 for none
   */
  StepProcedure on(
      GradientSource source, AlphaGradient loss, AlphaObjective objective, double gradientClip);

  /** Alpha, then w: DARTS. */
  static Procedure bilevel() {
    return perturbed(MixingPerturbation.NONE);
  }

  /** Alpha, then w at perturbed mixing weights. */
  static Procedure perturbed(MixingPerturbation perturbation) {
    return bilevel(BilevelStep.Order.ALPHA_FIRST, perturbation);
  }

  /** w, then alpha. */
  static Procedure weightsFirst() {
    return bilevel(BilevelStep.Order.WEIGHTS_FIRST, MixingPerturbation.NONE);
  }

  private static Procedure bilevel(BilevelStep.Order first, MixingPerturbation perturbation) {
    return (source, loss, objective, clip) ->
        new BilevelStep(source, loss.with(objective), clip, first, perturbation);
  }

  /** w and alpha on the same minibatch. */
  static Procedure singleLevel() {
    return (source, loss, objective, clip) -> new SingleLevelStep(source, objective, clip);
  }

  /** w alone. */
  static Procedure weightsOnly() {
    return (source, loss, objective, clip) -> new WeightsOnlyStep(source, clip);
  }

  /** This from {@code firstEpoch} on, w alone before. */
  default Procedure from(int firstEpoch) {
    return (source, loss, objective, clip) ->
        new WarmUpStep(
            new WeightsOnlyStep(source, clip), on(source, loss, objective, clip), firstEpoch);
  }
}
