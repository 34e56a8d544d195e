package dev.fletch.engine.recurrent;

import static dev.fletch.engine.ProductLoops.COLUMNS;
import static dev.fletch.engine.ProductLoops.PANEL;
import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.ProductLoops;
import java.util.Arrays;

/**
 * A left operand of products, on the heap: rows in groups of 8, whose values of one column lie side
 * by side, {@code [groups, columns, 8]}.
 */
final class Packs {
  private final float[] values;
  private final int columns;

  Packs(int rows, int columns) {
    this.columns = columns;
    this.values = new float[Math.multiplyExact(Panels.padded(rows), columns)];
  }

  /** Where a column of a group of rows begins. */
  int at(int group, int column) {
    return (group * columns + column) * PANEL;
  }

  float[] values() {
    return values;
  }

  /**
   * Takes the columns of a panel, as far as there are so many, over.
   *
   * @param row of the panel that becomes the first of {@code group}; {@code rows} follow, a
   *     multiple of 8
   * @param column that the panel's first becomes
   */
  void pack(Panels from, int panel, int row, int rows, int group, int column) {
    int width = Math.min(WIDTH, columns - column);
    float[] source = from.values();
    for (int first = 0; first < rows; first += PANEL) {
      int to = at(group + first / PANEL, column);
      for (int r = 0; r < PANEL; r++) {
        int at = from.at(panel, row + first + r);
        for (int c = 0; c < width; c++) {
          values[to + c * PANEL + r] = source[at + c];
        }
      }
    }
  }

  /**
   * out = a b, or out += a b, for some rows of a and one panel of b.
   *
   * @param group first of the left operand; {@code rows}, a multiple of 8, are multiplied
   * @param panelOfB of b; its rows are the {@link #columns} terms
   */
  void multiply(
      int group, int rows, Panels b, int panelOfB, Panels out, int panel, int row, boolean add) {
    float[] sums = out.values();
    int from = b.at(panelOfB, 0);
    for (int first = 0; first < rows; first += PANEL) {
      int to = out.at(panel, row + first);
      if (!add) {
        Arrays.fill(sums, to, to + PANEL * WIDTH, 0);
      }
      for (int c = 0; c < WIDTH; c += COLUMNS) {
        ProductLoops.addProducts(
            values,
            at(group + first / PANEL, 0),
            PANEL,
            b.values(),
            from + c,
            WIDTH,
            columns,
            sums,
            to + c);
      }
    }
  }

  /**
   * out += a' b for all columns of a and one panel of b: what a gradient of weights is.
   *
   * @param terms rows of both
   * @param out has a row for each column of a
   */
  static void addTransposed(
      Panels a, int rowOfA, Panels b, int panelOfB, int rowOfB, int terms, Panels out, int panel) {
    for (int term = 0; term < terms; term += TERMS) {
      int count = Math.min(TERMS, terms - term);
      int from = b.at(panelOfB, rowOfB + term);
      for (int row = 0; row < a.columns(); row += PANEL) {
        int at = a.at(row / WIDTH, rowOfA + term) + row % WIDTH;
        int to = out.at(panel, row);
        PanelLoops.addProducts(a.values(), at, b.values(), from, count, out.values(), to);
      }
    }
  }

  /** Terms whose values of one panel stay in the first level cache. */
  private static final int TERMS = 128;
}
