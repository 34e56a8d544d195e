package dev.fletch.supernet;

import dev.fletch.settings.Checks;

/**
 * A soft sample per edge: p = softmax((alpha + g) / T), g Gumbel noise (Jang et al., 2017; Maddison
 * et al., 2017; in SNAS: Xie et al., 2019, equation 5). The argmax of alpha + g has the frequencies
 * of softmax(alpha); with T to 0 the sample tends to it.
 *
 * @param operations candidate operations per edge: the row length
 */
public record GumbelRelaxation(int operations, double temperature, GumbelNoise noise)
    implements Relaxation {
  public GumbelRelaxation {
    new Checks()
        .atLeast("operations", operations, 1)
        .positive("temperature", temperature)
        .orThrow();
  }

  @Override
  public float[] mixing(float[] alpha) {
    return soft().mixing(noisy(alpha, 0));
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    return soft().alphaGradient(noisy(alpha, 0), mixingGradient);
  }

  @Override
  public GumbelRelaxation forWeights() {
    return new GumbelRelaxation(operations, temperature, noise.next());
  }

  private SoftmaxRelaxation soft() {
    return new SoftmaxRelaxation(operations, temperature);
  }

  private float[] noisy(float[] alpha, int sample) {
    double[] g = noise.sample(sample, alpha.length);
    float[] noisy = new float[alpha.length];
    for (int i = 0; i < alpha.length; i++) {
      noisy[i] = (float) (alpha[i] + g[i]);
    }
    return noisy;
  }
}
