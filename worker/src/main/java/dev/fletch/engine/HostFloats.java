package dev.fletch.engine;

/** {@link Floats} in an array. */
final class HostFloats extends Floats {
  private final float[] array;

  /**
   * @param array not copied
   */
  HostFloats(float[] array) {
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
  public float[] array() {
    return array;
  }

  @Override
  public float[] toFloats() {
    return array.clone();
  }

  @Override
  public void write(float[] values) {
    System.arraycopy(values, 0, array, 0, array.length);
  }

  @Override
  public FlatKernels kernels() {
    return FlatKernels.HOST;
  }

  @Override
  public void close() {
    // the garbage collector's
  }
}
