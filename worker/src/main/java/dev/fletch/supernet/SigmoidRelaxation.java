package dev.fletch.supernet;

/**
 * p = sigmoid(alpha) for each operation by itself, so that operations of an edge do not compete
 * (Fair DARTS: Chu et al., 2020, arXiv:1911.12126, equation 3). The rows do not sum to 1.
 */
public record SigmoidRelaxation() implements Relaxation {
  @Override
  public float[] mixing(float[] alpha) {
    float[] mixing = new float[alpha.length];
    for (int i = 0; i < alpha.length; i++) {
      mixing[i] = (float) sigmoid(alpha[i]);
    }
    return mixing;
  }

  /** dL/dalpha = p (1 - p) dL/dp. */
  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkGradient("alpha", alpha.length, mixingGradient);
    float[] gradient = new float[alpha.length];
    for (int i = 0; i < alpha.length; i++) {
      double p = sigmoid(alpha[i]);
      gradient[i] = (float) (p * (1 - p) * mixingGradient[i]);
    }
    return gradient;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
