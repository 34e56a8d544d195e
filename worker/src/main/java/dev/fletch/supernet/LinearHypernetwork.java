package dev.fletch.supernet;

import dev.fletch.settings.Checks;

/**
 * Alpha as a linear function of a complexity parameter: alpha(lambda) = lambda * b1 + b2 for every
 * edge and operation; the vector that is trained is b1, then b2.
 *
 * @param inner what makes mixing weights of alpha(lambda)
 * @param slope the factor of b1: lambda, in whatever unit b1 is trained
 */
public record LinearHypernetwork(Relaxation inner, double slope) implements Relaxation {
  public LinearHypernetwork {
    new Checks().atLeast("lambda", slope, 0).orThrow();
  }

  /** alpha(lambda), a new vector. */
  public float[] alpha(float[] trained) {
    SoftmaxRows.checkRows("the trained vector of b1 and b2", trained, 2);
    int n = trained.length / 2;
    float[] alpha = new float[n];
    for (int i = 0; i < n; i++) {
      alpha[i] = (float) (slope * trained[i] + trained[n + i]);
    }
    return alpha;
  }

  @Override
  public float[] mixing(float[] trained) {
    return inner.mixing(alpha(trained));
  }

  @Override
  public float[] alphaGradient(float[] trained, float[] mixingGradient) {
    float[] ofAlpha = inner.alphaGradient(alpha(trained), mixingGradient);
    int n = ofAlpha.length;
    float[] gradient = new float[2 * n];
    for (int i = 0; i < n; i++) {
      gradient[i] = (float) (slope * ofAlpha[i]);
      gradient[n + i] = ofAlpha[i];
    }
    return gradient;
  }
}
