package dev.fletch.supernet;

import dev.fletch.settings.Checks;

/**
 * The mean of the codes that {@link HardGumbelRelaxation} draws: an operation of probability q =
 * softmax(alpha) is in a code of M samples with probability {@code 1 - (1 - q)^M}. What the
 * supernet of DARTS-EGS is evaluated with, since it needs no draw.
 */
public record EnsembleCodeRelaxation(int operations, int samples) implements Relaxation {
  public EnsembleCodeRelaxation {
    new Checks().atLeast("operations", operations, 1).atLeast("samples", samples, 1).orThrow();
  }

  @Override
  public float[] mixing(float[] alpha) {
    float[] q = softmax().mixing(alpha);
    for (int i = 0; i < q.length; i++) {
      q[i] = (float) (1 - Math.pow(1 - (double) q[i], samples));
    }
    return q;
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkGradient("alpha", alpha.length, mixingGradient);
    float[] q = softmax().mixing(alpha);
    float[] dq = new float[q.length];
    for (int i = 0; i < q.length; i++) {
      dq[i] = (float) (samples * Math.pow(1 - (double) q[i], samples - 1) * mixingGradient[i]);
    }
    return softmax().alphaGradient(alpha, dq);
  }

  private SoftmaxRelaxation softmax() {
    return new SoftmaxRelaxation(operations, 1);
  }
}
