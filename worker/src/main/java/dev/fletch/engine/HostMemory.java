package dev.fletch.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** {@link Memory} of an array of ND4J's. */
final class HostMemory extends Memory {
  private static final float[] ZEROS = new float[4096];

  private final INDArray block;
  private FloatBuffer floats;

  HostMemory(DataType type, long length) {
    this.block = Nd4j.create(type, length);
  }

  @Override
  DataType type() {
    return block.dataType();
  }

  @Override
  long length() {
    return block.length();
  }

  /** Values {@code [from, from + rows * columns)} as a row-major matrix. */
  INDArray view(long from, int rows, int columns) {
    return block
        .get(NDArrayIndex.interval(from, from + (long) rows * columns))
        .reshape('c', rows, columns);
  }

  /** Values {@code [from, from + count)}; null if they are not floats in host memory. */
  FloatBuffer floats(long from, int count) {
    if (block.dataType() != DataType.FLOAT || !Backend.isCpu()) {
      return null;
    }
    if (floats == null) {
      floats = block.data().asNioFloat();
    }
    return floats.slice(Math.toIntExact(from), count);
  }

  @Override
  void read(long from, int count, double[] target, int at) {
    System.arraycopy(view(from, 1, count).dup('c').data().asDouble(), 0, target, at, count);
  }

  @Override
  void read(long from, int count, float[] target) {
    System.arraycopy(view(from, 1, count).dup('c').data().asFloat(), 0, target, 0, count);
  }

  @Override
  void write(long from, int count, double[] source, int at) {
    double[] exact = source.length == count ? source : Arrays.copyOfRange(source, at, at + count);
    view(from, 1, count).assign(Nd4j.createFromArray(exact).reshape('c', 1, count).castTo(type()));
  }

  @Override
  void write(long from, int count, float[] source) {
    float[] exact = source.length == count ? source : Arrays.copyOf(source, count);
    view(from, 1, count).assign(Nd4j.createFromArray(exact).reshape('c', 1, count).castTo(type()));
  }

  @Override
  void zero(long from, int count) {
    FloatBuffer values = floats(from, count);
    if (values == null) {
      view(from, 1, count).assign(0);
      return;
    }
    for (int i = 0; i < count; i += ZEROS.length) {
      values.put(i, ZEROS, 0, Math.min(ZEROS.length, count - i));
    }
  }

  @Override
  public void close() {
    block.close();
  }
}
