package dev.fletch.report.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.report.model.Figures;
import org.junit.jupiter.api.Test;

class HorizontalAxisTest {
  @Test
  void equalFactorsAreEqualDistances() {
    HorizontalAxis axis = lambdas(1e-3, 1e-2, 0.1, 1);

    assertThat(axis.ticks()).containsExactly(1e-3, 1e-2, 0.1, 1.0);
    double step = axis.at(1e-2) - axis.at(1e-3);
    assertThat(axis.at(0.1) - axis.at(1e-2)).isEqualTo(step, within(1e-9));
    assertThat(axis.at(1) - axis.at(0.1)).isEqualTo(step, within(1e-9));
    assertThat(axis.at(1e-3)).isGreaterThan(48);
    assertThat(axis.at(1)).isLessThan(466);
  }

  @Test
  void zeroHasAPlaceAtTheLeft() {
    HorizontalAxis axis = lambdas(0, 1e-3, 1e-2);

    assertThat(axis.ticks()).containsExactly(0.0, 1e-3, 1e-2);
    assertThat(axis.at(0)).isLessThan(axis.at(1e-3)).isGreaterThan(48);
    assertThat(lambdas(0).at(0)).isEqualTo((48 + 466) / 2.0, within(1e-9));
    assertThat(lambdas().ticks()).isEmpty();
  }

  @Test
  void lambdasWithoutRoomAreNotWritten() {
    double[] many = new double[60];
    for (int i = 0; i < many.length; i++) {
      many[i] = Math.pow(10, -3 + i / 20.0);
    }
    HorizontalAxis axis = lambdas(many);

    assertThat(axis.ticks()).hasSizeBetween(5, 12);
    for (int i = 1; i < axis.ticks().size(); i++) {
      assertThat(axis.at(axis.ticks().get(i)) - axis.at(axis.ticks().get(i - 1)))
          .isGreaterThanOrEqualTo(34);
    }
  }

  @Test
  void lambdasAreWrittenInShort() {
    assertThat(Figures.lambda(0)).isEqualTo("0");
    assertThat(Figures.lambda(0.05)).isEqualTo("0.05");
    assertThat(Figures.lambda(1e-3)).isEqualTo("0.001");
    assertThat(Figures.lambda(1e-4)).isEqualTo("1e-4");
    assertThat(Figures.lambda(2.5e-5)).isEqualTo("2.5e-5");
    assertThat(Figures.lambda(100)).isEqualTo("100");
  }

  private static HorizontalAxis lambdas(double... values) {
    return HorizontalAxis.of(HorizontalAxis.Kind.LAMBDAS, values, 48, 466);
  }
}
