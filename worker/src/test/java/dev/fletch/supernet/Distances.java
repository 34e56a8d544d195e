package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

/** Compares vectors that differ by rounding. */
final class Distances {
  private Distances() {}

  /**
   * @param tolerance of the length of the difference, as a part of that of {@code expected}
   */
  static void assertClose(float[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += expected[i] * expected[i];
    }
    assertThat(norm).isPositive();
    assertThat(Math.sqrt(difference / norm)).isLessThan(tolerance);
  }

  static void assertClose(float[] actual, float[] expected, double tolerance) {
    double[] exact = IntStream.range(0, expected.length).mapToDouble(i -> expected[i]).toArray();
    assertClose(actual, exact, tolerance);
  }
}
