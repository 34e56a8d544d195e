package dev.fletch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Checks a gradient by moving values: one by one and, where there are many, all together. With
 * losses L of up to about 100, rounding makes an error of 2^-53 * L / step, 1e-8; the step itself
 * one of step^2 * L''' / 6, 1e-9 where the third derivative stays below 1e4. So 1e-6 of the largest
 * element leaves a hundredfold margin, and any wrong term is far outside of it.
 */
public final class CentralDifferences {
  private static final double STEP = 1e-6;
  private static final double TOLERANCE = 1e-6;
  private static final int DIRECTIONS = 6;

  private CentralDifferences() {}

  /**
   * Tries {@code count} of the values one by one, drawn at random, and all of them together along
   * random directions: so none can be wrong unnoticed.
   *
   * @param loss as a function of {@code values}
   * @param gradient dL/d(values)
   */
  public static void check(
      String what, DoubleSupplier loss, double[] values, double[] gradient, int count) {
    check(what, loss, values, gradient, sample(values.length, count));
    if (values.length > count) {
      checkDirections(what, loss, values, gradient);
    }
  }

  /**
   * Moves all n values at a time, each up or down by step / sqrt(n): the loss then changes as much
   * as by one value that is moved by the whole step and whose derivative is that of the direction.
   * A derivative that is wrong by e shows as e / sqrt(n) along each.
   */
  private static void checkDirections(
      String what, DoubleSupplier loss, double[] values, double[] gradient) {
    double tolerance = tolerance(gradient);
    double[] start = values.clone();
    double each = 1 / Math.sqrt(values.length);
    Random random = new Random(29);
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      double[] move = new double[values.length];
      double expected = 0;
      for (int i = 0; i < move.length; i++) {
        move[i] = random.nextBoolean() ? each : -each;
        expected += gradient[i] * move[i];
      }
      double above = at(loss, values, start, move, STEP);
      double below = at(loss, values, start, move, -STEP);
      assertThat(Math.abs((above - below) / (2 * STEP) - expected))
          .as("error of d(loss)/d(%s) = %s along direction %d", what, expected, direction)
          .isLessThan(tolerance);
    }
    System.arraycopy(start, 0, values, 0, start.length);
  }

  private static double at(
      DoubleSupplier loss, double[] values, double[] start, double[] move, double step) {
    for (int i = 0; i < values.length; i++) {
      values[i] = start[i] + step * move[i];
    }
    return loss.getAsDouble();
  }

  /**
   * @param loss as a function of {@code values}
   * @param gradient dL/d(values)
   * @param indices which of the values to try
   */
  public static void check(
      String what, DoubleSupplier loss, double[] values, double[] gradient, int[] indices) {
    double[] expected = gradient.clone();
    double tolerance = tolerance(gradient);
    assertThat(largest(gradient))
        .as("largest gradient with respect to %s", what)
        .isGreaterThan(1e-6);
    for (int i : indices) {
      double value = values[i];
      values[i] = value + STEP;
      double above = loss.getAsDouble();
      values[i] = value - STEP;
      double below = loss.getAsDouble();
      values[i] = value;
      assertThat(Math.abs((above - below) / (2 * STEP) - expected[i]))
          .as("error of d(loss)/d(%s %d) = %s, largest %s", what, i, expected[i], largest(expected))
          .isLessThan(tolerance);
    }
  }

  private static double tolerance(double[] gradient) {
    return TOLERANCE * Math.max(largest(gradient), 0.1);
  }

  private static double largest(double[] gradient) {
    return Arrays.stream(gradient).map(Math::abs).max().orElse(0);
  }

  private static int[] sample(int length, int count) {
    if (length <= count) {
      return IntStream.range(0, length).toArray();
    }
    return new Random(13).ints(0, length).distinct().limit(count).sorted().toArray();
  }
}
