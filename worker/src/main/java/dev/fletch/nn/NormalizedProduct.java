package dev.fletch.nn;

import dev.fletch.engine.Pass;
import java.util.Arrays;

/**
 * A 1x1 convolution followed by batch norm and a factor per row, in closed form: neither the
 * product nor its normalised copy is ever stored.
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
 * precision.
 */
public final class NormalizedProduct {
  /** Batch norm's epsilon, PyTorch's default. */
  public static final double EPSILON = 1e-5;

  private final int rows;
  private final int inputs;
  private final int weightOffset;
  private final int statisticsOffset;
  private final int statisticsChannels;
  private final double[] product;
  private final double[] scale;
  private final double[] projection;

  /**
   * @param rows C
   * @param inputs K
   * @param weightOffset where W {@code [C, K]} starts in the flat weights
   * @param statisticsOffset where this product's first mean lies in the flat statistics; its
   *     variances lie {@code statisticsChannels} further
   */
  public NormalizedProduct(
      int rows, int inputs, int weightOffset, int statisticsOffset, int statisticsChannels) {
    this.rows = rows;
    this.inputs = inputs;
    this.weightOffset = weightOffset;
    this.statisticsOffset = statisticsOffset;
    this.statisticsChannels = statisticsChannels;
    this.product = new double[rows * inputs];
    this.scale = new double[rows];
    this.projection = new double[rows];
  }

  public int rows() {
    return rows;
  }

  public int inputs() {
    return inputs;
  }

  /**
   * Training: normalises with the minibatch's statistics and notes them in the pass.
   *
   * @param covariance S {@code [K, K]}, starting at {@code from}
   * @param means m {@code [K]}, starting at {@code meansFrom}
   * @param columns P
   */
  public void normalize(
      Pass pass, double[] covariance, int from, double[] means, int meansFrom, int columns) {
    double[] w = pass.weights();
    Arrays.fill(product, 0);
    for (int c = 0; c < rows; c++) {
      int row = c * inputs;
      double mean = 0;
      for (int k = 0; k < inputs; k++) {
        double weight = w[weightOffset + row + k];
        mean += weight * means[meansFrom + k];
        axpy(weight, covariance, from + k * inputs, product, row, inputs);
      }
      double variance = Math.max(0, dot(product, row, w, weightOffset + row, inputs));
      scale[c] = 1 / Math.sqrt(variance + EPSILON);
      pass.batchStatistics()[statisticsOffset + c] = mean;
      pass.batchStatistics()[statisticsOffset + statisticsChannels + c] =
          columns > 1 ? variance * columns / (columns - 1) : variance;
    }
  }

  /**
   * Evaluation: normalises with the running statistics; the output then needs {@link
   * #evaluationShift} added.
   */
  public void normalizeWithRunningStatistics(Pass pass) {
    for (int c = 0; c < rows; c++) {
      double variance = pass.runningStatistics()[statisticsOffset + statisticsChannels + c];
      scale[c] = 1 / Math.sqrt(variance + EPSILON);
    }
  }

  /** What evaluation adds to output row c, before the factor a: -mean * s. */
  public double evaluationShift(Pass pass, int c) {
    return -pass.runningStatistics()[statisticsOffset + c] * scale[c];
  }

  /**
   * Writes diag(a s) W into a larger matrix.
   *
   * @param factors a {@code [C]}
   * @param target row-major with {@code stride} columns; the block starts at {@code at}
   */
  public void fold(Pass pass, double[] factors, double[] target, int at, int stride) {
    double[] w = pass.weights();
    for (int c = 0; c < rows; c++) {
      double factor = factors[c] * scale[c];
      for (int k = 0; k < inputs; k++) {
        target[at + c * stride + k] = factor * w[weightOffset + c * inputs + k];
      }
    }
  }

  /**
   * Backward of the small matrices; adds dL/dW to the pass.
   *
   * @param moments M, row-major with {@code stride} columns, the block starting at {@code at}
   * @param factors a {@code [C]}
   * @param columns P
   * @param dfactors receives dL/da {@code [C]}
   */
  public void backward(
      Pass pass,
      double[] moments,
      int at,
      int stride,
      double[] factors,
      int columns,
      double[] dfactors) {
    double[] w = pass.weights();
    double[] dw = pass.weightGradient();
    for (int c = 0; c < rows; c++) {
      projection[c] =
          scale[c] * dot(moments, at + c * stride, w, weightOffset + c * inputs, inputs);
      dfactors[c] = columns * projection[c];
      if (pass.wantsWeights()) {
        double outer = columns * factors[c] * scale[c];
        double inner = projection[c] * scale[c];
        for (int k = 0; k < inputs; k++) {
          dw[weightOffset + c * inputs + k] +=
              outer * (moments[at + c * stride + k] - inner * product[c * inputs + k]);
        }
      }
    }
  }

  /**
   * Writes W' diag(a s) {@code [K, C]} at {@code at}, rows {@code stride} apart: what multiplies G.
   */
  public void gradientOfOutput(Pass pass, double[] factors, double[] target, int at, int stride) {
    double[] w = pass.weights();
    for (int c = 0; c < rows; c++) {
      double factor = factors[c] * scale[c];
      for (int k = 0; k < inputs; k++) {
        target[at + k * stride + c] = factor * w[weightOffset + c * inputs + k];
      }
    }
  }

  /**
   * Writes -W' diag(a s^2 r) W {@code [K, K]} at {@code at}: what multiplies d. Call after {@link
   * #backward}.
   */
  public void gradientOfStatistics(Pass pass, double[] factors, double[] target, int at) {
    double[] w = pass.weights();
    Arrays.fill(target, at, at + inputs * inputs, 0);
    for (int c = 0; c < rows; c++) {
      double factor = -factors[c] * scale[c] * scale[c] * projection[c];
      int row = weightOffset + c * inputs;
      for (int k = 0; k < inputs; k++) {
        axpy(factor * w[row + k], w, row, target, at + k * inputs, inputs);
      }
    }
  }

  private static void axpy(double by, double[] x, int from, double[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] += by * x[from + i];
    }
  }

  private static double dot(double[] x, int from, double[] y, int to, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[from + i] * y[to + i];
    }
    return sum;
  }
}
