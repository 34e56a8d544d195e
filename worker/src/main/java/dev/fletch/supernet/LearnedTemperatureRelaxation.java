package dev.fletch.supernet;

import dev.fletch.settings.Checks;
import java.util.Arrays;

/**
 * softmax(alpha / T) whose T is trained with alpha: the vector ends with t = ln T, one for all
 * edges, so that T stays positive whatever step is taken. dL/dt = - sum of alpha_k * dL/dalpha_k,
 * since T and alpha enter as alpha / T alone.
 *
 * @param operations candidate operations per edge: the row length
 */
public record LearnedTemperatureRelaxation(int operations) implements Relaxation {
  /** Values after the alphas of the operations. */
  public static final int EXTRA = 1;

  public LearnedTemperatureRelaxation {
    new Checks().atLeast("operations", operations, 1).orThrow();
  }

  /** T of a vector that this relaxation takes. */
  public static double temperature(float[] alpha) {
    return Math.exp(alpha[alpha.length - 1]);
  }

  @Override
  public float[] mixing(float[] alpha) {
    return softmax(alpha).mixing(rows(alpha));
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    float[] rows = rows(alpha);
    float[] ofRows = softmax(alpha).alphaGradient(rows, mixingGradient);
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += (double) rows[i] * ofRows[i];
    }
    float[] gradient = Arrays.copyOf(ofRows, alpha.length);
    gradient[rows.length] = (float) -sum;
    return gradient;
  }

  private SoftmaxRelaxation softmax(float[] alpha) {
    return new SoftmaxRelaxation(operations, temperature(alpha));
  }

  private static float[] rows(float[] alpha) {
    return Arrays.copyOf(alpha, alpha.length - EXTRA);
  }
}
