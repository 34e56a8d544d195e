package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;

import java.util.Arrays;

/**
 * scale * a b' of a matrix a with very few rows and very many columns: the products of a gradient
 * with what it is the gradient of, where few channels are mixed. A BLAS rearranges its operands for
 * the cache first, which takes longer than such a product.
 *
 * <p>As in {@link Covariances} the columns are cut into a fixed number of parts whose sums are
 * added in order, so the result does not depend on the threads.
 */
final class CrossProducts {
  /** Up to here the loops here are faster than the BLAS. */
  private static final int FEW_ROWS = 8;

  /** How many parts the columns are cut into. */
  private static final int PARTS = 8;

  private static final int TILE = Covariances.TILE;
  private static final int DOWN = Covariances.DOWN;
  private static final int ACROSS = Covariances.ACROSS;

  private final Parallel parallel;

  CrossProducts(Parallel parallel) {
    this.parallel = parallel;
  }

  /** Whether a is small enough to be multiplied here. */
  static boolean suits(Matrix a) {
    return a.rowCount() <= FEW_ROWS;
  }

  /** out = scale * a b'. */
  void multiply(Matrix a, Matrix b, Matrix out, double scale) {
    float[][] sums = new float[PARTS][];
    int columns = a.columnCount();
    parallel.forEach(
        PARTS,
        part -> {
          int from = (int) ((long) columns * part / PARTS);
          int to = (int) ((long) columns * (part + 1) / PARTS);
          sums[part] = sums(a, b, from, to);
        });
    double[] result = new double[a.rowCount() * b.rowCount()];
    for (int i = 0; i < result.length; i++) {
      double sum = 0;
      for (float[] part : sums) {
        sum += part[i];
      }
      result[i] = scale * sum;
    }
    out.write(result);
  }

  private static float[] sums(Matrix a, Matrix b, int from, int to) {
    int rows = a.rowCount();
    int columns = b.rowCount();
    int down = (rows + DOWN - 1) / DOWN * DOWN;
    int across = (columns + ACROSS - 1) / ACROSS * ACROSS;
    Workspace ws = Workspace.current();
    float[] lanes = ws.filled(1, down * across * LANES, 0);
    // rows of a, rows of zeros, then as many of b as are worked on together
    float[] tile = ws.array(0, (down + ACROSS) * TILE);
    Arrays.fill(tile, rows * TILE, (down + ACROSS) * TILE, 0);
    for (int start = from; start < to; start += TILE) {
      int count = Math.min(TILE, to - start);
      int padded = (count + LANES - 1) / LANES * LANES;
      for (int i = 0; i < rows; i++) {
        load(a, i, start, count, padded, tile, i * TILE);
      }
      for (int j = 0; j < columns; j += ACROSS) {
        for (int k = 0; k < ACROSS && j + k < columns; k++) {
          load(b, j + k, start, count, padded, tile, (down + k) * TILE);
        }
        for (int i = 0; i < down; i += DOWN) {
          int block = (j * down + i * ACROSS) * LANES;
          Covariances.addDots(tile, i * TILE, down * TILE, padded, lanes, block);
        }
      }
    }
    float[] sums = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int block = j / ACROSS * ACROSS * down + i / DOWN * DOWN * ACROSS;
        int sum = block + i % DOWN * ACROSS + j % ACROSS;
        sums[i * columns + j] = (float) VectorLoops.sumLanes(lanes, sum);
      }
    }
    return sums;
  }

  private static void load(
      Matrix x, int row, int start, int count, int padded, float[] tile, int at) {
    x.host().get(row * x.columnCount() + start, tile, at, count);
    Arrays.fill(tile, at + count, at + padded, 0);
  }
}
