package dev.fletch.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void coversValuesWithRoundTicks() {
    Scale scale = Scale.covering(new double[] {0.42, 0.93, Double.NaN}, 4, 200, 0);
    assertThat(scale.ticks()).hasSize(4).first().isEqualTo(0.4);
    assertThat(scale.at(0.4)).isEqualTo(200);
    assertThat(scale.at(scale.high())).isEqualTo(0);
    assertThat(scale.high()).isGreaterThanOrEqualTo(0.93);
  }

  @Test
  void doesNotGoBeyondWhatIsPossible() {
    Scale scale = Scale.covering(new double[] {0.864}, 3, 0, 10).within(0, 1);
    assertThat(scale.high()).isEqualTo(1);
    assertThat(scale.at(0.864)).isBetween(0.0, 10.0);
  }

  @Test
  void staysFiniteForNoValueOneValueAndOneEpoch() {
    assertThat(Scale.covering(new double[0], 4, 0, 10).ticks()).containsExactly(0.0, 1.0);
    Scale one = Scale.covering(new double[] {3}, 4, 0, 10);
    assertThat(one.at(3)).isBetween(0.0, 10.0);
    assertThat(Scale.epochs(0, 0, 0, 10).at(0)).isEqualTo(5);
  }

  @Test
  void ticksEpochsAtWholeNumbersOnly() {
    assertThat(Scale.epochs(0, 2, 0, 10).ticks()).containsExactly(0.0, 1.0, 2.0);
    assertThat(Scale.epochs(0, 49, 0, 10).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
  }
}
