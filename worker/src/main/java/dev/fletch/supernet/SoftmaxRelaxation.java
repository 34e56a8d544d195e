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
    checkLength("alpha", alpha);
    float[] mixing = new float[alpha.length];
    for (int row = 0; row < alpha.length; row += operations) {
      double[] p = softmax(alpha, row);
      for (int k = 0; k < operations; k++) {
        mixing[row + k] = (float) p[k];
      }
    }
    return mixing;
  }

  /** dL/dalpha_k = p_k * (dL/dp_k - sum over j of p_j * dL/dp_j) / T. */
  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    checkLength("alpha", alpha);
    if (mixingGradient.length != alpha.length) {
      throw new IllegalArgumentException(
          "Cannot relax: alpha has "
              + alpha.length
              + " values, the gradient of the mixing weights "
              + mixingGradient.length);
    }
    float[] gradient = new float[alpha.length];
    for (int row = 0; row < alpha.length; row += operations) {
      double[] p = softmax(alpha, row);
      double mean = 0;
      for (int k = 0; k < operations; k++) {
        mean += p[k] * mixingGradient[row + k];
      }
      for (int k = 0; k < operations; k++) {
        gradient[row + k] = (float) (p[k] * (mixingGradient[row + k] - mean) / temperature);
      }
    }
    return gradient;
  }

  private double[] softmax(float[] alpha, int row) {
    // Subtracting the largest keeps exp in range at any temperature.
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < operations; k++) {
      largest = Math.max(largest, alpha[row + k]);
    }
    double[] p = new double[operations];
    double sum = 0;
    for (int k = 0; k < operations; k++) {
      p[k] = Math.exp((alpha[row + k] - largest) / temperature);
      sum += p[k];
    }
    for (int k = 0; k < operations; k++) {
      p[k] /= sum;
    }
    return p;
  }

  private void checkLength(String what, float[] values) {
    if (values.length % operations != 0) {
      throw new IllegalArgumentException(
          "Cannot relax: "
              + what
              + " has "
              + values.length
              + " values, which is no multiple of the "
              + operations
              + " operations of an edge");
    }
  }
}
