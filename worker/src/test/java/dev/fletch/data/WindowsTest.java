package dev.fletch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lengths of windows over many steps: what share has which mean. */
class WindowsTest {
  private static final int DRAWS = 40_000;

  private static int[] draws(Windows windows, int bptt) {
    return IntStream.range(0, DRAWS)
        .map(step -> windows.length(bptt, 11, new StepId(step / 400, step % 400)))
        .toArray();
  }

  private static double share(int[] draws, int from, int to) {
    return (double) Arrays.stream(draws).filter(d -> d >= from && d <= to).count() / DRAWS;
  }

  @Test
  void aTwentiethOfTheStepsOfASearchIsHalved() {
    int[] draws = draws(Windows.HALVED, 35);

    assertThat(share(draws, 35, 35)).isCloseTo(0.95, within(0.005));
    assertThat(share(draws, 17, 17)).isCloseTo(0.05, within(0.005));
    assertThat(draws(Windows.HALVED, 1)).containsOnly(1);
    assertThat(draws(Windows.FIXED, 35)).containsOnly(35);
  }

  /**
   * The length is cut to a whole number, which is half a word less on average: 34.5 with a standard
   * deviation of 5, and 17 in a twentieth of the steps.
   */
  @Test
  void thoseOfATrainingAreNormallyDistributedAroundBoth() {
    int[] draws = draws(Windows.VARIED, 35);

    double mean = Arrays.stream(draws).average().orElseThrow();
    assertThat(mean).isCloseTo(0.95 * 34.5 + 0.05 * 17, within(0.1));
    // one and two deviations around 35, where halved ones hardly are
    assertThat(share(draws, 30, 39)).isCloseTo(0.95 * 0.6827, within(0.01));
    assertThat(share(draws, 25, 44)).isCloseTo(0.95 * 0.9545 + 0.05 * 0.0668, within(0.01));
    assertThat(share(draws, 5, 24)).isCloseTo(0.95 * 0.0228 + 0.05 * 0.9332, within(0.01));
    assertThat(Arrays.stream(draws).min().orElseThrow()).isBetween(5, 8);
    assertThat(Arrays.stream(draws).max().orElseThrow()).isBetween(49, 55);
  }

  @Test
  void theyAreNeitherTooShortNorTooLong() {
    int[] draws = draws(Windows.VARIED, 6);

    assertThat(Arrays.stream(draws).min()).hasValue(5);
    assertThat(Arrays.stream(draws).max().orElseThrow()).isLessThanOrEqualTo(26);
    assertThat(Windows.VARIED.longest(6)).isEqualTo(26);
  }

  /** A change of these would change the results of finished runs. */
  @Test
  void theyAreTheSameForEver() {
    int[] varied =
        IntStream.range(0, 8).map(s -> Windows.VARIED.length(35, 1, new StepId(2, s))).toArray();

    assertThat(varied).containsExactly(39, 28, 39, 41, 45, 37, 38, 39);
  }
}
