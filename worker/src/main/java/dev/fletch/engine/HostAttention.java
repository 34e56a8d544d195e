package dev.fletch.engine;

import java.util.Arrays;

/** {@link Kernels#attend} as its definition reads, in double precision. */
final class HostAttention {
  private final double[] x;
  private final int columns;
  private final Examples examples;
  private final int heads;
  private final int channels;
  private final int width;

  HostAttention(Matrix x, Examples examples, int heads) {
    this.x = HostKernels.values(x);
    this.columns = x.columnCount();
    this.examples = examples;
    this.heads = heads;
    this.channels = x.rowCount() / 3;
    this.width = channels / heads;
  }

  /** What is done for one query of one head. */
  private interface Query {
    /**
     * @param row of its first channel
     * @param column of the query
     * @param n its example
     * @param weights of the example's positions
     */
    void visit(int row, int column, int n, double[] weights);
  }

  private void forEachQuery(Query query) {
    for (int n = 0; n < examples.count(); n++) {
      for (int head = 0; head < heads; head++) {
        for (int i = 0; i < examples.length(n); i++) {
          int column = examples.column(n, i);
          query.visit(head * width, column, n, weights(head * width, column, n));
        }
      }
    }
  }

  private double[] weights(int row, int query, int n) {
    double[] weights = new double[examples.length(n)];
    for (int c = row; c < row + width; c++) {
      for (int j = 0; j < weights.length; j++) {
        weights[j] +=
            x[at(c, query)] * x[at(channels + c, examples.column(n, j))] / Math.sqrt(width);
      }
    }
    double max = Arrays.stream(weights).max().orElseThrow();
    Arrays.setAll(weights, j -> Math.exp(weights[j] - max));
    double sum = Arrays.stream(weights).sum();
    Arrays.setAll(weights, j -> weights[j] / sum);
    return weights;
  }

  private int at(int row, int column) {
    return row * columns + column;
  }

  /** Adds to {@code out} {@code [C, P]}. */
  void forward(double[] out) {
    forEachQuery(
        (row, i, n, weights) -> {
          for (int c = row; c < row + width; c++) {
            for (int j = 0; j < weights.length; j++) {
              out[at(c, i)] += weights[j] * x[at(2 * channels + c, examples.column(n, j))];
            }
          }
        });
  }

  /** Adds to {@code dx} {@code [3 C, P]}. */
  void backward(double[] dout, double[] dx) {
    forEachQuery(
        (row, i, n, weights) -> {
          double[] slopes = new double[weights.length];
          for (int c = row; c < row + width; c++) {
            for (int j = 0; j < weights.length; j++) {
              slopes[j] += dout[at(c, i)] * x[at(2 * channels + c, examples.column(n, j))];
              dx[at(2 * channels + c, examples.column(n, j))] += weights[j] * dout[at(c, i)];
            }
          }
          double mean = 0;
          for (int j = 0; j < weights.length; j++) {
            mean += weights[j] * slopes[j];
          }
          for (int j = 0; j < weights.length; j++) {
            double slope = weights[j] * (slopes[j] - mean) / Math.sqrt(width);
            for (int c = row; c < row + width; c++) {
              dx[at(c, i)] += slope * x[at(channels + c, examples.column(n, j))];
              dx[at(channels + c, examples.column(n, j))] += slope * x[at(c, i)];
            }
          }
        });
  }
}
