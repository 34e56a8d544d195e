package dev.fletch.engine;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link Memory} for doubles that needs no native library. */
final class HeapMemory extends Memory {
  private final double[] values;

  HeapMemory(int length) {
    values = new double[length];
  }

  private static int at(long index) {
    return Math.toIntExact(index);
  }

  @Override
  DataType type() {
    return DataType.DOUBLE;
  }

  @Override
  long length() {
    return values.length;
  }

  @Override
  void read(long from, int count, double[] target, int at) {
    System.arraycopy(values, at(from), target, at, count);
  }

  @Override
  void read(long from, int count, float[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = (float) values[at(from) + i];
    }
  }

  @Override
  void write(long from, int count, double[] source, int at) {
    System.arraycopy(source, at, values, at(from), count);
  }

  @Override
  void write(long from, int count, float[] source) {
    for (int i = 0; i < count; i++) {
      values[at(from) + i] = source[i];
    }
  }

  @Override
  void zero(long from, int count) {
    Arrays.fill(values, at(from), at(from) + count, 0);
  }

  @Override
  public void close() {
    // the heap's
  }
}
