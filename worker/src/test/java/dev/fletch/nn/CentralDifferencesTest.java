package dev.fletch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The check of gradients sees what is wrong with a gradient. */
class CentralDifferencesTest {
  private static final int VALUES = 1_000;

  private final double[] values = new double[VALUES];

  private double loss() {
    double loss = 0;
    for (int i = 0; i < VALUES; i++) {
      loss += Math.sin(values[i] + i % 7);
    }
    return loss;
  }

  private double[] gradient() {
    double[] gradient = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      gradient[i] = Math.cos(values[i] + i % 7);
    }
    return gradient;
  }

  @Test
  void aRightGradientPassesAndNothingIsMoved() {
    Arrays.setAll(values, i -> 0.1 * (i % 11));
    double[] before = values.clone();

    CentralDifferences.check("value", this::loss, values, gradient(), 3);

    assertThat(values).isEqualTo(before);
  }

  @Test
  void oneWrongValueOfMany() {
    double[] wrong = gradient();
    wrong[VALUES / 2] += 1e-4;

    assertThatThrownBy(() -> CentralDifferences.check("value", this::loss, values, wrong, 3))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("along direction");
  }
}
