package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.StepId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hard Gumbel samples: their codes, and the gradient that goes straight through them. */
class StraightThroughTest {
  /** Two edges of four operations. */
  private static final float[] ALPHA = {0.5f, -0.3f, 0.1f, 0.9f, 0, 1, -1, 0.2f};

  private static final float[] MIXING_GRADIENT = {1, -2, 0.5f, 3, -0.7f, 0.4f, 2, -1};
  private static final int STEPS = 20_000;

  private static GumbelNoise noise(int step) {
    return new GumbelNoise(11, new StepId(3, step));
  }

  /**
   * With p = softmax((alpha + g) / T) and operation c chosen, dL/dalpha_k = dL/dp_c * p_c * ([k =
   * c] - p_k) / T, once for every operation of the code: from the first sample that has it.
   */
  @ParameterizedTest
  @CsvSource({"0.8, 1", "3, 1", "0.8, 4", "3, 7"})
  void gradientIsThatOfTheSoftSamplesOfWhatWasChosen(double temperature, int samples) {
    for (int step = 0; step < 20; step++) {
      double[] expected = new double[8];
      boolean[] seen = new boolean[8];
      for (int m = 0; m < samples; m++) {
        double[] g = noise(step).sample(m, 8);
        for (int row = 0; row < 8; row += 4) {
          double[] p = new double[4];
          double sum = 0;
          int chosen = 0;
          for (int k = 0; k < 4; k++) {
            p[k] = Math.exp((ALPHA[row + k] + g[row + k]) / temperature);
            sum += p[k];
            chosen = p[k] > p[chosen] ? k : chosen;
          }
          double factor = MIXING_GRADIENT[row + chosen] * p[chosen] / sum / temperature;
          for (int k = 0; k < 4 && !seen[row + chosen]; k++) {
            expected[row + k] += factor * ((k == chosen ? 1 : 0) - p[k] / sum);
          }
          seen[row + chosen] = true;
        }
      }
      float[] gradient =
          new HardGumbelRelaxation(4, temperature, samples, noise(step))
              .alphaGradient(ALPHA, MIXING_GRADIENT);
      for (int i = 0; i < 8; i++) {
        assertThat((double) gradient[i]).isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  @Test
  void whatWasNotChosenPassesNoGradientOn() {
    HardGumbelRelaxation relaxation = new HardGumbelRelaxation(4, 1, 2, noise(0));
    float[] code = relaxation.mixing(ALPHA);
    float[] other = MIXING_GRADIENT.clone();
    for (int i = 0; i < 8; i++) {
      other[i] += code[i] == 0 ? 100 : 0;
    }

    assertThat(relaxation.alphaGradient(ALPHA, other))
        .isEqualTo(relaxation.alphaGradient(ALPHA, MIXING_GRADIENT));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void codeIsTheUnionOfItsSamples(int samples) {
    for (int step = 0; step < 50; step++) {
      float[] union = new float[8];
      for (int m = 0; m < samples; m++) {
        double[] g = noise(step).sample(m, 8);
        for (int row = 0; row < 8; row += 4) {
          int best = row;
          for (int k = row; k < row + 4; k++) {
            best = ALPHA[k] + g[k] > ALPHA[best] + g[best] ? k : best;
          }
          union[best] = 1;
        }
      }
      assertThat(new HardGumbelRelaxation(4, 0.3, samples, noise(step)).mixing(ALPHA))
          .isEqualTo(union);
    }
  }

  @Test
  void samplesHaveTheFrequenciesOfTheSoftmax() {
    double[] counts = new double[8];
    for (int step = 0; step < STEPS; step++) {
      float[] code = new HardGumbelRelaxation(4, 5, 1, noise(step)).mixing(ALPHA);
      for (int i = 0; i < 8; i++) {
        counts[i] += code[i];
      }
    }
    float[] p = new SoftmaxRelaxation(4, 1).mixing(ALPHA);
    for (int row = 0; row < 8; row += 4) {
      double chiSquare = 0;
      double sum = 0;
      for (int k = row; k < row + 4; k++) {
        chiSquare += Math.pow(counts[k] - STEPS * p[k], 2) / (STEPS * p[k]);
        sum += counts[k];
      }
      assertThat(sum).isEqualTo(STEPS);
      // the 99.9 % quantile with three degrees of freedom
      assertThat(chiSquare).isLessThan(16.27);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7})
  void ensembleCodeIsTheMeanOfTheCodes(int samples) {
    double[] mean = new double[8];
    for (int step = 0; step < STEPS; step++) {
      float[] code = new HardGumbelRelaxation(4, 1, samples, noise(step)).mixing(ALPHA);
      for (int i = 0; i < 8; i++) {
        mean[i] += code[i] / STEPS;
      }
    }
    float[] expected = new EnsembleCodeRelaxation(4, samples).mixing(ALPHA);
    for (int i = 0; i < 8; i++) {
      // four standard deviations of a mean of so many coins
      assertThat(mean[i]).isCloseTo(expected[i], within(4 * 0.5 / Math.sqrt(STEPS)));
    }
  }

  @Test
  void argmaxIsTheMostProbableSample() {
    assertThat(new ArgmaxRelaxation(4).mixing(ALPHA)).containsExactly(0, 0, 0, 1, 0, 1, 0, 0);
    assertThat(new ArgmaxRelaxation(2).mixing(new float[] {3, 3})).containsExactly(1, 0);
  }
}
