package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientSource;
import dev.fletch.optimizer.TrainingState;

/**
 * SDARTS-RS: uniform noise on the mixing weights, another draw in every step, the same for all
 * replicas.
 */
public record RandomPerturbation(PerturbationBox box) implements MixingPerturbation {
  @Override
  public float[] perturb(GradientSource source, TrainingState training, float[] mixing, StepId at) {
    return box.draw(mixing, at);
  }
}
