package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * scale * x x' of a matrix with few rows and very many columns, of which only half is computed. A
 * BLAS rearranges its operands for the cache first, which for few rows takes longer than the
 * product; those are done here, more rows by the BLAS.
 *
 * <p>The columns are cut into a fixed number of parts whose sums are added in order, so the result
 * does not depend on the threads.
 */
final class Covariances {
  /** Up to here the loops here are faster than the BLAS. */
  private static final int FEW_ROWS = 24;

  /** How many parts the columns are cut into. */
  private static final int PARTS = 8;

  /** Columns that are loaded together: {@code FEW_ROWS} of them fit the second level cache. */
  static final int TILE = 512;

  /** Rows and columns of the result that {@link #addDots} computes together. */
  static final int DOWN = 4;

  static final int ACROSS = 2;

  private final Parallel parallel;

  Covariances(Parallel parallel) {
    this.parallel = parallel;
  }

  /** out = scale * x x'. */
  void compute(Matrix x, Matrix out, double scale) {
    int rows = x.rowCount();
    float[][] sums = new float[PARTS][];
    int columns = x.columnCount();
    parallel.forEach(
        PARTS,
        part -> {
          int from = (int) ((long) columns * part / PARTS);
          int to = (int) ((long) columns * (part + 1) / PARTS);
          sums[part] = rows <= FEW_ROWS ? few(x, from, to) : many(x, from, to);
        });
    double[] result = new double[rows * rows];
    for (int i = 0; i < rows; i++) {
      for (int j = i; j < rows; j++) {
        double sum = 0;
        for (float[] part : sums) {
          sum += part[i * rows + j];
        }
        result[i * rows + j] = scale * sum;
        result[j * rows + i] = scale * sum;
      }
    }
    out.write(result);
  }

  private static float[] many(Matrix x, int from, int to) {
    int rows = x.rowCount();
    float[] sums = new float[rows * rows];
    try (FloatPointer target = new FloatPointer(sums)) {
      openblas.cblas_ssyrk(
          openblas.CblasRowMajor,
          openblas.CblasUpper,
          openblas.CblasNoTrans,
          rows,
          to - from,
          1f,
          x.pointer(from),
          x.columnCount(),
          0f,
          target,
          rows);
      target.get(sums);
    }
    return sums;
  }

  private static float[] few(Matrix x, int from, int to) {
    int rows = x.rowCount();
    int down = (rows + DOWN - 1) / DOWN * DOWN;
    Workspace ws = Workspace.current();
    float[] lanes = ws.filled(1, down * down * LANES, 0);
    float[] tile = ws.array(0, down * TILE);
    Arrays.fill(tile, rows * TILE, down * TILE, 0);
    for (int start = from; start < to; start += TILE) {
      int count = Math.min(TILE, to - start);
      int padded = (count + LANES - 1) / LANES * LANES;
      for (int row = 0; row < rows; row++) {
        x.host().get(row * x.columnCount() + start, tile, row * TILE, count);
        Arrays.fill(tile, row * TILE + count, row * TILE + padded, 0);
      }
      for (int j = 0; j < rows; j += ACROSS) {
        for (int i = 0; i <= j + 1; i += DOWN) {
          addDots(tile, i * TILE, j * TILE, padded, lanes, (j * down + i * ACROSS) * LANES);
        }
      }
    }
    float[] sums = new float[rows * rows];
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i <= j; i++) {
        int block = j / ACROSS * ACROSS * down + i / DOWN * DOWN * ACROSS;
        int sum = block + i % DOWN * ACROSS + j % ACROSS;
        sums[i * rows + j] = (float) VectorLoops.sumLanes(lanes, sum);
      }
    }
    return sums;
  }

  /**
   * Adds the sums of products of rows i to i + 3 with rows j and j + 1, in the order (i, j), to
   * {@code lanes} from {@code l} on, a vector of partial sums each.
   */
  static void addDots(float[] x, int i, int j, int n, float[] lanes, int l) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, lanes, l);
    FloatVector c01 = FloatVector.fromArray(SPECIES, lanes, l + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, lanes, l + 2 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, lanes, l + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, lanes, l + 4 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, lanes, l + 5 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, lanes, l + 6 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, lanes, l + 7 * LANES);
    int i1 = i + TILE;
    int i2 = i1 + TILE;
    int i3 = i2 + TILE;
    int j1 = j + TILE;
    for (int k = 0; k < n; k += LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, x, j + k);
      FloatVector v1 = FloatVector.fromArray(SPECIES, x, j1 + k);
      FloatVector u0 = FloatVector.fromArray(SPECIES, x, i + k);
      c00 = u0.fma(v0, c00);
      c01 = u0.fma(v1, c01);
      FloatVector u1 = FloatVector.fromArray(SPECIES, x, i1 + k);
      c10 = u1.fma(v0, c10);
      c11 = u1.fma(v1, c11);
      FloatVector u2 = FloatVector.fromArray(SPECIES, x, i2 + k);
      c20 = u2.fma(v0, c20);
      c21 = u2.fma(v1, c21);
      FloatVector u3 = FloatVector.fromArray(SPECIES, x, i3 + k);
      c30 = u3.fma(v0, c30);
      c31 = u3.fma(v1, c31);
    }
    c00.intoArray(lanes, l);
    c01.intoArray(lanes, l + LANES);
    c10.intoArray(lanes, l + 2 * LANES);
    c11.intoArray(lanes, l + 3 * LANES);
    c20.intoArray(lanes, l + 4 * LANES);
    c21.intoArray(lanes, l + 5 * LANES);
    c30.intoArray(lanes, l + 6 * LANES);
    c31.intoArray(lanes, l + 7 * LANES);
  }
}
