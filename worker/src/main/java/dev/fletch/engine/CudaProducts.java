package dev.fletch.engine;

import dev.fletch.cuda.Driver;
import java.util.List;

/**
 * Products of matrices on a card, as {@link Kernels} says of the operations of the same names.
 * Every value is a sum in an order that depends on shapes only.
 */
final class CudaProducts implements AutoCloseable {
  private final CudaScratch scratch;
  private final CudaProductSums sums;
  private final CudaTransposedProducts transposed;

  /**
   * @param tf32 whether factors may be rounded to the 11 bits that tensor cores multiply, where the
   *     card has such
   */
  CudaProducts(Driver driver, boolean tf32) {
    this.scratch = new CudaScratch(driver);
    this.sums = new CudaProductSums(driver, scratch, tf32);
    this.transposed = new CudaTransposedProducts(driver, scratch, tf32);
  }

  /** out = a b + keep * out. */
  void product(Matrix a, Matrix b, Matrix out, double keep) {
    sums.compute(new SumOfProducts(List.of(a), List.of(b), out), keep);
  }

  /**
   * out = a b + shift.
   *
   * @param shift a value per row, or null
   */
  void productAndShift(Matrix a, Matrix b, Doubles shift, Matrix out) {
    sums.compute(new SumOfProducts(List.of(a), List.of(b), out, shift), 0);
  }

  /** Sums with equally many columns, each of which may be written in the place of an own term. */
  void productSums(List<SumOfProducts> wanted) {
    sums.compute(wanted);
  }

  /**
   * out = scale * a b'.
   *
   * @param means if not null, receives the mean of every row of a
   */
  void productTransposed(Matrix a, Matrix b, Matrix out, double scale, Doubles means) {
    transposed.product(a, b, out, scale, means);
  }

  /** out = scale * x x'. */
  void symmetricProduct(Matrix x, Matrix out, double scale) {
    transposed.symmetric(List.of(x), List.of(out), scale);
  }

  /** The same of several matrices of the same shape. */
  void symmetricProducts(List<Matrix> x, List<Matrix> out, double scale) {
    transposed.symmetric(x, out, scale);
  }

  @Override
  public void close() {
    scratch.close();
  }
}
