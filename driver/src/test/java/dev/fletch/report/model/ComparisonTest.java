package dev.fletch.report.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ComparisonTest {
  /**
   * With one degree of freedom p = 1 - 2/pi atan(t): the differences 0.02 and 0.06 give t = 2. The
   * leader's third seed has no partner.
   */
  @Test
  void pairsTheSeedsThatBothHave() {
    Comparison found =
        Comparison.of(candidate("last", 0.80, 0.84, 0.9), candidate("random-1", 0.78, 0.78));

    assertThat(found.commonSeeds()).isEqualTo(2);
    assertThat(found.difference()).isCloseTo(0.04, within(1e-12));
    assertThat(found.pValue()).isCloseTo(0.2951672353, within(1e-9));
    assertThat(found.text())
        .isEqualTo(
            "last and random-1 differ by 4.00 points; over 2 seeds p = 0.30: not distinguishable");
  }

  /** With two degrees p = 1 - t / sqrt(2 + t^2): 0.01, 0.02 and 0.03 give t^2 = 12. */
  @Test
  void moreSeedsSayMore() {
    CandidateReport low = candidate("low", 0.5, 0.5, 0.5);
    assertThat(Comparison.of(candidate("a", 0.51, 0.52, 0.53), low).pValue())
        .isCloseTo(1 - Math.sqrt(12 / 14.0), within(1e-9));
    assertThat(Comparison.of(candidate("a", 0.70, 0.71, 0.72), low).text())
        .isEqualTo(
            "a and low differ by 21.00 points; over 3 seeds p < 0.001: distinguishable at"
                + " the 5 % level");
  }

  @Test
  void saysWhyThereIsNoTest() {
    assertThat(Comparison.of(candidate("a", 0.9), candidate("b", 0.8)).text())
        .isEqualTo("a and b differ by 10.00 points; one seed: no test");
    assertThat(Comparison.of(candidate("a", 0.9), candidate("b", Double.NaN, 0.8)).text())
        .isEqualTo("a and b differ by 10.00 points; no common seed: no test");
    assertThat(Comparison.of(candidate("a", 0.7, 0.99), candidate("b", 0.8)).text())
        .as("the leader over all seeds may be behind over the common ones")
        .isEqualTo("a and b differ by 10.00 points; one seed: no test");
    Comparison constant = Comparison.of(candidate("a", 0.9, 0.8), candidate("b", 0.8, 0.7));
    assertThat(constant.pValue()).isNaN();
    assertThat(constant.text())
        .isEqualTo(
            "a and b differ by 10.00 points; over 2 seeds the difference is the same for each: no"
                + " test");
  }

  /** By Wilson's formula with z = 1.959964. */
  @Test
  void testImagesLeaveNoise() {
    assertThat(Comparison.halfWidth(0.5, 100)).isCloseTo(0.09616847, within(1e-6));
    assertThat(Comparison.halfWidth(1, 100)).isCloseTo(0.01849675, within(1e-6));
    assertThat(Comparison.halfWidth(0.5, 0)).isNaN();
    assertThat(Comparison.halfWidth(Double.NaN, 100)).isNaN();
  }

  private static CandidateReport candidate(String id, double... accuracies) {
    return Samples.plain(id, 0, 900, accuracies);
  }
}
