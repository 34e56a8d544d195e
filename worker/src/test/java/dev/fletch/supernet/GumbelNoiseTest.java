package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.StepId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gumbel noise, and soft samples made with it. */
class GumbelNoiseTest {
  private static final float[] ALPHA = {0.5f, -0.3f, 0.1f, 0, 1, -1};
  private static final GumbelNoise NOISE = new GumbelNoise(11, new StepId(3, 5));

  @Test
  void isAFunctionOfSeedEpochStepDrawAndSample() {
    List<double[]> others =
        List.of(
            new GumbelNoise(12, new StepId(3, 5)).sample(0, 6),
            new GumbelNoise(11, new StepId(4, 5)).sample(0, 6),
            new GumbelNoise(11, new StepId(3, 6)).sample(0, 6),
            new GumbelNoise(11, new StepId(5, 3)).sample(0, 6),
            NOISE.next().sample(0, 6),
            NOISE.sample(1, 6));

    assertThat(new GumbelNoise(11, new StepId(3, 5)).sample(0, 6)).isEqualTo(NOISE.sample(0, 6));
    List<double[]> seen = new ArrayList<>(List.of(NOISE.sample(0, 6)));
    for (double[] other : others) {
      assertThat(seen).allSatisfy(one -> assertThat(other).isNotEqualTo(one));
      seen.add(other);
    }
  }

  /** Mean: Euler's constant. Variance: pi^2 / 6. P(g < 0) = exp(-1). */
  @Test
  void hasTheMomentsOfTheGumbelDistribution() {
    int n = 200_000;
    double[] g = NOISE.sample(0, n);
    double mean = 0;
    double below = 0;
    for (double value : g) {
      mean += value / n;
      below += value < 0 ? 1.0 / n : 0;
    }
    double variance = 0;
    for (double value : g) {
      variance += Math.pow(value - mean, 2) / n;
    }
    // four standard deviations each; the fourth central moment is 3 * pi^4 / 20
    assertThat(mean).isCloseTo(0.5772156649, within(4 * 1.2825 / Math.sqrt(n)));
    assertThat(below).isCloseTo(Math.exp(-1), within(4 * 0.4823 / Math.sqrt(n)));
    assertThat(variance).isCloseTo(Math.PI * Math.PI / 6, within(4 * 3.45 / Math.sqrt(n)));
  }

  @Test
  void softSampleIsTheSoftmaxOfNoisyAlpha() {
    double[] g = NOISE.sample(0, 6);
    float[] mixing = new GumbelRelaxation(3, 0.5, NOISE).mixing(ALPHA);

    for (int row = 0; row < 6; row += 3) {
      double sum = 0;
      for (int k = row; k < row + 3; k++) {
        sum += Math.exp((ALPHA[k] + g[k]) / 0.5);
      }
      for (int k = row; k < row + 3; k++) {
        assertThat((double) mixing[k])
            .isCloseTo(Math.exp((ALPHA[k] + g[k]) / 0.5) / sum, within(1e-6));
      }
    }
  }

  @Test
  void coldSoftSamplesAreHardOnesAndHotOnesAreUniform() {
    for (int step = 0; step < 50; step++) {
      GumbelNoise noise = new GumbelNoise(11, new StepId(0, step));
      float[] hard = new HardGumbelRelaxation(3, 1, 1, noise).mixing(ALPHA);

      // two noisy alphas of an edge closer than 1e-3 would not have been told apart
      assertThat(new GumbelRelaxation(3, 1e-4, noise).mixing(ALPHA))
          .containsExactly(hard, within(1e-3f));
      for (float weight : new GumbelRelaxation(3, 1e6, noise).mixing(ALPHA)) {
        assertThat(weight).isCloseTo(1f / 3, within(1e-4f));
      }
    }
  }

  @Test
  void theWeightStepSeesAnotherDrawThanTheAlphaStep() {
    GumbelRelaxation soft = new GumbelRelaxation(3, 0.5, NOISE);
    HardGumbelRelaxation hard = new HardGumbelRelaxation(3, 0.5, 4, NOISE);

    assertThat(soft.forWeights()).isEqualTo(new GumbelRelaxation(3, 0.5, NOISE.next()));
    assertThat(soft.forWeights().mixing(ALPHA)).isNotEqualTo(soft.mixing(ALPHA));
    assertThat(hard.forWeights()).isEqualTo(new HardGumbelRelaxation(3, 0.5, 4, NOISE.next()));
    assertThat(soft.mixing(ALPHA)).isEqualTo(soft.mixing(ALPHA));
  }
}
