package dev.fletch.supernet;

import dev.fletch.settings.Checks;

/**
 * Hard samples with straight-through gradients. Per edge M samples of {@code softmax((alpha + g) /
 * T)} are drawn; the largest operation of each sample gets mixing weight 1, all others 0. With M =
 * 1 that is GDAS (Dong and Yang, 2019, arXiv:1910.04465), where one operation of an edge is
 * computed; with more it is the ensemble Gumbel softmax of DARTS-EGS, whose code is the
 * element-wise maximum of M one-hot codes (Chang et al., 2019, arXiv:1905.01786).
 *
 * <p>Backwards the hard code is taken for the soft sample that it came from: dL/dp of a chosen
 * operation goes through the softmax of the first sample that chose it. What was not chosen was not
 * computed and passes no gradient on.
 *
 * @param operations candidate operations per edge: the row length
 * @param samples M
 */
public record HardGumbelRelaxation(
    int operations, double temperature, int samples, GumbelNoise noise) implements Relaxation {
  public HardGumbelRelaxation {
    new Checks()
        .atLeast("operations", operations, 1)
        .positive("temperature", temperature)
        .atLeast("samples", samples, 1)
        .orThrow();
  }

  @Override
  public float[] mixing(float[] alpha) {
    SoftmaxRows.checkRows("alpha", alpha, operations);
    float[] code = new float[alpha.length];
    for (int m = 0; m < samples; m++) {
      double[] noisy = noisy(alpha, m);
      for (int row = 0; row < alpha.length; row += operations) {
        code[row + largest(noisy, row)] = 1;
      }
    }
    return code;
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkRows("alpha", alpha, operations);
    SoftmaxRows.checkGradient("alpha", alpha.length, mixingGradient);
    SoftmaxRows rows = new SoftmaxRows(operations, temperature);
    boolean[] taken = new boolean[alpha.length];
    double[] gradient = new double[alpha.length];
    for (int m = 0; m < samples; m++) {
      double[] noisy = noisy(alpha, m);
      for (int row = 0; row < alpha.length; row += operations) {
        int chosen = row + largest(noisy, row);
        if (!taken[chosen]) {
          taken[chosen] = true;
          addBackward(rows, noisy, row, chosen, mixingGradient[chosen], gradient);
        }
      }
    }
    float[] result = new float[alpha.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) gradient[i];
    }
    return result;
  }

  @Override
  public HardGumbelRelaxation forWeights() {
    return new HardGumbelRelaxation(operations, temperature, samples, noise.next());
  }

  private void addBackward(
      SoftmaxRows rows, double[] noisy, int row, int chosen, double dchosen, double[] gradient) {
    double[] x = new double[operations];
    System.arraycopy(noisy, row, x, 0, operations);
    double[] dp = new double[operations];
    dp[chosen - row] = dchosen;
    double[] dx = rows.backward(rows.of(x), dp);
    for (int k = 0; k < operations; k++) {
      gradient[row + k] += dx[k];
    }
  }

  private double[] noisy(float[] alpha, int sample) {
    double[] noisy = noise.sample(sample, alpha.length);
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += alpha[i];
    }
    return noisy;
  }

  /** Column of the largest value of the row; the first among equals. */
  private int largest(double[] values, int row) {
    int largest = 0;
    for (int k = 1; k < operations; k++) {
      largest = values[row + k] > values[row + largest] ? k : largest;
    }
    return largest;
  }
}
