package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import java.util.Arrays;

/**
 * What a segment's rows have to do with some panels of words, in one go: values, e to their power,
 * the sums of these, and their products with the matrix, which are what the gradient of the rows is
 * made of. A panel's values are in the first level cache from the one to the other.
 */
final class SoftmaxBlock {
  /** Blocks of a large vocabulary: enough to divide, and few enough to sum up. */
  private static final int BLOCKS = 24;

  /** Panels whose values stay in the cache, and whose sums of products in registers. */
  private static final int TOGETHER = 8;

  private final Panels turned;
  private final int size;
  private final float[] gathered;
  private final float[] powers;
  private final float[] largest;

  /**
   * @param turned the weights, {@code [C + 1, V]}, the bias last
   * @param rows of a segment at most
   */
  SoftmaxBlock(Panels turned, int size, int rows) {
    this.turned = turned;
    this.size = size;
    this.gathered = new float[TOGETHER * turned.at(1, 0)];
    this.powers = new float[rows * WIDTH];
    this.largest = new float[rows * WIDTH];
  }

  /** Panels of a block, of so many. */
  static int panels(int panels) {
    return Math.max(TOGETHER, (panels + BLOCKS - 1) / BLOCKS);
  }

  /** How many blocks there are. */
  static int count(int panels) {
    return (panels + panels(panels) - 1) / panels(panels);
  }

  /**
   * Where a block writes what it found.
   *
   * @param sums by row, of powers
   * @param largest by row, power
   * @param dots products of powers with each of the columns that are kept: for groups of rows and
   *     pairs of columns the sums of {@link SoftmaxLoops#addDots}
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
  record Found(double[] sums, float[] largest, float[] dots) {
    Found(int rows, int size) {
      this(new double[rows], new float[rows], new float[rows / Packs.ROWS * dotsOfGroup(size)]);
    }
  }

  /** Length of the sums of a group of rows. */
  static int dotsOfGroup(int kept) {
    return (kept + 1) / 2 * SoftmaxLoops.DOTS;
  }

  /** Values of all words of a block. */
  void logits(int block, Packs packed, int count, int[] kept, Panels values) {
    int panels = panels(turned.panels());
    int end = Math.min(turned.panels(), (block + 1) * panels);
    for (int p = block * panels; p < end; p++) {
      logits(p, 0, packed, count, kept, values);
    }
  }

  /**
   * Values of all words of a block, replaced by e^(value - reference).
   *
   * @param packed what was read: {@code count} rows of the {@code kept} columns, and a 1
   * @param references by row, over all its lanes
   * @param products whether those are wanted
   */
  void powers(
      int block,
      Packs packed,
      int count,
      int[] kept,
      float[] references,
      Panels values,
      boolean products,
      Found to) {
    int n = count * WIDTH;
    int groups = Packs.padded(count) / Packs.ROWS;
    int all = panels(turned.panels());
    int end = Math.min(turned.panels(), (block + 1) * all);
    Arrays.fill(powers, 0, n, 0);
    Arrays.fill(largest, 0, n, 0);
    if (products) {
      Arrays.fill(to.dots, 0, groups * dotsOfGroup(kept.length), 0);
    }
    for (int first = block * all; first < end; first += TOGETHER) {
      int panels = Math.min(TOGETHER, end - first);
      for (int p = first; p < first + panels; p++) {
        logits(p, p - first, packed, count, kept, values);
        SoftmaxLoops.powers(values.values(), values.at(p, 0), references, powers, largest, n);
      }
      if (products) {
        addProducts(first, panels, groups, kept, values, to.dots);
      }
    }
    for (int row = 0; row < count; row++) {
      double sum = 0;
      float most = 0;
      for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
        sum += powers[i];
        most = Math.max(most, largest[i]);
      }
      to.sums[row] = sum;
      to.largest[row] = most;
    }
  }

  private boolean isWhole(int[] kept) {
    return kept.length == size;
  }

  /**
   * @param place among panels whose rows are gathered
   */
  private void logits(int p, int place, Packs packed, int count, int[] kept, Panels values) {
    int groups = Packs.padded(count) / Packs.ROWS;
    int to = values.at(p, 0);
    Arrays.fill(values.values(), to, to + groups * Packs.ROWS * WIDTH, 0);
    float[] rows = turned.values();
    int from = turned.at(p, 0);
    if (!isWhole(kept)) {
      rows = gathered;
      from = turned.at(place, 0);
      gather(p, kept, from);
    }
    packed.addProducts(0, groups, 0, kept.length + 1, rows, from, values.values(), to);
  }

  /** Some rows of a panel of the weights, and that of the bias. */
  private void gather(int p, int[] kept, int to) {
    float[] from = turned.values();
    for (int k = 0; k < kept.length; k++) {
      System.arraycopy(from, turned.at(p, kept[k]), gathered, to + k * WIDTH, WIDTH);
    }
    System.arraycopy(from, turned.at(p, size), gathered, to + kept.length * WIDTH, WIDTH);
  }

  private void addProducts(
      int first, int panels, int groups, int[] kept, Panels values, float[] dots) {
    int pairs = (kept.length + 1) / 2;
    boolean whole = isWhole(kept);
    float[] matrix = whole ? turned.values() : gathered;
    int from = whole ? turned.at(first, 0) : 0;
    for (int group = 0; group < groups; group++) {
      for (int pair = 0; pair < pairs; pair++) {
        SoftmaxLoops.addDots(
            values.values(),
            values.at(first, group * Packs.ROWS),
            values.at(1, 0),
            matrix,
            from + 2 * pair * WIDTH,
            turned.at(1, 0),
            panels,
            dots,
            (group * pairs + pair) * SoftmaxLoops.DOTS);
      }
    }
  }
}
