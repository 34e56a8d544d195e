package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * Products of a matrix with few rows and columns with one of very many columns: what a 1x1
 * convolution is. A BLAS rearranges its operands for the cache first, which takes as long as such a
 * product; here a tile of columns is copied once and everything is done with it in the first level
 * cache.
 */
final class SmallProducts {
  /** Up to here the loops here are faster than the BLAS. */
  private static final int FEW = 16;

  /** With no more rows than these they are twice as fast, however many terms a sum has. */
  private static final int FEWEST = 8;

  /**
   * Values of a tile: half of the first level cache. Memory is read faster in long runs, so few
   * rows make wide tiles.
   */
  private static final int VALUES = 4096;

  private static final int NARROWEST = 256;

  /** Rows and terms that {@link #addTwoRows} works on. */
  private static final int TWO = 2;

  private static final int FOUR = 4;

  private final Parallel parallel;

  SmallProducts(Parallel parallel) {
    this.parallel = parallel;
  }

  /** Whether a is small enough to be multiplied here. */
  static boolean suits(Matrix a) {
    return a.rowCount() <= FEWEST || (a.rowCount() <= FEW && a.columnCount() <= FEW);
  }

  /** out = a x + keep * out. */
  void multiply(Matrix a, Matrix x, Matrix out, float keep) {
    float[] small = padded(a);
    forEachTile(
        out,
        (tile, sums) -> {
          if (keep != 0) {
            addScaled(out, tile, keep, sums);
          }
          accumulate(tile, small, a, x, sums);
        });
  }

  /** out = sum over i of a[i] x[i]. */
  void multiplySum(List<Matrix> a, List<Matrix> x, Matrix out) {
    List<float[]> small = a.stream().map(SmallProducts::padded).toList();
    forEachTile(
        out,
        (tile, sums) -> {
          for (int i = 0; i < small.size(); i++) {
            accumulate(tile, small.get(i), a.get(i), x.get(i), sums);
          }
        });
  }

  /** out = a x + shift, a value per row. */
  void multiplyAndShift(Matrix a, Matrix x, double[] shift, Matrix out) {
    float[] small = padded(a);
    forEachTile(
        out,
        (tile, sums) -> {
          for (int row = 0; row < shift.length; row++) {
            int at = row * tile.stride();
            Arrays.fill(sums, at, at + tile.stride(), (float) shift[row]);
          }
          accumulate(tile, small, a, x, sums);
        });
  }

  /**
   * Some columns of a result.
   *
   * @param stride how far apart rows lie in the arrays that hold a tile
   */
  private record Tile(Workspace ws, int from, int count, int stride) {}

  /** Computes the values of a tile. */
  private interface Computation {
    /**
     * @param sums what to add to: zeros, a row of {@code stride} values for every row of the tile
     */
    void compute(Tile tile, float[] sums);
  }

  private void forEachTile(Matrix out, Computation computation) {
    int rows = out.rowCount();
    int n = out.columnCount();
    int width = width(n, Math.max(NARROWEST, roundedUp(VALUES / rows, LANES)));
    parallel.forEach(
        (n + width - 1) / width,
        number -> {
          int from = number * width;
          Tile tile = new Tile(Workspace.current(), from, Math.min(width, n - from), width);
          float[] sums = tile.ws().filled(0, roundedUp(rows, TWO) * width, 0);
          computation.compute(tile, sums);
          for (int row = 0; row < rows; row++) {
            out.host().put(row * n + from, sums, row * width, tile.count());
          }
        });
  }

  private static void addScaled(Matrix out, Tile tile, float keep, float[] sums) {
    for (int row = 0; row < out.rowCount(); row++) {
      int at = row * tile.stride();
      out.host().get(row * out.columnCount() + tile.from(), sums, at, tile.count());
      for (int i = at; keep != 1 && i < at + tile.count(); i++) {
        sums[i] *= keep;
      }
    }
  }

  /** Adds the product of the small matrix with a tile of x. */
  private static void accumulate(Tile tile, float[] small, Matrix shape, Matrix x, float[] sums) {
    int inputs = shape.columnCount();
    int columns = roundedUp(inputs, FOUR);
    int width = tile.stride();
    int count = roundedUp(tile.count(), LANES);
    float[] loaded = tile.ws().array(1, FOUR * width);
    for (int term = 0; term < inputs; term += FOUR) {
      load(tile, x, term, Math.min(FOUR, inputs - term), loaded);
      for (int row = 0; row < shape.rowCount(); row += TWO) {
        int weights = row * columns + term;
        addTwoRows(small, weights, columns, loaded, sums, row * width, width, count);
      }
    }
  }

  /** Copies the tile's columns of up to four rows of x, with zeros behind them. */
  private static void load(Tile tile, Matrix x, int first, int terms, float[] loaded) {
    int count = tile.count();
    for (int term = 0; term < terms; term++) {
      int at = term * tile.stride();
      x.host().get((first + term) * x.columnCount() + tile.from(), loaded, at, count);
      Arrays.fill(loaded, at + count, at + roundedUp(count, LANES), 0);
    }
    Arrays.fill(loaded, terms * tile.stride(), FOUR * tile.stride(), 0);
  }

  /**
   * out[row, row + 1][0..n) += sum over four terms of a[.][term] * x[term][0..n).
   *
   * @param stride how far apart the rows of a lie
   * @param width how far apart those of x and out lie
   */
  private static void addTwoRows(
      float[] a, int weights, int stride, float[] x, float[] out, int row, int width, int n) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, a[weights]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, a[weights + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, a[weights + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, a[weights + 3]);
    FloatVector b0 = FloatVector.broadcast(SPECIES, a[weights + stride]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, a[weights + stride + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, a[weights + stride + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, a[weights + stride + 3]);
    int x2 = 2 * width;
    int x3 = 3 * width;
    int next = row + width;
    for (int j = 0; j < n; j += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, out, row + j);
      FloatVector v = FloatVector.fromArray(SPECIES, out, next + j);
      FloatVector term = FloatVector.fromArray(SPECIES, x, j);
      u = a0.fma(term, u);
      v = b0.fma(term, v);
      term = FloatVector.fromArray(SPECIES, x, width + j);
      u = a1.fma(term, u);
      v = b1.fma(term, v);
      term = FloatVector.fromArray(SPECIES, x, x2 + j);
      u = a2.fma(term, u);
      v = b2.fma(term, v);
      term = FloatVector.fromArray(SPECIES, x, x3 + j);
      u = a3.fma(term, u);
      v = b3.fma(term, v);
      u.intoArray(out, row + j);
      v.intoArray(out, next + j);
    }
  }

  /** The values with rows of zeros below and zeros behind, so that no loop has a remainder. */
  private static float[] padded(Matrix small) {
    int columns = roundedUp(small.columnCount(), FOUR);
    float[] values = new float[roundedUp(small.rowCount(), TWO) * columns];
    for (int row = 0; row < small.rowCount(); row++) {
      small.host().get(row * small.columnCount(), values, row * columns, small.columnCount());
    }
    return values;
  }

  /** A narrow matrix is cut into narrower tiles, so that all threads get some. */
  private int width(int columns, int most) {
    int share = (columns + 2 * parallel.threads() - 1) / (2 * parallel.threads());
    return Math.min(most, Math.max(LANES, roundedUp(share, LANES)));
  }

  private static int roundedUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }
}
