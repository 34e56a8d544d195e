package dev.fletch.supernet;

import dev.fletch.settings.Checks;

/**
 * p = softmax(alpha / T) over the operations of each edge (Liu et al., 2019, equation 2; with T !=
 * 1 temperature decay, Shin, Park and Kang, Appl. Sci. 2023, 13(18), 10138). Computed in double.
 *
 * @param operations candidate operations per edge: the row length
 */
public record SoftmaxRelaxation(int operations, double temperature) implements Relaxation {
  public SoftmaxRelaxation {
    new Checks()
        .atLeast("operations", operations, 1)
        .positive("temperature", temperature)
        .orThrow();
  }

  @Override
  public float[] mixing(float[] alpha) {
    SoftmaxRows.checkRows("alpha", alpha, operations);
    SoftmaxRows rows = new SoftmaxRows(operations, temperature);
    float[] mixing = new float[alpha.length];
    for (int row = 0; row < alpha.length; row += operations) {
      double[] p = rows.row(alpha, row);
      for (int k = 0; k < operations; k++) {
        mixing[row + k] = (float) p[k];
      }
    }
    return mixing;
  }

  /** dL/dalpha_k = p_k * (dL/dp_k - sum over j of p_j * dL/dp_j) / T. */
  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkRows("alpha", alpha, operations);
    SoftmaxRows.checkGradient("alpha", alpha.length, mixingGradient);
    SoftmaxRows rows = new SoftmaxRows(operations, temperature);
    float[] gradient = new float[alpha.length];
    for (int row = 0; row < alpha.length; row += operations) {
      double[] dp = SoftmaxRows.row(mixingGradient, row, operations);
      double[] dx = rows.backward(rows.row(alpha, row), dp);
      for (int k = 0; k < operations; k++) {
        gradient[row + k] = (float) dx[k];
      }
    }
    return gradient;
  }
}
