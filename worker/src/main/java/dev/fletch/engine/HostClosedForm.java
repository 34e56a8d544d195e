package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** {@link ClosedForm} in loops over arrays, a convolution at a time. */
final class HostClosedForm extends ClosedForm {
  /** Runs independent pieces of work, 0 to n - 1. */
  interface Threads {
    void run(int n, IntConsumer work);
  }

  private final Threads threads;
  private final int rows;
  private final int inputs;
  private final double[][] product;
  private final double[][] scale;
  private final double[][] projection;
  private final double[] squares;
  private final double[] rectangle;
  private final double[] upwards;

  HostClosedForm(List<NormalizedProduct> products, List<RowFactor> factors, Threads threads) {
    super(products, factors);
    this.threads = threads;
    this.rows = products.get(0).rows();
    this.inputs = products.get(0).inputs();
    int count = products.size();
    this.product = new double[count][rows * inputs];
    this.scale = new double[count][rows];
    this.projection = new double[count][rows];
    this.squares = new double[count * inputs * inputs];
    this.rectangle = new double[count * rows * inputs];
    this.upwards = new double[rectangle.length];
  }

  private void forEach(int[] present, IntConsumer work) {
    threads.run(present.length, n -> work.accept(present[n]));
  }

  @Override
  public void forward(
      Pass pass,
      int[] present,
      Matrix covariances,
      List<Doubles> means,
      int columns,
      Matrix folded,
      Layout layout) {
    if (pass.training()) {
      read(present, covariances, inputs, squares);
    }
    forEach(
        present,
        i -> {
          if (pass.training()) {
            normalize(pass, i, means.get(i).array(), columns);
          } else {
            normalizeWithRunningStatistics(pass, i);
          }
          fold(pass, i, layout);
        });
    write(present, rectangle, folded, layout);
  }

  /** Blocks of {@code height} rows each. */
  private void read(int[] present, Matrix from, int height, double[] to) {
    if (present.length == count()) {
      from.read(to);
      return;
    }
    for (int i : present) {
      Matrix block = from.rows(i * height, height);
      block.read(to, i * height * from.columnCount());
    }
  }

  private void write(int[] present, double[] from, Matrix to, Layout layout) {
    if (present.length == count() || layout == Layout.WIDE) {
      to.write(from);
      return;
    }
    int height = to.rowCount() / count();
    for (int i : present) {
      to.rows(i * height, height).write(from, i * height * to.columnCount());
    }
  }

  private void normalize(Pass pass, int i, double[] means, int columns) {
    NormalizedProduct of = product(i);
    double[] w = pass.weights().array();
    double[] statistics = pass.batchStatistics().array();
    Arrays.fill(product[i], 0);
    for (int c = 0; c < rows; c++) {
      int row = c * inputs;
      double mean = 0;
      for (int k = 0; k < inputs; k++) {
        double weight = w[of.weight() + row + k];
        mean += weight * means[k];
        axpy(weight, squares, (i * inputs + k) * inputs, product[i], row, inputs);
      }
      double variance = Math.max(0, dot(product[i], row, w, of.weight() + row, inputs));
      scale[i][c] = 1 / Math.sqrt(variance + NormalizedProduct.EPSILON);
      statistics[of.statistics() + c] = mean;
      statistics[of.variances() + c] = columns > 1 ? variance * columns / (columns - 1) : variance;
    }
  }

  private void normalizeWithRunningStatistics(Pass pass, int i) {
    double[] statistics = pass.runningStatistics().array();
    for (int c = 0; c < rows; c++) {
      double variance = statistics[product(i).variances() + c];
      scale[i][c] = 1 / Math.sqrt(variance + NormalizedProduct.EPSILON);
    }
  }

  private double factor(Pass pass, int i, int row) {
    RowFactor factor = factor(i);
    return switch (factor.in()) {
      case NOWHERE -> 1;
      case MIXING -> pass.mixing().array()[factor.at()];
      case WEIGHTS -> pass.weights().array()[factor.at() + row];
    };
  }

  private void fold(Pass pass, int i, Layout layout) {
    double[] w = pass.weights().array();
    for (int c = 0; c < rows; c++) {
      double factor = factor(pass, i, c) * scale[i][c];
      int at = start(i, layout) + c * stride(layout);
      for (int k = 0; k < inputs; k++) {
        rectangle[at + k] = factor * w[product(i).weight() + c * inputs + k];
      }
    }
  }

  private double evaluationShift(Pass pass, int i, int c) {
    return -pass.runningStatistics().array()[product(i).statistics() + c] * scale[i][c];
  }

  @Override
  public void addShifts(Pass pass, int[] present, Doubles shifts, int at) {
    double[] to = shifts.array();
    for (int i : present) {
      for (int c = 0; c < rows; c++) {
        to[at + c] += factor(pass, i, c) * evaluationShift(pass, i, c);
      }
    }
  }

  @Override
  public void backward(
      Pass pass,
      int[] present,
      Matrix moments,
      Layout layout,
      int columns,
      Matrix ofOutput,
      Matrix ofInput) {
    readMoments(present, moments, layout);
    forEach(
        present,
        i -> {
          double[] dfactors = gradients(pass, i, layout, columns);
          addGradientOfFactors(pass, i, dfactors, Arrays.stream(dfactors).sum());
          if (ofOutput != null) {
            turn(pass, i);
          }
          if (ofInput != null) {
            gradientOfStatistics(pass, i);
          }
        });
    if (ofOutput != null) {
      write(present, upwards, ofOutput, Layout.TALL);
    }
    if (ofInput != null) {
      write(present, squares, ofInput, Layout.TALL);
    }
  }

  @Override
  public void backwardInEvaluation(
      Pass pass,
      int[] present,
      Matrix moments,
      Layout layout,
      int columns,
      Doubles means,
      int at,
      Matrix ofOutput) {
    readMoments(present, moments, layout);
    forEach(
        present,
        i -> {
          double[] dfactors = gradients(pass, i, layout, columns);
          double sum = Arrays.stream(dfactors).sum();
          for (int c = 0; c < rows; c++) {
            sum += evaluationShift(pass, i, c) * columns * means.array()[at + c];
          }
          addGradientOfFactors(pass, i, dfactors, sum);
          turn(pass, i);
        });
    write(present, upwards, ofOutput, Layout.TALL);
  }

  private void readMoments(int[] present, Matrix moments, Layout layout) {
    if (layout == Layout.WIDE) {
      moments.read(rectangle);
    } else {
      read(present, moments, rows, rectangle);
    }
  }

  /** Adds dL/dW; gives dL/da of every row. */
  private double[] gradients(Pass pass, int i, Layout layout, int columns) {
    int weight = product(i).weight();
    double[] w = pass.weights().array();
    double[] dw = pass.weightGradient().array();
    double[] dfactors = new double[rows];
    for (int c = 0; c < rows; c++) {
      int row = c * inputs;
      int at = start(i, layout) + c * stride(layout);
      projection[i][c] = scale[i][c] * dot(rectangle, at, w, weight + row, inputs);
      dfactors[c] = columns * projection[i][c];
      if (pass.wantsWeights()) {
        double outer = columns * factor(pass, i, c) * scale[i][c];
        double inner = projection[i][c] * scale[i][c];
        for (int k = 0; k < inputs; k++) {
          dw[weight + row + k] += outer * (rectangle[at + k] - inner * product[i][row + k]);
        }
      }
    }
    return dfactors;
  }

  private void addGradientOfFactors(Pass pass, int i, double[] dfactors, double sum) {
    RowFactor factor = factor(i);
    switch (factor.in()) {
      case NOWHERE -> {
        // nobody asks
      }
      case MIXING -> pass.mixingGradient().array()[factor.at()] += sum;
      case WEIGHTS -> {
        for (int c = 0; c < rows && pass.wantsWeights(); c++) {
          pass.weightGradient().array()[factor.at() + c] += dfactors[c];
        }
      }
    }
  }

  private void turn(Pass pass, int i) {
    double[] w = pass.weights().array();
    int to = i * inputs * rows;
    for (int c = 0; c < rows; c++) {
      double factor = factor(pass, i, c) * scale[i][c];
      for (int k = 0; k < inputs; k++) {
        upwards[to + k * rows + c] = factor * w[product(i).weight() + c * inputs + k];
      }
    }
  }

  private void gradientOfStatistics(Pass pass, int i) {
    double[] w = pass.weights().array();
    int to = i * inputs * inputs;
    Arrays.fill(squares, to, to + inputs * inputs, 0);
    for (int c = 0; c < rows; c++) {
      double factor = -factor(pass, i, c) * scale[i][c] * scale[i][c] * projection[i][c];
      int row = product(i).weight() + c * inputs;
      for (int k = 0; k < inputs; k++) {
        axpy(factor * w[row + k], w, row, squares, to + k * inputs, inputs);
      }
    }
  }

  @Override
  public void gradientOfOutput(Pass pass, Matrix ofOutput) {
    for (int i = 0; i < count(); i++) {
      turn(pass, i);
    }
    ofOutput.write(upwards);
  }

  @Override
  public void shiftsOfInput(Pass pass, Doubles means, Doubles shifts) {
    double[] to = shifts.array();
    double[] from = means.array();
    turn(pass, 0);
    for (int k = 0; k < inputs; k++) {
      to[k] = 0;
      for (int c = 0; c < rows; c++) {
        to[k] -= upwards[k * rows + c] * from[c];
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
