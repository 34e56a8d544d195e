package dev.fletch.nn;

/**
 * 1x1 convolution and batch norm as the formula reads, two passes over all values in double
 * precision: z = W x, y = gamma (z - mean(z)) / sqrt(var(z) + eps) + beta.
 */
final class PlainNorm {
  private final double[][] x;
  private final double[][] w;
  private final double[] gamma;
  private final double[][] normalised;
  private final double[] means;
  private final double[] variances;

  /**
   * @param x {@code [K, P]}
   * @param w {@code [C, K]}
   * @param gamma {@code [C]}
   */
  PlainNorm(double[][] x, double[][] w, double[] gamma) {
    this.x = x;
    this.w = w;
    this.gamma = gamma;
    int columns = x[0].length;
    this.normalised = new double[w.length][columns];
    this.means = new double[w.length];
    this.variances = new double[w.length];
    for (int c = 0; c < w.length; c++) {
      for (int p = 0; p < columns; p++) {
        for (int k = 0; k < x.length; k++) {
          normalised[c][p] += w[c][k] * x[k][p];
        }
        means[c] += normalised[c][p] / columns;
      }
      for (int p = 0; p < columns; p++) {
        variances[c] += Math.pow(normalised[c][p] - means[c], 2) / columns;
      }
      for (int p = 0; p < columns; p++) {
        normalised[c][p] = (normalised[c][p] - means[c]) * scale(c);
      }
    }
  }

  private double scale(int c) {
    return 1 / Math.sqrt(variances[c] + 1e-5);
  }

  double output(int c, int p) {
    return gamma[c] * normalised[c][p];
  }

  double mean(int c) {
    return means[c];
  }

  double unbiasedVariance(int c) {
    int columns = x[0].length;
    return variances[c] * columns / (columns - 1);
  }

  /**
   * dL/dz by the chain rule through mean and variance.
   *
   * @param g dL/dy {@code [C, P]}
   */
  private double[][] preactivationGradient(double[][] g) {
    int columns = x[0].length;
    double[][] dz = new double[w.length][columns];
    for (int c = 0; c < w.length; c++) {
      double mean = 0;
      double along = 0;
      for (int p = 0; p < columns; p++) {
        mean += g[c][p] / columns;
        along += g[c][p] * normalised[c][p] / columns;
      }
      for (int p = 0; p < columns; p++) {
        dz[c][p] = gamma[c] * scale(c) * (g[c][p] - mean - along * normalised[c][p]);
      }
    }
    return dz;
  }

  /** dL/dW {@code [C, K]}. */
  double[][] weightGradient(double[][] g) {
    double[][] dz = preactivationGradient(g);
    double[][] dw = new double[w.length][x.length];
    for (int c = 0; c < w.length; c++) {
      for (int k = 0; k < x.length; k++) {
        for (int p = 0; p < x[0].length; p++) {
          dw[c][k] += dz[c][p] * x[k][p];
        }
      }
    }
    return dw;
  }

  /** dL/dx {@code [K, P]}. */
  double[][] inputGradient(double[][] g) {
    double[][] dz = preactivationGradient(g);
    double[][] dx = new double[x.length][x[0].length];
    for (int k = 0; k < x.length; k++) {
      for (int p = 0; p < x[0].length; p++) {
        for (int c = 0; c < w.length; c++) {
          dx[k][p] += w[c][k] * dz[c][p];
        }
      }
    }
    return dx;
  }

  /** dL/dgamma {@code [C]}. */
  double[] gammaGradient(double[][] g) {
    double[] dgamma = new double[w.length];
    for (int c = 0; c < w.length; c++) {
      for (int p = 0; p < x[0].length; p++) {
        dgamma[c] += g[c][p] * normalised[c][p];
      }
    }
    return dgamma;
  }
}
