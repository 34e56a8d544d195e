package dev.fletch.gradient;

/**
 * Arithmetic on flat vectors; sums are accumulated in double, from the first element to the last.
 */
public final class Vectors {
  private Vectors() {}

  /** L2 norm over all elements together. */
  public static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /** A new vector: {@code base + factor * direction}. */
  public static float[] moved(float[] base, double factor, float[] direction) {
    checkSameLength("move a vector", base, direction);
    float[] moved = new float[base.length];
    for (int i = 0; i < base.length; i++) {
      moved[i] = (float) (base[i] + factor * direction[i]);
    }
    return moved;
  }

  public static void checkSameLength(String what, float[] one, float[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "Cannot " + what + ": " + one.length + " values meet " + other.length);
    }
  }
}
