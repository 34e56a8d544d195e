package dev.fletch.engine;

import dev.fletch.cuda.Driver;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link Memory} for floats on a card. */
final class DeviceMemory extends Memory {
  private final Driver driver;
  private final long length;
  private final long start;

  DeviceMemory(Driver driver, long length) {
    this.driver = driver;
    this.length = length;
    this.start = driver.allocate(length * Float.BYTES);
  }

  /** Where value {@code at} lies in the card's memory. */
  long address(long at) {
    return start + at * Float.BYTES;
  }

  @Override
  DataType type() {
    return DataType.FLOAT;
  }

  @Override
  long length() {
    return length;
  }

  @Override
  void read(long from, int count, double[] target, int at) {
    float[] values = new float[count];
    read(from, count, values);
    for (int i = 0; i < count; i++) {
      target[at + i] = values[i];
    }
  }

  @Override
  void read(long from, int count, float[] target) {
    driver.download(address(from), target, count);
  }

  @Override
  void write(long from, int count, double[] source, int at) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) source[at + i];
    }
    write(from, count, values);
  }

  @Override
  void write(long from, int count, float[] source) {
    driver.upload(address(from), source, count);
  }

  @Override
  void zero(long from, int count) {
    driver.clear(address(from), (long) count * Float.BYTES);
  }

  @Override
  public void close() {
    driver.free(start);
  }
}
