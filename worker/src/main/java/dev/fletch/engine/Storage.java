package dev.fletch.engine;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Room for a number of values in native memory. What lies in it is known when a plan is laid out;
 * where it is, only once the whole plan is known.
 */
final class Storage {
  private final long length;
  private final String unplaced;
  private INDArray block;
  private long offset;
  private FloatBuffer values;

  /**
   * @param length values
   * @param unplaced what to say if it is used before it has a place
   */
  Storage(long length, String unplaced) {
    this.length = length;
    this.unplaced = unplaced;
  }

  long length() {
    return length;
  }

  /**
   * Gives this storage its place.
   *
   * @param newBlock one row, in c order
   */
  void place(INDArray newBlock, long newOffset) {
    this.block = newBlock;
    this.offset = newOffset;
  }

  /** Values {@code [from, from + rows * columns)} as a row-major matrix. */
  INDArray view(long from, int rows, int columns) {
    requirePlace();
    long start = offset + from;
    return block
        .get(NDArrayIndex.interval(start, start + (long) rows * columns))
        .reshape('c', rows, columns);
  }

  /** Values {@code [from, from + count)}; null if they are not floats in host memory. */
  FloatBuffer host(long from, int count) {
    requirePlace();
    if (block.dataType() != DataType.FLOAT || !Backend.isCpu()) {
      return null;
    }
    if (values == null) {
      values = block.data().asNioFloat();
    }
    return values.slice(Math.toIntExact(offset + from), count);
  }

  private void requirePlace() {
    if (block == null) {
      throw new IllegalStateException(unplaced);
    }
  }
}
