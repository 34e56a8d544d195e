package dev.fletch.engine.recurrent;

import static dev.fletch.engine.VectorLoops.LANES;

import java.util.Arrays;

/**
 * A matrix on the heap, cut into panels of a few columns that lie one behind the other, each row by
 * row: {@code [panels, rows, WIDTH]}. The columns of the last panel that the matrix does not have,
 * and the rows that make their number a multiple of {@link Packs#ROWS}, are there for products to
 * run over.
 */
final class Panels {
  /** Columns of a panel: those that a product works on together. */
  static final int WIDTH = 2 * LANES;

  private final float[] values;
  private final int rows;
  private final int columns;

  /** Zeros. */
  Panels(int rows, int columns) {
    this.rows = Packs.padded(rows);
    this.columns = columns;
    this.values = new float[Math.multiplyExact(count(columns) * WIDTH, this.rows)];
  }

  /** Panels of a matrix with so many columns. */
  static int count(int columns) {
    return (columns + WIDTH - 1) / WIDTH;
  }

  /** Length of the array of a matrix. */
  static long length(long rows, int columns) {
    return Packs.padded(rows) * count(columns) * WIDTH;
  }

  float[] values() {
    return values;
  }

  /** Where a row of a panel begins. */
  int at(int panel, int row) {
    return (panel * rows + row) * WIDTH;
  }

  int panels() {
    return count(columns);
  }

  /** With those that make it a multiple of {@link Packs#ROWS}. */
  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  void zero() {
    Arrays.fill(values, 0);
  }

  /** Columns of a panel that the matrix has. */
  int width(int panel) {
    return Math.min(WIDTH, columns - panel * WIDTH);
  }

  /**
   * Writes rows {@code [first, first + count)}.
   *
   * @param source row by row, {@code columns} values each, from index {@code from} on
   */
  void write(float[] source, int from, int first, int count) {
    for (int panel = 0; panel < panels(); panel++) {
      for (int row = 0; row < count; row++) {
        int at = from + row * columns + panel * WIDTH;
        System.arraycopy(source, at, values, at(panel, first + row), width(panel));
      }
    }
  }

  /** Reads what {@link #write} writes. */
  void read(float[] target, int from, int first, int count) {
    for (int panel = 0; panel < panels(); panel++) {
      for (int row = 0; row < count; row++) {
        int at = from + row * columns + panel * WIDTH;
        System.arraycopy(values, at(panel, first + row), target, at, width(panel));
      }
    }
  }

  /** Copies rows {@code [0, count)} of one panel to rows of another matrix of the same columns. */
  void copy(int panel, Panels to, int first, int count) {
    System.arraycopy(values, at(panel, 0), to.values, to.at(panel, first), count * WIDTH);
  }
}
