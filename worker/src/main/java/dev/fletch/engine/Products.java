package dev.fletch.engine;

import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;

/** Matrix products into preallocated matrices. */
public final class Products {
  private Products() {}

  /** out = a b + keep * out. */
  public static void multiply(Matrix a, Matrix b, Matrix out, double keep) {
    check(a.rowCount(), a.columnCount(), b.rowCount(), b.columnCount(), out);
    Nd4j.exec(new Mmul(a.array(), b.array(), out.array(), 1.0, keep, null));
  }

  /** out = scale * a b'. */
  public static void multiplyTransposed(Matrix a, Matrix b, Matrix out, double scale) {
    check(a.rowCount(), a.columnCount(), b.columnCount(), b.rowCount(), out);
    MMulTranspose second =
        MMulTranspose.builder().transposeA(false).transposeB(true).transposeResult(false).build();
    Nd4j.exec(new Mmul(a.array(), b.array(), out.array(), scale, 0.0, second));
  }

  /** Wrong shapes would crash in native code. */
  private static void check(int m, int k, int k2, int n, Matrix out) {
    if (k != k2 || out.rowCount() != m || out.columnCount() != n) {
      throw new IllegalArgumentException(
          "Cannot multiply ["
              + m
              + ", "
              + k
              + "] with ["
              + k2
              + ", "
              + n
              + "] into ["
              + out.rowCount()
              + ", "
              + out.columnCount()
              + "]");
    }
  }
}
