package dev.fletch.engine;

import dev.fletch.cuda.Driver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
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
    FloatBuffer values = download(from, count);
    for (int i = 0; i < count; i++) {
      target[at + i] = values.get(i);
    }
  }

  @Override
  void read(long from, int count, float[] target) {
    download(from, count).get(target, 0, count);
  }

  private FloatBuffer download(long from, int count) {
    ByteBuffer bytes = buffer(count);
    driver.download(address(from), bytes);
    return bytes.asFloatBuffer();
  }

  @Override
  void write(long from, int count, double[] source, int at) {
    ByteBuffer bytes = buffer(count);
    for (int i = 0; i < count; i++) {
      bytes.putFloat(i * Float.BYTES, (float) source[at + i]);
    }
    driver.upload(address(from), bytes);
  }

  @Override
  void write(long from, int count, float[] source) {
    ByteBuffer bytes = buffer(count);
    bytes.asFloatBuffer().put(source, 0, count);
    driver.upload(address(from), bytes);
  }

  private static ByteBuffer buffer(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
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
