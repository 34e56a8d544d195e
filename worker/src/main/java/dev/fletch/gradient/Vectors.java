package dev.fletch.gradient;

import dev.fletch.engine.Floats;

/**
 * Arithmetic on flat vectors on the host; sums are accumulated in double, from the first element to
 * the last.
 */
public final class Vectors {
  private Vectors() {}

  /** L2 norm over all elements together. */
  public static double norm(float[] values) {
    return Floats.of(values).norm();
  }

  /** A new vector: {@code base + factor * direction}. */
  public static float[] moved(float[] base, double factor, float[] direction) {
    return Floats.of(base).moved(factor, Floats.of(direction)).array();
  }

  public static void checkSameLength(String what, float[] one, float[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "Cannot " + what + ": " + one.length + " values meet " + other.length);
    }
  }
}
