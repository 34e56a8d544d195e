package dev.fletch.engine;

import java.util.Arrays;

/**
 * Which columns of a matrix belong to which example. Texts lie one behind the other. Images are
 * interleaved: the same pixel of all images lies side by side, so that under every tap of a window
 * there is one run of values, as long as the minibatch.
 */
public final class Examples {
  private final int[] firsts;
  private final int[] lengths;
  private final int step;

  private Examples(int[] firsts, int[] lengths, int step) {
    this.firsts = firsts;
    this.lengths = lengths;
    this.step = step;
  }

  /**
   * One behind the other.
   *
   * @param starts where the columns of each example begin, and at last where those of the last one
   *     end: {@code [N + 1]}
   */
  static Examples packed(int[] starts) {
    int count = starts.length - 1;
    int[] firsts = new int[count];
    int[] lengths = new int[count];
    for (int n = 0; n < count; n++) {
      firsts[n] = starts[n];
      lengths[n] = starts[n + 1] - starts[n];
    }
    return new Examples(firsts, lengths, 1);
  }

  /** Pixel by pixel, the same one of all images side by side. */
  static Examples interleaved(int count, int pixels) {
    int[] firsts = new int[count];
    int[] lengths = new int[count];
    for (int n = 0; n < count; n++) {
      firsts[n] = n;
      lengths[n] = pixels;
    }
    return new Examples(firsts, lengths, count);
  }

  /** Number of examples, N. */
  public int count() {
    return firsts.length;
  }

  /** How many columns example {@code n} has. */
  public int length(int n) {
    return lengths[n];
  }

  /** The column of pixel or position {@code i} of example {@code n}. */
  public int column(int n, int i) {
    return firsts[n] + i * step;
  }

  /** The example that a column belongs to. */
  int example(int column) {
    if (step > 1) {
      return column % step;
    }
    int n = 0;
    while (column >= firsts[n] + lengths[n]) {
      n++;
    }
    return n;
  }

  /** The pixel or position that a column is. */
  int index(int column) {
    return (column - firsts[example(column)]) / step;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Examples that
        && step == that.step
        && Arrays.equals(firsts, that.firsts)
        && Arrays.equals(lengths, that.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lengths) + step;
  }

  /** How far apart the columns of an example lie. */
  int step() {
    return step;
  }
}
