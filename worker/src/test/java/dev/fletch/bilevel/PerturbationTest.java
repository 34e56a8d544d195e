package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.StepId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mixing weights that w is trained at in SDARTS-RS, and the box of both forms. */
class PerturbationTest {
  private static final StepId AT = new StepId(20, 3);
  private static final float[] MIXING = {0.5f, 0.25f, 0.25f, 0.1f, 0.2f, 0.7f};

  private static PerturbationBox box(double epsilon, long seed) {
    return new PerturbationBox(3, epsilon, epsilon, 50, seed);
  }

  /** 0.03 + 0.27 e / 50. */
  @ParameterizedTest
  @CsvSource({"0, 0.03", "1, 0.0354", "25, 0.165", "49, 0.2946"})
  void epsilonRisesAsInSdarts(int epoch, double expected) {
    assertThat(new PerturbationBox(8, 0.03, 0.3, 50, 0).epsilon(epoch))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void rowsAreClampedAndDividedByTheirSum() {
    // clamped: (0, 1, 1) and (0.2, 0.2, 0)
    float[] projected = box(0, 0).project(new float[] {-0.3f, 1.5f, 1, 0.2f, 0.2f, -1});

    assertThat(projected).containsExactly(0, 0.5f, 0.5f, 0.5f, 0.5f, 0);
  }

  @Test
  void aRowWithoutAnythingPositiveBecomesOneAtItsLargest() {
    assertThat(box(0, 0).project(new float[] {-0.3f, -0.1f, -0.2f, 0, 0, 0}))
        .containsExactly(0, 1, 0, 1, 0, 0);
  }

  @Test
  void aDistributionIsLeftAlone() {
    assertThat(box(0, 0).project(MIXING.clone())).containsExactly(MIXING, within(1e-7f));
    assertThat(box(0, 0).draw(MIXING, AT)).containsExactly(MIXING, within(1e-7f));
  }

  /** Without negative values and sums the draw can be told from its projection: rows of one. */
  @Test
  void drawsAreUniformInTheBox() {
    double epsilon = 0.2;
    int steps = 4000;
    double[] mean = new double[2];
    double[] square = new double[2];
    double largest = 0;
    for (int step = 0; step < steps; step++) {
      float[] drawn =
          new PerturbationBox(2, epsilon, epsilon, 50, 7)
              .draw(new float[] {0.5f, 0.5f}, new StepId(0, step));
      assertThat(drawn[0] + drawn[1]).isCloseTo(1, within(1e-6f));
      // before: a = 0.5 + u, b = 0.5 + v; after: a / (a + b), at most 0.7 / (0.7 + 0.3)
      assertThat(drawn[0]).isBetween(0.3f, 0.7f);
      largest = Math.max(largest, Math.abs(drawn[0] - 0.5));
      for (int k = 0; k < 2; k++) {
        mean[k] += drawn[k] / steps;
        square[k] += Math.pow(drawn[k] - 0.5, 2) / steps;
      }
    }
    assertThat(largest).isGreaterThan(0.19);
    for (int k = 0; k < 2; k++) {
      assertThat(mean[k]).isCloseTo(0.5, within(0.006));
      // about (u - v) / 2: two uniform numbers of variance epsilon^2 / 3, so epsilon^2 / 6
      assertThat(square[k]).isCloseTo(epsilon * epsilon / 6, within(8e-4));
    }
  }

  @Test
  void drawsDifferBetweenSeedsEpochsAndStepsOnly() {
    float[] drawn = box(0.1, 7).draw(MIXING, AT);

    assertThat(box(0.1, 7).draw(MIXING, AT)).isEqualTo(drawn);
    assertThat(box(0.1, 8).draw(MIXING, AT)).isNotEqualTo(drawn);
    assertThat(box(0.1, 7).draw(MIXING, new StepId(21, 3))).isNotEqualTo(drawn);
    assertThat(box(0.1, 7).draw(MIXING, new StepId(20, 4))).isNotEqualTo(drawn);
  }

  @Test
  void clampingMovesIntoTheBoxAroundTheMixingWeights() {
    // the box of 0.125 about the first row is [0.375, 0.625] x [0.125, 0.375] x [0.125, 0.375]
    float[] clamped =
        box(0.125, 0).clamp(new float[] {0.9f, 0, 0.25f, 0.1f, 0.2f, 0.7f}, MIXING, 0);

    assertThat(clamped).containsExactly(new float[] {0.625f, 0.125f, 0.25f, 0.1f, 0.2f, 0.7f});
  }

  @Test
  void randomSmoothingTrainsWAtTheDrawAndLeavesAlphaAlone() {
    QuadraticSource source = new QuadraticSource();
    RandomPerturbation perturbation = new RandomPerturbation(box(0.1, 7));
    float[] mixing = {0.5f, 0.25f, 0.25f};

    float[] perturbed = perturbation.perturb(source, null, mixing, AT);

    assertThat(perturbed).isEqualTo(box(0.1, 7).draw(mixing, AT)).isNotEqualTo(mixing);
    assertThat(mixing).containsExactly(0.5f, 0.25f, 0.25f);
    assertThat(source.requests).isEmpty();
  }
}
