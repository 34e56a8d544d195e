package dev.fletch.engine;

/**
 * A flat vector of a training where it is worked on: weights, a gradient, what an optimizer
 * remembers, running statistics. On the host it is an array; on a card it lies in the card's
 * memory, and whoever works with it sees neither. What is done to it, {@link #kernels} do.
 */
public abstract sealed class Floats implements AutoCloseable permits HostFloats, DeviceFloats {
  /** A vector on the host; the array is not copied. */
  public static Floats of(float[] values) {
    return new HostFloats(values);
  }

  /** How many values there are. */
  public abstract int length();

  /** Whether {@link #array} gives them. */
  public abstract boolean isOnHost();

  /**
   * The values themselves, in host memory.
   *
   * @throws IllegalStateException if they lie on a card
   */
  public abstract float[] array();

  /** A copy of all values; waits for the card, if they lie on one. */
  public abstract float[] toFloats();

  /** The values themselves if they are on the host, else a copy. */
  public final float[] onHost() {
    return isOnHost() ? array() : toFloats();
  }

  /** Overwrites all values. */
  public abstract void write(float[] values);

  /** What works where the vector lies. */
  public abstract FlatKernels kernels();

  /** L2 norm over all values together; waits for the card, if they lie on one. */
  public final double norm() {
    return kernels().norm(this);
  }

  /** Multiplies all values. */
  public final void scale(double factor) {
    kernels().scale(this, factor);
  }

  /** A new vector beside this one: {@code this + factor * direction}. */
  public final Floats moved(double factor, Floats direction) {
    requireLength("move a vector", direction);
    Floats moved = kernels().room(length());
    kernels().move(this, factor, direction, moved);
    return moved;
  }

  /**
   * @param what is being done, as in "cannot ..."
   * @throws IllegalArgumentException if the other vector is longer or shorter
   */
  public final void requireLength(String what, Floats other) {
    if (other.length() != length()) {
      throw new IllegalArgumentException(
          "Cannot " + what + ": " + length() + " values meet " + other.length());
    }
  }

  /** Gives memory of a card back, for later vectors; the vector must not be used any more. */
  @Override
  public abstract void close();
}
