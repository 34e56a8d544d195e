package dev.fletch.engine;

import java.util.List;

/** The products of matrices; their shapes are checked here, for whatever kernels there are. */
public abstract class ProductKernels extends WindowKernels {
  // only implementations in this package
  ProductKernels() {}

  /** out = a b + keep * out. */
  public final void multiply(Matrix a, Matrix b, Matrix out, double keep) {
    check(a.rowCount(), a.columnCount(), b.rowCount(), b.columnCount(), out);
    product(a, b, out, keep);
  }

  /** out = a b + shift, a value per row. */
  public final void multiplyAndShift(Matrix a, Matrix b, Doubles shift, Matrix out) {
    check(a.rowCount(), a.columnCount(), b.rowCount(), b.columnCount(), out);
    productAndShift(a, b, shift, out);
  }

  /** out = scale * a b'. */
  public final void multiplyTransposed(Matrix a, Matrix b, Matrix out, double scale) {
    multiplyTransposed(a, b, out, scale, null);
  }

  /**
   * out = scale * a b'.
   *
   * @param means if not null, receives the mean of every row of a
   */
  public final void multiplyTransposed(
      Matrix a, Matrix b, Matrix out, double scale, Doubles means) {
    check(a.rowCount(), a.columnCount(), b.columnCount(), b.rowCount(), out);
    productTransposed(a, b, out, scale, means);
  }

  /**
   * Computes several sums of products with equally many columns. Those that read the same matrices
   * are best computed together: what they share is read once. A sum may be written in the place of
   * one of its own terms.
   */
  public final void multiplySums(List<SumOfProducts> sums) {
    productSums(sums);
  }

  /** out = scale * x x'. */
  public final void covariance(Matrix x, Matrix out, double scale) {
    check(x.rowCount(), x.columnCount(), x.columnCount(), x.rowCount(), out);
    symmetricProduct(x, out, scale);
  }

  /** {@link #covariance} of several matrices of the same shape. */
  public final void covariances(List<Matrix> x, List<Matrix> out, double scale) {
    for (int i = 0; i < x.size(); i++) {
      check(
          x.get(i).rowCount(),
          x.get(i).columnCount(),
          x.get(i).columnCount(),
          x.get(i).rowCount(),
          out.get(i));
    }
    symmetricProducts(x, out, scale);
  }

  void symmetricProducts(List<Matrix> x, List<Matrix> out, double scale) {
    for (int i = 0; i < x.size(); i++) {
      symmetricProduct(x.get(i), out.get(i), scale);
    }
  }

  abstract void product(Matrix a, Matrix b, Matrix out, double keep);

  abstract void productSums(List<SumOfProducts> sums);

  abstract void productAndShift(Matrix a, Matrix b, Doubles shift, Matrix out);

  abstract void symmetricProduct(Matrix x, Matrix out, double scale);

  abstract void productTransposed(Matrix a, Matrix b, Matrix out, double scale, Doubles means);

  /** Wrong shapes would crash in native code. */
  static void check(int m, int k, int k2, int n, Matrix out) {
    if (k != k2 || out.rowCount() != m || out.columnCount() != n) {
      throw new IllegalArgumentException(
          "Cannot multiply [%d, %d] with [%d, %d] into [%d, %d]"
              .formatted(m, k, k2, n, out.rowCount(), out.columnCount()));
    }
  }
}
