package dev.fletch.engine;

import java.util.Arrays;

/** {@link Doubles} in an array. */
final class HostDoubles extends Doubles {
  private final double[] array;

  HostDoubles(int length) {
    this(new double[length]);
  }

  /**
   * @param array not copied
   */
  HostDoubles(double[] array) {
    this.array = array;
  }

  @Override
  public int length() {
    return array.length;
  }

  @Override
  public boolean isOnHost() {
    return true;
  }

  @Override
  public double[] array() {
    return array;
  }

  @Override
  public float[] toFloats() {
    float[] floats = new float[array.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array[i];
    }
    return floats;
  }

  @Override
  public double[] toDoubles() {
    return array.clone();
  }

  @Override
  public Floats toFloats(FlatKernels place) {
    return place.of(toFloats());
  }

  @Override
  public void write(Floats values) {
    write(values.onHost());
  }

  @Override
  public void write(float[] values) {
    for (int i = 0; i < values.length; i++) {
      array[i] = values[i];
    }
  }

  @Override
  public void write(double[] values) {
    System.arraycopy(values, 0, array, 0, values.length);
  }

  @Override
  public void fill(double value) {
    Arrays.fill(array, value);
  }
}
