package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;

/** {@link SmallKernels} in loops over arrays. */
final class HostSmallKernels implements SmallKernels {
  private final HostClosedForm.Threads threads;

  HostSmallKernels(HostClosedForm.Threads threads) {
    this.threads = threads;
  }

  @Override
  public ClosedForm closedForm(List<NormalizedProduct> products, List<RowFactor> factors) {
    return new HostClosedForm(products, factors, threads);
  }

  @Override
  public void copy(Doubles from, int at, Matrix to) {
    to.write(from.array(), at);
  }

  @Override
  public void copyTransposed(Doubles from, int at, int rows, Matrix to, int column) {
    double[] values = from.array();
    int inputs = to.rowCount();
    boolean whole = rows == to.columnCount();
    double[] turned = whole ? new double[rows * inputs] : HostWindowKernels.values(to);
    for (int c = 0; c < rows; c++) {
      for (int k = 0; k < inputs; k++) {
        turned[k * to.columnCount() + column + c] = values[at + c * inputs + k];
      }
    }
    to.write(turned);
  }

  @Override
  public void copy(Doubles from, int at, Doubles to, int toAt, int n) {
    System.arraycopy(from.array(), at, to.array(), toAt, n);
  }

  @Override
  public void add(Matrix from, Doubles to, int at) {
    double[] values = HostWindowKernels.values(from);
    double[] target = to.array();
    for (int i = 0; i < values.length; i++) {
      target[at + i] += values[i];
    }
  }

  @Override
  public void addScaled(Doubles from, int at, double by, Doubles to, int toAt, int n) {
    double[] values = from.array();
    double[] target = to.array();
    for (int i = 0; i < n; i++) {
      target[toAt + i] += values[at + i] * by;
    }
  }

  @Override
  public void multiply(Doubles matrix, int at, int rows, Doubles x, Doubles out, int outAt) {
    double[] values = matrix.array();
    double[] by = x.array();
    for (int c = 0; c < rows; c++) {
      double sum = 0;
      for (int k = 0; k < by.length; k++) {
        sum += values[at + c * by.length + k] * by[k];
      }
      out.array()[outAt + c] = sum;
    }
  }

  @Override
  public void noteStatistics(
      NormRows of,
      Doubles means,
      Doubles variances,
      Doubles taken,
      int columns,
      Doubles scale,
      Doubles statistics) {
    double[] to = statistics.array();
    for (int c = 0; c < of.count(); c++) {
      int row = of.first() + c;
      double variance = variances.array()[row];
      scale.array()[row] = 1 / Math.sqrt(variance + NormalizedProduct.EPSILON);
      to[of.means() + c] = means.array()[row] + (taken == null ? 0 : taken.array()[row]);
      to[of.variances() + c] = columns > 1 ? variance * columns / (columns - 1) : variance;
    }
  }

  @Override
  public void foldStatistics(NormRows of, Doubles statistics, Doubles gamma, Doubles beta) {
    double[] from = statistics.array();
    for (int c = 0; c < of.count(); c++) {
      int row = of.first() + c;
      gamma.array()[row] /= Math.sqrt(from[of.variances() + c] + NormalizedProduct.EPSILON);
      beta.array()[row] -= from[of.means() + c] * gamma.array()[row];
    }
  }

  @Override
  public void classify(
      Classifier of, Doubles weights, Doubles pooled, int examples, Doubles logits) {
    double[] w = weights.array();
    double[] in = pooled.array();
    for (int n = 0; n < examples; n++) {
      for (int k = 0; k < of.classes(); k++) {
        double logit = w[of.bias() + k];
        for (int c = 0; c < of.channels(); c++) {
          logit += w[of.weight() + k * of.channels() + c] * in[c * examples + n];
        }
        logits.array()[n * of.classes() + k] = logit;
      }
    }
  }

  @Override
  public void classifyBackward(
      Classifier of,
      Pass pass,
      Doubles pooled,
      Doubles logits,
      Doubles labels,
      Examples examples,
      Doubles perColumn) {
    int batch = examples.count();
    double[] w = pass.weights().array();
    double[] dw = pass.weightGradient().array();
    double[] to = perColumn.array();
    double[] probabilities = new double[of.classes()];
    Arrays.fill(to, 0, of.channels() * batch, 0);
    for (int n = 0; n < batch; n++) {
      int label = (int) labels.array()[n];
      of.loss(logits.array(), n * of.classes(), label, probabilities);
      for (int k = 0; k < of.classes(); k++) {
        double error = of.lossWeight() * (probabilities[k] - of.target(label, k)) / batch;
        if (pass.wantsWeights()) {
          dw[of.bias() + k] += error;
        }
        for (int c = 0; c < of.channels(); c++) {
          int at = of.weight() + k * of.channels() + c;
          if (pass.wantsWeights()) {
            dw[at] += error * pooled.array()[c * batch + n];
          }
          to[c * batch + n] += error * w[at] / examples.length(n);
        }
      }
    }
  }
}
