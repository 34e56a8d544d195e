package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link Doubles} on a card. */
final class DeviceDoubles extends Doubles implements AutoCloseable {
  private static final int THREADS = 256;

  private final Driver driver;
  private final int length;
  private final long start;

  DeviceDoubles(Driver driver, int length) {
    this.driver = driver;
    this.length = length;
    this.start = driver.allocate((long) Math.max(1, length) * Double.BYTES);
    driver.clear(start, (long) length * Double.BYTES);
  }

  /** Where number {@code at} lies in the card's memory. */
  long address(int at) {
    return start + (long) at * Double.BYTES;
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
  public double[] array() {
    throw new IllegalStateException("These numbers lie on a card: read a copy of them");
  }

  @Override
  public float[] toFloats() {
    ByteBuffer bytes = download();
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) bytes.getDouble(i * Double.BYTES);
    }
    return values;
  }

  @Override
  public double[] toDoubles() {
    double[] values = new double[length];
    download().asDoubleBuffer().get(values);
    return values;
  }

  private ByteBuffer download() {
    ByteBuffer bytes = buffer(length);
    driver.download(start, bytes);
    return bytes;
  }

  @Override
  public void write(float[] values) {
    ByteBuffer bytes = buffer(values.length);
    for (int i = 0; i < values.length; i++) {
      bytes.putDouble(i * Double.BYTES, values[i]);
    }
    driver.upload(start, bytes);
  }

  @Override
  public void write(double[] values) {
    ByteBuffer bytes = buffer(values.length);
    bytes.asDoubleBuffer().put(values);
    driver.upload(start, bytes);
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocateDirect(length * Double.BYTES).order(ByteOrder.nativeOrder());
  }

  @Override
  public void fill(double value) {
    if (length == 0) {
      return;
    }
    int blocks = Math.min(driver.multiprocessors() * 4, (length + THREADS - 1) / THREADS);
    driver.launch(
        "fill_doubles",
        Grid.of(blocks, THREADS),
        new Arguments().address(start).number(length).number(value));
  }

  @Override
  public void close() {
    driver.free(start);
  }
}
