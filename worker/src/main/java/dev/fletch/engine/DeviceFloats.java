package dev.fletch.engine;

import dev.fletch.cuda.Driver;

/** {@link Floats} on a card. */
final class DeviceFloats extends Floats {
  private final CudaFlatKernels kernels;
  private final int length;
  private long start;

  /**
   * @param start an address that {@code kernels} gave, and get back
   */
  DeviceFloats(CudaFlatKernels kernels, int length, long start) {
    this.kernels = kernels;
    this.length = length;
    this.start = start;
  }

  /**
   * Where the first value lies in the card's memory.
   *
   * @throws IllegalStateException if the memory was given back
   */
  long address() {
    if (start == 0) {
      throw new IllegalStateException(
          "This vector was given back to its card: it is used too long");
    }
    return start;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public boolean isOnHost() {
    return false;
  }

  @Override
  public float[] array() {
    throw new IllegalStateException("This vector lies on a card: read a copy of it");
  }

  @Override
  public float[] toFloats() {
    float[] values = new float[length];
    if (length > 0) {
      kernels.driver().download(address(), values, length);
    }
    return values;
  }

  @Override
  public void write(float[] values) {
    if (length > 0) {
      kernels.driver().upload(address(), values, length);
    }
  }

  @Override
  public FlatKernels kernels() {
    return kernels;
  }

  /**
   * Lets work of another stream use this vector: it begins after what was asked for here, and what
   * is asked for here later begins after it.
   */
  void lend(Driver stream, Runnable work) {
    boolean other = stream != kernels.driver();
    if (other) {
      kernels.driver().await();
    }
    work.run();
    if (other) {
      stream.await();
    }
  }

  @Override
  public void close() {
    if (start != 0) {
      kernels.takeBack(length, start);
      start = 0;
    }
  }
}
