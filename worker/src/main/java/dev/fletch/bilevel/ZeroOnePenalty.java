package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;
import dev.fletch.settings.Checks;

/**
 * The zero-one loss of Fair DARTS (Chu et al., 2020, arXiv:1911.12126, equation 5): {@code -weight
 * * mean (sigmoid(alpha) - 0.5)^2}. It pushes every mixing weight away from 0.5, to 0 or to 1.
 *
 * @param weight above 0
 */
public record ZeroOnePenalty(double weight) implements AlphaPenalty {
  public ZeroOnePenalty {
    new Checks().positive("weight", weight).orThrow();
  }

  @Override
  public double value(float[] alpha, MixingFunction relaxation, StepId at) {
    double sum = 0;
    for (float value : alpha) {
      double distance = sigmoid(value) - 0.5;
      sum += distance * distance;
    }
    return -weight * sum / alpha.length;
  }

  @Override
  public void addGradient(float[] gradient, float[] alpha, MixingFunction relaxation, StepId at) {
    for (int i = 0; i < gradient.length; i++) {
      double p = sigmoid(alpha[i]);
      gradient[i] += (float) (-2 * weight * (p - 0.5) * p * (1 - p) / alpha.length);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
