package dev.fletch.engine;

import java.util.List;

/**
 * 1x1 convolutions followed by batch norm and a factor per row, in closed form: neither a product
 * nor its normalised copy is ever stored. Several convolutions of the same shape are computed
 * together, each of an input of its own.
 *
 * <p>d is the input {@code [K, P]} with rows of mean zero (P = H*W*N), m the means taken off, W the
 * weights {@code [C, K]}, a the factor per output row (a mixing weight, or batch norm's gamma), G =
 * dL/d(output), of mean zero per row. Then
 *
 * <pre>
 * S = d d' / P        T = W S        s = 1 / sqrt(rowsum(T * W) + eps)        output = diag(a s) W d
 * M = G d' / P        r = s * rowsum(M * W)                                   dL/da = P r
 * dL/dW = P diag(a s) (M - diag(r s) T)
 * dL/dd = W' diag(a s) G - W' diag(a s^2 r) W d
 * </pre>
 *
 * ({@code *} is element-wise). Centring d first is what keeps the variance exact when the mean is
 * large against the spread: no two large numbers are subtracted. All small matrices are in double
 * precision; those that meet activations are rounded to their type.
 *
 * <p>Methods take the numbers of the convolutions that are {@code present}, in order; those of the
 * others are not touched. Between {@link #forward} and {@link #backward} nothing else may be
 * computed.
 */
public abstract class ClosedForm {
  private final List<NormalizedProduct> products;
  private final List<RowFactor> factors;

  /**
   * @param products of the same shape, at least one
   * @param factors of each
   */
  ClosedForm(List<NormalizedProduct> products, List<RowFactor> factors) {
    this.products = List.copyOf(products);
    this.factors = List.copyOf(factors);
    NormalizedProduct first = products.get(0);
    for (NormalizedProduct product : products) {
      if (product.rows() != first.rows() || product.inputs() != first.inputs()) {
        throw new IllegalArgumentException(
            "Cannot compute %s together with %s".formatted(product, first));
      }
    }
  }

  final int count() {
    return products.size();
  }

  final NormalizedProduct product(int i) {
    return products.get(i);
  }

  final RowFactor factor(int i) {
    return factors.get(i);
  }

  /** How the matrices {@code [C, K]} of several convolutions lie in one. */
  public enum Layout {
    /** Side by side, {@code [C, n K]}: only where all of them are present. */
    WIDE,
    /** One below the other: {@code [n C, K]}. */
    TALL
  }

  /** Where the matrix of convolution i starts in a larger one. */
  final int start(int i, Layout layout) {
    NormalizedProduct of = products.get(i);
    return layout == Layout.WIDE ? i * of.inputs() : i * of.rows() * of.inputs();
  }

  /** Columns of that larger one. */
  final int stride(Layout layout) {
    int inputs = products.get(0).inputs();
    return layout == Layout.WIDE ? products.size() * inputs : inputs;
  }

  /**
   * Normalises, with the minibatch's statistics in training, which are noted in the pass, otherwise
   * with the running ones; and writes diag(a s) W.
   *
   * @param covariances S of each, {@code [n K, K]}; read in training only
   * @param means m of each {@code [K]}; read in training only
   * @param columns P
   * @param folded receives diag(a s) W of each
   */
  public abstract void forward(
      Pass pass,
      int[] present,
      Matrix covariances,
      List<Doubles> means,
      int columns,
      Matrix folded,
      Layout layout);

  /** In evaluation: adds {@code -a mean s}, what a row gets beside its product. */
  public abstract void addShifts(Pass pass, int[] present, Doubles shifts, int at);

  /**
   * Backward in training: adds dL/dW and dL/da to the pass.
   *
   * @param moments M of each
   * @param columns P
   * @param ofOutput receives W' diag(a s) of each, {@code [n K, C]}: what multiplies G; or null
   * @param ofInput receives -W' diag(a s^2 r) W of each, {@code [n K, K]}: what multiplies d; or
   *     null
   */
  public abstract void backward(
      Pass pass,
      int[] present,
      Matrix moments,
      Layout layout,
      int columns,
      Matrix ofOutput,
      Matrix ofInput);

  /**
   * Backward in evaluation, where batch norm is a map with constants: adds dL/da to the pass.
   *
   * @param moments M of each, of a G whose means have not been taken off
   * @param means those of G's rows, of which the first lies at {@code at}
   * @param ofOutput as in {@link #backward}
   */
  public abstract void backwardInEvaluation(
      Pass pass,
      int[] present,
      Matrix moments,
      Layout layout,
      int columns,
      Doubles means,
      int at,
      Matrix ofOutput);

  /** Writes W' diag(a s) of all of them, {@code [n K, C]}: what multiplies G. */
  public abstract void gradientOfOutput(Pass pass, Matrix ofOutput);

  /**
   * For a G of which the means have not been taken off, of one convolution alone: what they would
   * add to dL/dd and must not.
   *
   * @param means of G's rows
   * @param shifts receives -W' diag(a s) means {@code [K]}
   */
  public abstract void shiftsOfInput(Pass pass, Doubles means, Doubles shifts);
}
