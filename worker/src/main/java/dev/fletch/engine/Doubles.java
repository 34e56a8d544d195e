package dev.fletch.engine;

/**
 * Numbers in double precision where the kernels that work on them have them: the flat vectors and
 * small matrices of a pass. Host kernels see an array, those of a card an address; whoever lays out
 * a plan sees neither.
 */
public abstract sealed class Doubles permits HostDoubles, DeviceDoubles {
  /** How many there are. */
  public abstract int length();

  /** Whether {@link #array} gives them. */
  public abstract boolean isOnHost();

  /**
   * The numbers themselves, in host memory: changes are seen by the kernels.
   *
   * @throws IllegalStateException if they lie on a card
   */
  public abstract double[] array();

  /** A copy of all of them as floats; waits for the card, if they lie on one. */
  public abstract float[] toFloats();

  /** A copy of all of them; waits for the card, if they lie on one. */
  public abstract double[] toDoubles();

  /** A copy of all of them as floats, at a place of theirs: on the same card nothing travels. */
  public abstract Floats toFloats(FlatKernels place);

  /** Overwrites the first {@code values.length} of them. */
  public abstract void write(float[] values);

  /** Overwrites the first {@code values.length()} of them: on the same card nothing travels. */
  public abstract void write(Floats values);

  /** Overwrites the first {@code values.length} of them. */
  public abstract void write(double[] values);

  /** Sets all of them to a value. */
  public abstract void fill(double value);
}
