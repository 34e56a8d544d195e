package dev.fletch.engine;

import static dev.fletch.engine.ProductLoops.DOTS;
import static dev.fletch.engine.VectorLoops.LANES;

import java.util.Arrays;

/**
 * scale * a b' of matrices with few rows and very many columns: the products of a gradient with
 * what it is the gradient of, and covariances, of which only half is computed.
 *
 * <p>The columns are cut into a fixed number of parts whose sums are added in order, so the result
 * does not depend on the threads. Partial sums are in single precision, a vector of them for each
 * value; sums of these are in double.
 */
final class Dots {
  /** How many parts the columns are cut into. */
  private static final int PARTS = 8;

  /** Columns that are loaded together. */
  private static final int WIDTH = 512;

  /** Rows of a that are loaded together: they stay in the second level cache. */
  private static final int ROWS = 64;

  /**
   * Partial sums that are kept from tile to tile, if there are many tiles; where they are more,
   * they would not stay in the caches and are summed at once.
   */
  private static final int KEPT = 65_536;

  private static final int MANY_TILES = 4;

  /** Values of a block of {@link ProductLoops#addDots}. */
  private static final int BLOCK = DOTS * DOTS;

  private final Parallel parallel;

  Dots(Parallel parallel) {
    this.parallel = parallel;
  }

  /**
   * out = scale * a b'.
   *
   * @param means receives the mean of every row of a; null if nobody asks
   */
  void multiply(Matrix a, Matrix b, Matrix out, double scale, double[] means) {
    int stride = roundedUp(b.rowCount()) + (means == null ? 0 : DOTS);
    double[] sums = sums(a, b, stride, false, means != null);
    for (int i = 0; means != null && i < means.length; i++) {
      means[i] = sums[i * stride + roundedUp(b.rowCount())] / a.columnCount();
    }
    double[] result = new double[a.rowCount() * b.rowCount()];
    for (int i = 0; i < result.length; i++) {
      result[i] = scale * sums[i / b.rowCount() * stride + i % b.rowCount()];
    }
    out.write(result);
  }

  /** out = scale * x x'. */
  void covariance(Matrix x, Matrix out, double scale) {
    int rows = x.rowCount();
    int stride = roundedUp(rows);
    double[] sums = sums(x, x, stride, true, false);
    double[] result = new double[rows * rows];
    for (int i = 0; i < rows; i++) {
      for (int j = i; j < rows; j++) {
        result[i * rows + j] = scale * sums[i * stride + j];
        result[j * rows + i] = result[i * rows + j];
      }
    }
    out.write(result);
  }

  /**
   * a b', its rows {@code stride} apart.
   *
   * @param half what lies below the diagonal is not wanted
   * @param total behind each row of products stands the sum of the row of a
   */
  private double[] sums(Matrix a, Matrix b, int stride, boolean half, boolean total) {
    double[][] parts = new double[PARTS][];
    int columns = a.columnCount();
    parallel.forEach(
        PARTS,
        part -> {
          int from = (int) ((long) columns * part / PARTS);
          int to = (int) ((long) columns * (part + 1) / PARTS);
          Sums sums = new Sums(a.rowCount(), stride, b.rowCount(), (to - from) / WIDTH);
          for (int start = from; start < to; start += WIDTH) {
            int count = Math.min(WIDTH, to - start);
            for (int row = 0; row < a.rowCount(); row += ROWS) {
              add(a, row, b, start, count, half, sums);
              if (total) {
                addRows(a.rowCount() - row, count, sums, row);
              }
            }
          }
          parts[part] = sums.all();
        });
    double[] all = parts[0];
    for (int part = 1; part < PARTS; part++) {
      for (int i = 0; i < all.length; i++) {
        all[i] += parts[part][i];
      }
    }
    return all;
  }

  /** The products of all rows, and the partial sums that they are made of. */
  private static final class Sums {
    private final double[] values;
    private final int stride;
    private final int across;
    private final boolean keeps;
    private final float[] lanes;

    /**
     * @param stride how far apart the rows of values lie
     * @param columns how many of a row are products
     * @param tiles how often something is added to each
     */
    Sums(int rows, int stride, int columns, int tiles) {
      this.values = new double[roundedUp(rows) * stride];
      this.stride = stride;
      this.across = (columns + DOTS - 1) / DOTS;
      int blocks = values.length / stride / DOTS * across;
      this.keeps = blocks * BLOCK * LANES <= KEPT && tiles >= MANY_TILES;
      this.lanes = Workspace.current().filled(2, (keeps ? blocks : 1) * BLOCK * LANES, 0);
    }

    /** Where the partial sums of the block at row i and column j begin. */
    int begin(int i, int j) {
      return keeps ? (i / DOTS * across + j / DOTS) * BLOCK * LANES : 0;
    }

    /** To be called when something was added to a block. */
    void added(int i, int j) {
      if (!keeps) {
        sum(i, j, 0);
        Arrays.fill(lanes, 0, BLOCK * LANES, 0);
      }
    }

    private void sum(int i, int j, int from) {
      for (int k = 0; k < BLOCK; k++) {
        values[(i + k / DOTS) * stride + j + k % DOTS] +=
            VectorLoops.sumVector(lanes, from + k * LANES);
      }
    }

    double[] all() {
      for (int i = 0; keeps && i < values.length / stride; i += DOTS) {
        for (int j = 0; j < across * DOTS; j += DOTS) {
          sum(i, j, begin(i, j));
        }
      }
      return values;
    }
  }

  /** Adds the sums of the rows that were loaded last, behind the products of each. */
  private static void addRows(int rows, int count, Sums sums, int first) {
    float[] left = Workspace.current().array(0, ROWS * WIDTH);
    for (int row = 0; row < Math.min(ROWS, rows); row++) {
      sums.values[(first + row) * sums.stride + sums.across * DOTS] +=
          VectorLoops.sum(left, row * WIDTH, count);
    }
  }

  /** Adds the products of some columns of some rows of a with all rows of b. */
  private static void add(
      Matrix a, int first, Matrix b, int start, int count, boolean half, Sums sums) {
    int rows = Math.min(ROWS, a.rowCount() - first);
    int padded = (count + LANES - 1) / LANES * LANES;
    Workspace ws = Workspace.current();
    float[] left = ws.array(0, ROWS * WIDTH);
    load(a, first, roundedUp(rows), start, count, padded, left);
    float[] right = ws.array(1, DOTS * WIDTH);
    for (int j = half ? first : 0; j < b.rowCount(); j += DOTS) {
      boolean loaded = half && j < first + rows;
      if (!loaded) {
        load(b, j, DOTS, start, count, padded, right);
      }
      int last = half ? Math.min(rows, j + DOTS - first) : rows;
      for (int i = 0; i < last; i += DOTS) {
        float[] other = loaded ? left : right;
        int from = loaded ? (j - first) * WIDTH : 0;
        int to = sums.begin(first + i, j);
        ProductLoops.addDots(left, i * WIDTH, other, from, WIDTH, padded, sums.lanes, to);
        sums.added(first + i, j);
      }
    }
  }

  /** Copies columns of some rows, with zeros behind them and below the last row. */
  private static void load(
      Matrix x, int first, int rows, int start, int count, int padded, float[] to) {
    for (int row = 0; row < rows; row++) {
      int at = row * WIDTH;
      if (first + row < x.rowCount()) {
        x.host().get((first + row) * x.columnCount() + start, to, at, count);
        Arrays.fill(to, at + count, at + padded, 0);
      } else {
        Arrays.fill(to, at, at + padded, 0);
      }
    }
  }

  private static int roundedUp(int rows) {
    return (rows + DOTS - 1) / DOTS * DOTS;
  }
}
