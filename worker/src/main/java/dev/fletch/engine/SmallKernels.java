package dev.fletch.engine;

import java.util.List;

/**
 * What is done to the flat vectors and small matrices of a pass, in double precision. They never
 * leave the place where the kernels work.
 */
public interface SmallKernels {
  /**
   * 1x1 convolutions with batch norm that are computed together.
   *
   * @param products of the same shape
   * @param factors of each
   */
  ClosedForm closedForm(List<NormalizedProduct> products, List<RowFactor> factors);

  /** {@code to} = the numbers from {@code at} on, row by row. */
  void copy(Doubles from, int at, Matrix to);

  /**
   * A matrix {@code [rows, to.rows]} that starts at {@code at}, transposed, becomes columns {@code
   * [column, column + rows)} of {@code to}.
   */
  void copyTransposed(Doubles from, int at, int rows, Matrix to, int column);

  /** Copies {@code n} numbers. */
  void copy(Doubles from, int at, Doubles to, int toAt, int n);

  /** Adds all values of a matrix to the numbers from {@code at} on. */
  void add(Matrix from, Doubles to, int at);

  /** Adds {@code by} times {@code n} numbers. */
  void addScaled(Doubles from, int at, double by, Doubles to, int toAt, int n);

  /**
   * Product of a matrix and a vector.
   *
   * @param matrix {@code [rows, x.length]}, starts at {@code at}
   * @param out receives {@code rows} numbers from {@code outAt} on
   */
  void multiply(Doubles matrix, int at, int rows, Doubles x, Doubles out, int outAt);

  /**
   * What batch norm keeps of a minibatch: 1 / sqrt(variance + epsilon) of every row, and in the
   * flat statistics means and unbiased variances.
   *
   * @param of the rows of the batch norm
   * @param taken what was taken off the rows before, to be added to their means; or null
   * @param columns that means and variances were computed over
   * @param scale receives 1 / sqrt(variance + epsilon)
   */
  void noteStatistics(
      NormRows of,
      Doubles means,
      Doubles variances,
      Doubles taken,
      int columns,
      Doubles scale,
      Doubles statistics);

  /**
   * Batch norm with the running statistics, put into gamma and beta: gamma' = gamma / sqrt(variance
   * + epsilon), beta' = beta - mean gamma'.
   *
   * @param of the rows of gamma and beta
   */
  void foldStatistics(NormRows of, Doubles statistics, Doubles gamma, Doubles beta);

  /**
   * Rows of a batch norm.
   *
   * @param first of them
   * @param count how many
   * @param means where their means start in the flat statistics; their variances follow
   */
  record NormRows(int first, int count, int means) {
    int variances() {
      return means + count;
    }
  }

  /**
   * Logits: {@code W pooled + bias}.
   *
   * @param pooled {@code [C, N]}
   * @param logits receives {@code [N, classes]}
   */
  void classify(Classifier of, Doubles weights, Doubles pooled, int examples, Doubles logits);

  /**
   * Backward of the mean cross-entropy of the logits, times its weight: adds to the pass's
   * gradient.
   *
   * @param labels {@code [N]}
   * @param perColumn receives dL/d(a value of the example) {@code [C, N]}: each had an equal part
   *     in what was pooled
   */
  void classifyBackward(
      Classifier of,
      Pass pass,
      Doubles pooled,
      Doubles logits,
      Doubles labels,
      Examples examples,
      Doubles perColumn);
}
