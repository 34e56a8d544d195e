package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;
import dev.fletch.settings.Checks;

/**
 * {@code weight * sum |alpha|}: DARTS + L1. It pulls every alpha to 0 by the same amount per step,
 * however small it is; at 0 it pulls nowhere.
 *
 * @param weight lambda, above 0
 */
public record L1Penalty(double weight) implements AlphaPenalty {
  public L1Penalty {
    new Checks().positive("weight", weight).orThrow();
  }

  @Override
  public double value(float[] alpha, MixingFunction relaxation, StepId at) {
    double sum = 0;
    for (float value : alpha) {
      sum += Math.abs(value);
    }
    return weight * sum;
  }

  @Override
  public void addGradient(float[] gradient, float[] alpha, MixingFunction relaxation, StepId at) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += (float) (weight * Math.signum(alpha[i]));
    }
  }
}
