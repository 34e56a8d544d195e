package dev.fletch.engine;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The operations on activations. All matrices are {@code [C, P]}, P being H*W*N for images, the
 * same pixel of all of them side by side; products are in {@link ProductKernels}, what slides
 * windows in {@link WindowKernels}.
 *
 * <p>Three implementations give the same mathematics: {@link VectorKernels} on the JDK's vector API
 * (float, host memory), {@link CudaKernels} on a card (float), and {@link Nd4jKernels} on ND4J
 * operations (any type, any backend).
 */
public abstract class Kernels extends ProductKernels implements AutoCloseable {
  /** The fastest that can do {@code type} on the host. */
  public static Kernels choose(DataType type, int threads) {
    return choose(Device.HOST, type, threads);
  }

  /** The fastest that can do {@code type} on a device. */
  public static Kernels choose(Device device, DataType type, int threads) {
    if (type == DataType.FLOAT && device instanceof Device.Card card) {
      return new CudaKernels(card.open().get(), card.precision());
    }
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
  public abstract void rowMeans(Matrix x, Doubles means);

  /** Takes its mean off every row. */
  public abstract void centreRows(Matrix x, Doubles means);

  /**
   * Takes its mean off every row and divides the row by sqrt(variance + epsilon).
   *
   * @param means receives the means of the rows as they were
   * @param variances receives their variances, divided by the number of columns
   */
  public abstract void normalizeRows(Matrix x, double epsilon, Doubles means, Doubles variances);

  /**
   * Backward of {@link #normalizeRows}, in place: {@code g = scale * (g - mean(g) - y * mean(g *
   * y))}, row by row.
   *
   * @param y what normalizeRows gave
   * @param scale 1 / sqrt(variance + epsilon)
   */
  public abstract void normalizeRowsBackward(Matrix y, Doubles scale, Matrix gradient);

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
      Doubles gamma,
      Doubles beta,
      Doubles means,
      Doubles variances,
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
      Doubles means,
      Doubles scale,
      Doubles gamma,
      Matrix dout,
      Matrix dx,
      Doubles dgamma,
      Doubles dbeta);

  /** Row-wise sum of x * y. */
  public abstract void rowDots(Matrix x, Matrix y, Doubles dots);

  /** y = x. */
  public abstract void copy(Matrix x, Matrix y);

  /**
   * y = diag(scale) x + shift, row by row; y may be x.
   *
   * @param scale null for ones
   * @param shift null for zeros
   */
  public abstract void scaleRows(Matrix x, Doubles scale, Doubles shift, Matrix y);

  /** y += diag(scale) x. */
  public abstract void addScaledRows(Matrix x, Doubles scale, Matrix y);

  /** y += scale * x. */
  public abstract void addScaled(Matrix x, double scale, Matrix y);

  /** out += sum over i of factors[i] * terms[i]. */
  public abstract void addWeighted(List<Matrix> terms, Factors factors, Matrix out);

  /**
   * Backward of {@link #addWeighted}: adds to the terms' gradients, and to those of the factors.
   *
   * @param dout dL/d(out)
   * @param dfactors dL/d(the vector that the factors lie in), added to where they lie
   */
  public abstract void addWeightedBackward(
      Matrix dout, List<Matrix> terms, Factors factors, List<Matrix> dterms, Doubles dfactors);

  /**
   * Rows of {@code mixed} {@code [C/K, P]}, then the rows of sum over i of factors[i] * bypasses[i]
   * {@code [C - C/K, P]}, shuffled in K groups: row {@code j * C/K + i} of these becomes row {@code
   * i * K + j} of {@code out} {@code [C, P]}.
   */
  public abstract void shuffle(Matrix mixed, List<Matrix> bypasses, Factors factors, Matrix out);

  /**
   * Backward of {@link #shuffle}: adds to the bypasses' gradients, and to those of the factors.
   *
   * @param dmixed receives dL/d(mixed); what is in it before does not matter
   * @param dfactors dL/d(the vector that the factors lie in), added to where they lie
   */
  public abstract void shuffleBackward(
      Matrix dout,
      Matrix dmixed,
      List<Matrix> bypasses,
      Factors factors,
      List<Matrix> dbypasses,
      Doubles dfactors);

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
  public abstract void exampleMeans(Matrix x, Examples examples, Doubles means);

  /**
   * Adds a value to all columns of an example, row by row.
   *
   * @param values {@code [C, N]}
   */
  public abstract void addToExamples(Doubles values, Examples examples, Matrix x);

  /**
   * y = x times the factor of each example, all rows alike; or adds that to {@code y}.
   *
   * @param factors {@code [N]}
   */
  public abstract void scaleExamples(
      Matrix x, Doubles factors, Examples examples, Matrix y, boolean adds);

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
   * y = x with another word in the place of each that is dropped.
   *
   * @param x {@code [1, P]}, numbers of words
   */
  public abstract void replaceWords(Matrix x, ElementDropout dropout, int replacement, Matrix y);

  /**
   * Rows of a table: column i of {@code out} is row {@code words[i]}.
   *
   * @param words {@code [1, P]}, numbers of words
   * @param table {@code [vocabulary, C]} at {@code offset}
   * @param out {@code [C, P]}
   */
  public abstract void embed(Matrix words, Doubles table, int offset, Matrix out);

  /** Backward of {@link #embed}: adds to {@code dtable} at {@code offset}. */
  public abstract void embedBackward(Matrix words, Matrix dout, Doubles dtable, int offset);

  /** The operations on the flat vectors and small matrices of a pass. */
  public abstract SmallKernels small();

  /** What works on flat vectors at the place of these kernels. */
  FlatKernels flat() {
    return FlatKernels.HOST;
  }

  /** Zeros, where these kernels look for them; theirs until they are closed. */
  public abstract Doubles doubles(int length);

  /**
   * Does work that consists of operations of these kernels, the same ones with the same operands
   * for the same key; only their values differ.
   */
  void replay(Object key, Runnable work) {
    work.run();
  }

  /**
   * Fails where memory is known not to suffice.
   *
   * @param bytes that will be asked for
   */
  void requireRoom(long bytes) {
    // the host's memory is the operating system's to give
  }

  /** A block of values, where these kernels look for them; whoever asked closes it. */
  abstract Memory memory(DataType type, long length);

  @Override
  public abstract void close();
}
