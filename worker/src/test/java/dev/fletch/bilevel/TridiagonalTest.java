package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TridiagonalTest {
  private static double largest(double[] diagonal, double[] beside) {
    Tridiagonal matrix = new Tridiagonal();
    for (int i = 0; i < diagonal.length; i++) {
      matrix.add(diagonal[i]);
      if (i < beside.length) {
        matrix.couple(beside[i]);
      }
    }
    return matrix.largestEigenvalue();
  }

  @Test
  void eigenvaluesThatAreKnown() {
    assertThat(largest(new double[] {-3}, new double[0])).isEqualTo(-3);
    assertThat(largest(new double[] {0, 0}, new double[] {0})).isZero();
    // 2 and 4
    assertThat(largest(new double[] {3, 3}, new double[] {1})).isCloseTo(4, within(1e-12));
    // 3/2 +- sqrt(1/4 + 4)
    assertThat(largest(new double[] {1, 2}, new double[] {-2}))
        .isCloseTo(1.5 + Math.sqrt(4.25), within(1e-12));
    // -2 and 1 beside it: -2 + 2 cos(pi j / 6)
    assertThat(largest(new double[] {-2, -2, -2, -2, -2}, new double[] {1, 1, 1, 1}))
        .isCloseTo(-2 + Math.sqrt(3), within(1e-12));
    // blocks that are not coupled
    assertThat(largest(new double[] {-1, 7, 2}, new double[] {0, 0})).isCloseTo(7, within(1e-12));
  }
}
