package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import java.util.Arrays;
import java.util.List;

/**
 * What rows have to do with some panels of words, in one go: values, e to their power, the sums of
 * these, and their products with the matrix, which are what the gradient of the rows is made of. A
 * panel's values are in the first level cache from the one to the other, and its weights in the
 * second from segment to segment.
 */
final class SoftmaxBlock {
  /** Blocks of a large vocabulary: enough to divide, and few enough to sum up. */
  private static final int BLOCKS = 24;

  /** Panels whose values stay in the cache, and whose sums of products in registers. */
  private static final int TOGETHER = 8;

  private final Panels turned;
  private final int size;
  private final float[] gathered;

  /**
   * @param turned the weights, {@code [C + 1, V]}, the bias last
   */
  SoftmaxBlock(Panels turned, int size) {
    this.turned = turned;
    this.size = size;
    this.gathered = new float[TOGETHER * turned.at(1, 0)];
  }

  /** Panels of a block, of so many. */
  static int panels(int panels) {
    return Math.max(TOGETHER, (panels + BLOCKS - 1) / BLOCKS);
  }

  /** How many blocks there are. */
  static int count(int panels) {
    return (panels + panels(panels) - 1) / panels(panels);
  }

  private int begin(int block) {
    return block * panels(turned.panels());
  }

  private int end(int block) {
    return Math.min(turned.panels(), begin(block + 1));
  }

  /** Values of all words of a block. */
  void logits(int block, SoftmaxRows rows) {
    for (int p = begin(block); p < end(block); p++) {
      logits(p, 0, rows);
    }
  }

  /**
   * Values of all words of a block, replaced by e^(value - reference).
   *
   * @param products whether their products with the matrix are wanted
   */
  void powers(int block, List<SoftmaxRows> segments, boolean products) {
    for (SoftmaxRows rows : segments) {
      SoftmaxRows.Found to = rows.found[block];
      Arrays.fill(to.powers(), 0);
      Arrays.fill(to.largest(), 0);
      if (products) {
        int dots = SoftmaxRows.dotsOfGroup(rows.kept().length);
        Arrays.fill(to.dots(), 0, rows.groups() * dots, 0);
      }
    }
    int end = end(block);
    for (int first = begin(block); first < end; first += TOGETHER) {
      int panels = Math.min(TOGETHER, end - first);
      for (SoftmaxRows rows : segments) {
        powers(first, panels, rows, rows.found[block]);
        if (products) {
          addProducts(first, panels, rows, rows.found[block].dots());
        }
      }
    }
  }

  private void powers(int first, int panels, SoftmaxRows rows, SoftmaxRows.Found to) {
    float[] values = rows.values.values();
    int n = rows.count() * WIDTH;
    for (int p = first; p < first + panels; p++) {
      logits(p, p - first, rows);
      int at = rows.values.at(p, 0);
      SoftmaxLoops.powers(values, at, rows.references, to.powers(), to.largest(), n);
    }
  }

  private boolean isWhole(int[] kept) {
    return kept.length == size;
  }

  /**
   * @param place among panels whose rows are gathered
   */
  private void logits(int p, int place, SoftmaxRows rows) {
    Panels values = rows.values;
    int[] kept = rows.kept();
    int to = values.at(p, 0);
    Arrays.fill(values.values(), to, to + rows.groups() * Packs.ROWS * WIDTH, 0);
    boolean whole = isWhole(kept);
    float[] matrix = whole ? turned.values() : gathered;
    int from = turned.at(whole ? p : place, 0);
    if (!whole) {
      gather(p, kept, from);
    }
    rows.packed.addProducts(
        0, rows.groups(), 0, kept.length + 1, matrix, from, values.values(), to);
  }

  /** Some rows of a panel of the weights, and that of the bias. */
  private void gather(int p, int[] kept, int to) {
    float[] from = turned.values();
    for (int k = 0; k < kept.length; k++) {
      System.arraycopy(from, turned.at(p, kept[k]), gathered, to + k * WIDTH, WIDTH);
    }
    System.arraycopy(from, turned.at(p, size), gathered, to + kept.length * WIDTH, WIDTH);
  }

  private void addProducts(int first, int panels, SoftmaxRows rows, float[] dots) {
    int pairs = (rows.kept().length + 1) / 2;
    boolean whole = isWhole(rows.kept());
    float[] matrix = whole ? turned.values() : gathered;
    int from = turned.at(whole ? first : 0, 0);
    for (int group = 0; group < rows.groups(); group++) {
      for (int pair = 0; pair < pairs; pair++) {
        SoftmaxLoops.addDots(
            rows.values.values(),
            rows.values.at(first, group * Packs.ROWS),
            rows.values.at(1, 0),
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
