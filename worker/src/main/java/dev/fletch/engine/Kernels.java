package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The operations on activations. All matrices are {@code [C, P]}, P being H*W*N for images, the
 * same pixel of all of them side by side; those on windows are in {@link WindowKernels}.
 *
 * <p>Two implementations give the same mathematics: {@link VectorKernels} on the JDK's vector API
 * (float, host memory) and {@link Nd4jKernels} on ND4J operations (any type, any backend).
 */
public abstract class Kernels extends WindowKernels implements AutoCloseable {
  /** The faster of the two that can do {@code type} here. */
  public static Kernels choose(DataType type, int threads) {
    boolean vector =
        type == DataType.FLOAT
            && Backend.isCpu()
            && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && !Boolean.getBoolean("fletch.engine.nd4j-kernels");
    return vector ? new VectorKernels(threads) : new Nd4jKernels();
  }

  /** Sets all values to 0. */
  public abstract void zero(Matrix x);

  /** Mean of every row. */
  public abstract void rowMeans(Matrix x, double[] means);

  /** Takes its mean off every row. */
  public abstract void centreRows(Matrix x, double[] means);

  /**
   * Takes its mean off every row and divides the row by sqrt(variance + epsilon).
   *
   * @param means receives the means of the rows as they were
   * @param variances receives their variances, divided by the number of columns
   */
  public abstract void normalizeRows(Matrix x, double epsilon, double[] means, double[] variances);

  /**
   * Backward of {@link #normalizeRows}, in place: {@code g = scale * (g - mean(g) - y * mean(g *
   * y))}, row by row.
   *
   * @param y what normalizeRows gave
   * @param scale 1 / sqrt(variance + epsilon)
   */
  public abstract void normalizeRowsBackward(Matrix y, double[] scale, Matrix gradient);

  /**
   * Batch norm with gamma and beta: {@code out = gamma (x - mean) / sqrt(variance + epsilon) +
   * beta}, row by row.
   *
   * @param means receives the means of the rows
   * @param variances receives their variances, divided by the number of columns
   */
  public abstract void batchNorm(
      Matrix x,
      double epsilon,
      double[] gamma,
      double[] beta,
      double[] means,
      double[] variances,
      Matrix out);

  /**
   * Backward of {@link #batchNorm}.
   *
   * @param means of the rows of x
   * @param scale 1 / sqrt(variance + epsilon)
   * @param dx receives dL/dx; what is in it before does not matter
   * @param dgamma receives dL/d(gamma)
   * @param dbeta receives dL/d(beta)
   */
  public abstract void batchNormBackward(
      Matrix x,
      double[] means,
      double[] scale,
      double[] gamma,
      Matrix dout,
      Matrix dx,
      double[] dgamma,
      double[] dbeta);

  /** Row-wise sum of x * y. */
  public abstract void rowDots(Matrix x, Matrix y, double[] dots);

  /** y = diag(scale) x + shift, row by row; y may be x. */
  public abstract void scaleRows(Matrix x, double[] scale, double[] shift, Matrix y);

  /** y += diag(scale) x. */
  public abstract void addScaledRows(Matrix x, double[] scale, Matrix y);

  /** y += scale * x. */
  public abstract void addScaled(Matrix x, double scale, Matrix y);

  /** Sum of all x * y. */
  public abstract double dot(Matrix x, Matrix y);

  /** out += sum over i of factors[i] * terms[i]. */
  public abstract void addWeighted(List<Matrix> terms, double[] factors, Matrix out);

  /**
   * Backward of {@link #addWeighted}: adds to the terms' gradients, and gives those of the factors.
   *
   * @param dout dL/d(out)
   * @param dfactors receives dL/d(factors)
   */
  public abstract void addWeightedBackward(
      Matrix dout, List<Matrix> terms, double[] factors, List<Matrix> dterms, double[] dfactors);

  /**
   * Rows of {@code mixed} {@code [C/K, P]}, then the rows of sum over i of factors[i] * bypasses[i]
   * {@code [C - C/K, P]}, shuffled in K groups: row {@code j * C/K + i} of these becomes row {@code
   * i * K + j} of {@code out} {@code [C, P]}.
   */
  public abstract void shuffle(Matrix mixed, List<Matrix> bypasses, double[] factors, Matrix out);

  /**
   * Backward of {@link #shuffle}: adds to the bypasses' gradients, and gives those of the factors.
   *
   * @param dmixed receives dL/d(mixed); what is in it before does not matter
   * @param dfactors receives dL/d(factors)
   */
  public abstract void shuffleBackward(
      Matrix dout,
      Matrix dmixed,
      List<Matrix> bypasses,
      double[] factors,
      List<Matrix> dbypasses,
      double[] dfactors);

  /** Where row {@code c} goes if groups of {@code width} rows are shuffled. */
  static int shuffled(int c, int width, Matrix of) {
    return c % width * (of.rowCount() / width) + c / width;
  }

  /** y = x, its elements dropped or enlarged. */
  public abstract void dropElements(Matrix x, ElementDropout dropout, Matrix y);

  /** Backward of {@link #dropElements}: adds to dx. */
  public abstract void dropElementsBackward(Matrix dy, ElementDropout dropout, Matrix dx);

  /** y = f(x), element by element. */
  public abstract void apply(ElementFunction f, Matrix x, Matrix y);

  /**
   * Backward of {@link #apply}.
   *
   * @param adds to what is in {@code dx}, in place of overwriting it
   */
  public abstract void applyBackward(
      ElementFunction f, Matrix x, Matrix dy, Matrix dx, boolean adds);

  /** out = x * y, element by element; or adds that to {@code out}. */
  public abstract void multiplyElements(Matrix x, Matrix y, Matrix out, boolean adds);

  /**
   * Mean of every row over the columns of each example.
   *
   * @param means receives {@code [C, N]}
   */
  public abstract void exampleMeans(Matrix x, Examples examples, double[] means);

  /**
   * Adds a value to all columns of an example, row by row.
   *
   * @param values {@code [C, N]}
   */
  public abstract void addToExamples(double[] values, Examples examples, Matrix x);

  /**
   * y = x times the factor of each example, all rows alike; or adds that to {@code y}.
   *
   * @param factors {@code [N]}
   */
  public abstract void scaleExamples(
      Matrix x, double[] factors, Examples examples, Matrix y, boolean adds);

  /**
   * Attention of every position of an example to all of them (Vaswani et al., 2017, section 3.2):
   * softmax over the keys of q'k / sqrt(d) weighs the values.
   *
   * @param x {@code [3 C, P]}: the queries of all heads, d = C / heads rows each, then their keys,
   *     then their values
   * @param out {@code [C, P]}
   */
  public abstract void attend(Matrix x, Examples examples, int heads, Matrix out);

  /**
   * Backward of {@link #attend}.
   *
   * @param dx receives dL/dx; what is in it before does not matter
   */
  public abstract void attendBackward(
      Matrix x, Examples examples, int heads, Matrix dout, Matrix dx);

  /**
   * Rows of a table: column i of {@code out} is row {@code words[i]}.
   *
   * @param table {@code [vocabulary, C]} at {@code offset}
   * @param out {@code [C, P]}
   */
  public abstract void embed(int[] words, double[] table, int offset, Matrix out);

  /** Backward of {@link #embed}: adds to {@code dtable} at {@code offset}. */
  public abstract void embedBackward(int[] words, Matrix dout, double[] dtable, int offset);

  /** Independent pieces of work on host memory, 0 to n - 1, on the kernels' threads. */
  public abstract void onHost(int n, IntConsumer work);

  /** out = a b + keep * out. */
  public final void multiply(Matrix a, Matrix b, Matrix out, double keep) {
    check(a.rowCount(), a.columnCount(), b.rowCount(), b.columnCount(), out);
    product(a, b, out, keep);
  }

  /** out = a b + shift, a value per row. */
  public final void multiplyAndShift(Matrix a, Matrix b, double[] shift, Matrix out) {
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
      Matrix a, Matrix b, Matrix out, double scale, double[] means) {
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

  abstract void product(Matrix a, Matrix b, Matrix out, double keep);

  abstract void productSums(List<SumOfProducts> sums);

  void productAndShift(Matrix a, Matrix b, double[] shift, Matrix out) {
    product(a, b, out, 0);
    shiftRows(out, shift);
  }

  /** Adds a value to every row; none if {@code shift} is null. */
  final void shiftRows(Matrix x, double[] shift) {
    if (shift == null) {
      return;
    }
    double[] ones = new double[shift.length];
    Arrays.fill(ones, 1);
    scaleRows(x, ones, shift, x);
  }

  void symmetricProduct(Matrix x, Matrix out, double scale) {
    productTransposed(x, x, out, scale, null);
  }

  abstract void productTransposed(Matrix a, Matrix b, Matrix out, double scale, double[] means);

  /** Wrong shapes would crash in native code. */
  static void check(int m, int k, int k2, int n, Matrix out) {
    if (k != k2 || out.rowCount() != m || out.columnCount() != n) {
      throw new IllegalArgumentException(
          "Cannot multiply [%d, %d] with [%d, %d] into [%d, %d]"
              .formatted(m, k, k2, n, out.rowCount(), out.columnCount()));
    }
  }

  @Override
  public abstract void close();
}
