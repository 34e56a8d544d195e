package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import java.util.Arrays;

/**
 * A left operand of products, on the heap: rows in groups of {@value #ROWS}, whose values of one
 * term lie side by side, {@code [groups, terms, ROWS]}.
 */
final class Packs {
  /** Rows of a group: those that a product works on together. */
  static final int ROWS = 5;

  /** Terms that are added in one go: a panel of so many rows stays in the first level cache. */
  private static final int TERMS = 320;

  private final float[] values;
  private final int groups;
  private final int terms;

  Packs(int rows, int terms) {
    this.groups = padded(rows) / ROWS;
    this.terms = terms;
    this.values = new float[Math.multiplyExact(groups * ROWS, terms)];
  }

  /** The next multiple of {@link #ROWS}. */
  static int padded(int rows) {
    return (rows + ROWS - 1) / ROWS * ROWS;
  }

  static long padded(long rows) {
    return (rows + ROWS - 1) / ROWS * ROWS;
  }

  /** Where a term of a group of rows begins. */
  private int at(int group, int term) {
    return (group * terms + term) * ROWS;
  }

  /** Where the value of a row lies. */
  int at(int group, int row, int term) {
    return at(group, term) + row;
  }

  float[] values() {
    return values;
  }

  /**
   * Takes rows of a panel over, whose columns become terms.
   *
   * @param row of the panel that becomes the first of {@code group}; {@code rows} follow
   * @param term that the panel's first column becomes
   */
  void pack(Panels from, int panel, int row, int rows, int group, int term) {
    int width = from.width(panel);
    float[] source = from.values();
    for (int r = 0; r < rows; r++) {
      int to = at(group + r / ROWS, r % ROWS, term);
      int at = from.at(panel, row + r);
      for (int c = 0; c < width; c++) {
        values[to + c * ROWS] = source[at + c];
      }
    }
  }

  /** Takes a panel over whose columns become rows, and whose rows become terms. */
  void packColumns(Panels from, int panel) {
    int width = from.width(panel);
    float[] source = from.values();
    for (int c = 0; c < width; c++) {
      int column = panel * WIDTH + c;
      int to = at(column / ROWS, column % ROWS, 0);
      int at = from.at(panel, 0) + c;
      for (int r = 0; r < terms; r++) {
        values[to + r * ROWS] = source[at + r * WIDTH];
      }
    }
  }

  /**
   * out = a b, or out += a b, for some rows of a, all its terms, and one panel of b.
   *
   * @param group first of {@code groups} of the left operand
   * @param row of {@code out} that the first becomes
   */
  void multiply(
      int group, int groups, Panels b, int panelOfB, Panels out, int panel, int row, boolean add) {
    int to = out.at(panel, row);
    if (!add) {
      Arrays.fill(out.values(), to, to + groups * ROWS * WIDTH, 0);
    }
    addProducts(group, groups, 0, terms, b.values(), b.at(panelOfB, 0), out.values(), to);
  }

  /**
   * out += a b for all of a and panels {@code [from, to)} of b.
   *
   * @param row of b that belongs to the first term
   */
  void addProducts(Panels b, int from, int to, int row, Panels out) {
    for (int p = from; p < to; p++) {
      addProducts(0, groups, 0, terms, b.values(), b.at(p, row), out.values(), out.at(p, 0));
    }
  }

  /**
   * out += a b for some rows and terms of a.
   *
   * @param b {@code [count, WIDTH]} from {@code from} on
   * @param out a row of WIDTH for each of the groups' rows, from {@code to} on
   */
  void addProducts(
      int group, int groups, int term, int count, float[] b, int from, float[] out, int to) {
    int parts = (count + TERMS - 1) / TERMS;
    for (int part = 0; part < parts; part++) {
      int first = count * part / parts;
      int here = count * (part + 1) / parts - first;
      for (int g = 0; g < groups; g++) {
        PanelLoops.addProducts(
            values,
            at(group + g, term + first),
            b,
            from + first * WIDTH,
            here,
            out,
            to + g * ROWS * WIDTH);
      }
    }
  }
}
