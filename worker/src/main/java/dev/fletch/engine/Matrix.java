package dev.fletch.engine;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A row-major matrix in native memory, allocated once. Activations {@code [C, N, H, W]} are the
 * matrix {@code [C, P]} with {@code P = N * H * W}: channels first, so that a 1x1 convolution is
 * one product and concatenating channels costs nothing.
 */
public final class Matrix {
  private final INDArray array;
  private final int rows;
  private final int columns;
  private final FloatBuffer host;
  private final FloatPointer base;

  private Matrix(INDArray array, int rows, int columns) {
    this.array = array;
    this.rows = rows;
    this.columns = columns;
    this.host =
        array.dataType() == DataType.FLOAT && Backend.isCpu()
            ? array.data().asNioFloat().slice()
            : null;
    this.base = host == null ? null : new FloatPointer(host);
  }

  /** Zeros. */
  static Matrix allocate(DataType type, int rows, int columns) {
    return new Matrix(Nd4j.create(type, rows, columns), rows, columns);
  }

  /** Rows {@code [from, from + count)} of this matrix, sharing its memory. */
  public Matrix rows(int from, int count) {
    if (from == 0 && count == rows) {
      return this;
    }
    return new Matrix(
        array
            .get(NDArrayIndex.interval(from, from + count), NDArrayIndex.all())
            .reshape('c', count, columns),
        count,
        columns);
  }

  /** The values from {@code offset} on as a matrix of another shape, sharing this one's memory. */
  public Matrix carve(long offset, int newRows, int newColumns) {
    long count = (long) newRows * newColumns;
    INDArray view =
        array
            .reshape('c', new long[] {array.length()})
            .get(NDArrayIndex.interval(offset, offset + count))
            .reshape('c', newRows, newColumns);
    return new Matrix(view, newRows, newColumns);
  }

  public INDArray array() {
    return array;
  }

  public int rowCount() {
    return rows;
  }

  public int columnCount() {
    return columns;
  }

  /** The values as a float buffer, row-major; only for float matrices in host memory. */
  FloatBuffer host() {
    return host;
  }

  /** The address of value {@code offset}, for BLAS; only for float matrices in host memory. */
  FloatPointer pointer(long offset) {
    return base.getPointer(offset);
  }

  /** Copies all values into {@code target}, row by row. */
  public void read(double[] target) {
    if (host == null) {
      double[] values = array.dup('c').data().asDouble();
      System.arraycopy(values, 0, target, 0, rows * columns);
      return;
    }
    for (int i = 0; i < rows * columns; i++) {
      target[i] = host.get(i);
    }
  }

  /** Overwrites all values from {@code source}, row by row. */
  public void write(double[] source) {
    if (host == null) {
      double[] values =
          source.length == rows * columns
              ? source
              : java.util.Arrays.copyOf(source, rows * columns);
      array.assign(
          Nd4j.createFromArray(values).reshape('c', rows, columns).castTo(array.dataType()));
      return;
    }
    for (int i = 0; i < rows * columns; i++) {
      host.put(i, (float) source[i]);
    }
  }

  /** Overwrites all values from {@code source}, row by row. */
  public void write(float[] source) {
    if (host == null) {
      array.assign(
          Nd4j.createFromArray(source).reshape('c', rows, columns).castTo(array.dataType()));
      return;
    }
    host.put(0, source, 0, rows * columns);
  }

  public void zero() {
    array.assign(0);
  }

  void close() {
    if (array.closeable()) {
      array.close();
    }
  }
}
