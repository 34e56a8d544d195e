package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientSource;
import dev.fletch.optimizer.TrainingState;

/**
 * How the mixing weights that a w step sees differ from those of alpha (SDARTS: Chen and Hsieh,
 * 2020, arXiv:2002.05283; xiangning-chen/SmoothDARTS, {@code attacker/perturb.py}).
 */
public sealed interface MixingPerturbation
    permits MixingPerturbation.None, RandomPerturbation, AdversarialPerturbation {
  /** w sees the mixing weights as they are. */
  MixingPerturbation NONE = new None();

  /**
   * The perturbed mixing weights; {@code mixing} itself where nothing is perturbed. Changes
   * nothing.
   *
   * @param mixing of alpha
   * @param at the step, whose w minibatch an adversary sees
   */
  float[] perturb(GradientSource source, TrainingState training, float[] mixing, StepId at);

  /** No perturbation. */
  record None() implements MixingPerturbation {
    @Override
    public float[] perturb(
        GradientSource source, TrainingState training, float[] mixing, StepId at) {
      return mixing;
    }
  }
}
