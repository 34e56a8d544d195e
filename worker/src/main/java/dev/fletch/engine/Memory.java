package dev.fletch.engine;

import org.nd4j.linalg.api.buffer.DataType;

/** A block of values where the kernels that work on it have it: in host memory or on a card. */
abstract class Memory implements AutoCloseable {
  abstract DataType type();

  /** Number of values. */
  abstract long length();

  /** Copies values {@code [from, from + count)} into {@code target} from index {@code at} on. */
  abstract void read(long from, int count, double[] target, int at);

  /** Copies values {@code [from, from + target.length)}. */
  abstract void read(long from, int count, float[] target);

  /** Overwrites values {@code [from, from + count)} from index {@code at} of {@code source} on. */
  abstract void write(long from, int count, double[] source, int at);

  /** Overwrites values {@code [from, from + count)}. */
  abstract void write(long from, int count, float[] source);

  /** Sets values {@code [from, from + count)} to 0. */
  abstract void zero(long from, int count);

  final long bytes() {
    return length() * type().width();
  }

  @Override
  public abstract void close();
}
