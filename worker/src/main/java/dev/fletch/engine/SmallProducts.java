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

  /** Columns of a tile. */
  private static final int WIDTH = 256;

  /** Rows of the wide matrix that are loaded together. */
  private static final int TERMS = 16;

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
        (ws, from, count, sums) -> {
          if (keep != 0) {
            addScaled(out, from, count, keep, sums);
          }
          accumulate(ws, small, a, x, from, count, sums);
        });
  }

  /** out = sum over i of a[i] x[i]. */
  void multiplySum(List<Matrix> a, List<Matrix> x, Matrix out) {
    List<float[]> small = a.stream().map(SmallProducts::padded).toList();
    forEachTile(
        out,
        (ws, from, count, sums) -> {
          for (int i = 0; i < small.size(); i++) {
            accumulate(ws, small.get(i), a.get(i), x.get(i), from, count, sums);
          }
        });
  }

  /** out = a x + shift, a value per row. */
  void multiplyAndShift(Matrix a, Matrix x, double[] shift, Matrix out) {
    float[] small = padded(a);
    forEachTile(
        out,
        (ws, from, count, sums) -> {
          for (int row = 0; row < shift.length; row++) {
            Arrays.fill(sums, row * WIDTH, (row + 1) * WIDTH, (float) shift[row]);
          }
          accumulate(ws, small, a, x, from, count, sums);
        });
  }

  /** Computes some columns of the result. */
  private interface Tile {
    /**
     * @param sums what to add to: zeros, a row of {@code WIDTH} values for every row of the result
     */
    void compute(Workspace ws, int from, int count, float[] sums);
  }

  private void forEachTile(Matrix out, Tile tile) {
    int n = out.columnCount();
    int width = width(n);
    parallel.forEach(
        (n + width - 1) / width,
        number -> {
          int from = number * width;
          int count = Math.min(width, n - from);
          Workspace ws = Workspace.current();
          float[] sums = ws.filled(0, roundedUp(out.rowCount(), TWO) * WIDTH, 0);
          tile.compute(ws, from, count, sums);
          for (int row = 0; row < out.rowCount(); row++) {
            out.host().put(row * n + from, sums, row * WIDTH, count);
          }
        });
  }

  private static void addScaled(Matrix out, int from, int count, float keep, float[] sums) {
    for (int row = 0; row < out.rowCount(); row++) {
      int at = row * WIDTH;
      out.host().get(row * out.columnCount() + from, sums, at, count);
      for (int i = at; keep != 1 && i < at + count; i++) {
        sums[i] *= keep;
      }
    }
  }

  /** Adds the product of the small matrix with a tile of x. */
  private static void accumulate(
      Workspace ws, float[] small, Matrix shape, Matrix x, int from, int count, float[] sums) {
    int inputs = shape.columnCount();
    int stride = roundedUp(inputs, FOUR);
    int width = roundedUp(count, LANES);
    float[] tile = ws.array(1, TERMS * WIDTH);
    for (int first = 0; first < inputs; first += TERMS) {
      int terms = Math.min(TERMS, inputs - first);
      for (int term = 0; term < terms; term++) {
        x.host().get((first + term) * x.columnCount() + from, tile, term * WIDTH, count);
        Arrays.fill(tile, term * WIDTH + count, term * WIDTH + width, 0);
      }
      Arrays.fill(tile, terms * WIDTH, roundedUp(terms, FOUR) * WIDTH, 0);
      for (int term = 0; term < terms; term += FOUR) {
        for (int row = 0; row < shape.rowCount(); row += TWO) {
          int weights = row * stride + first + term;
          addTwoRows(small, weights, stride, tile, term * WIDTH, sums, row * WIDTH, width);
        }
      }
    }
  }

  /** out[row, row + 1][0..n) += sum over four terms of a[.][term] * x[term][0..n). */
  private static void addTwoRows(
      float[] a, int weights, int stride, float[] x, int from, float[] out, int row, int n) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, a[weights]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, a[weights + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, a[weights + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, a[weights + 3]);
    FloatVector b0 = FloatVector.broadcast(SPECIES, a[weights + stride]);
    FloatVector b1 = FloatVector.broadcast(SPECIES, a[weights + stride + 1]);
    FloatVector b2 = FloatVector.broadcast(SPECIES, a[weights + stride + 2]);
    FloatVector b3 = FloatVector.broadcast(SPECIES, a[weights + stride + 3]);
    int x1 = from + WIDTH;
    int x2 = x1 + WIDTH;
    int x3 = x2 + WIDTH;
    int next = row + WIDTH;
    for (int j = 0; j < n; j += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, out, row + j);
      FloatVector v = FloatVector.fromArray(SPECIES, out, next + j);
      FloatVector term = FloatVector.fromArray(SPECIES, x, from + j);
      u = a0.fma(term, u);
      v = b0.fma(term, v);
      term = FloatVector.fromArray(SPECIES, x, x1 + j);
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
  private int width(int columns) {
    int share = (columns + 2 * parallel.threads() - 1) / (2 * parallel.threads());
    return Math.min(WIDTH, Math.max(LANES, roundedUp(share, LANES)));
  }

  private static int roundedUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }
}
