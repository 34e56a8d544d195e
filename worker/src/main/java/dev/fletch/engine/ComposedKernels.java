package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * {@link Kernels} whose larger operations are put together of the smaller ones, or done value by
 * value on the host: the obvious way, on any backend, at the price of passes over memory.
 */
abstract class ComposedKernels extends HostKernels {
  @Override
  void maxPool2(Matrix x, Geometry g, Matrix out) {
    double[] in = values(x);
    double[] result = new double[out.rowCount() * out.columnCount()];
    int images = x.columnCount() / g.pixels();
    Arrays.setAll(result, o -> in[PairPoolLoops.first(in, g, images, o)]);
    out.write(result);
  }

  @Override
  void maxPool2Backward(Matrix x, Geometry g, Matrix dout, Matrix dx) {
    double[] in = values(x);
    double[] gradient = values(dout);
    double[] target = values(dx);
    int images = x.columnCount() / g.pixels();
    for (int o = 0; o < gradient.length; o++) {
      target[PairPoolLoops.first(in, g, images, o)] += gradient[o];
    }
    dx.write(target);
  }

  /** Sum of all x * y. */
  abstract double dot(Matrix x, Matrix y);

  @Override
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

  @Override
  void symmetricProduct(Matrix x, Matrix out, double scale) {
    productTransposed(x, x, out, scale, (double[]) null);
  }

  @Override
  public void zero(Matrix x) {
    x.zero();
  }

  @Override
  public void normalizeRows(Matrix x, double epsilon, double[] means, double[] variances) {
    // centred before squaring: two large numbers are never subtracted
    centreRows(x, means);
    rowDots(x, x, variances);
    double[] scale = new double[means.length];
    for (int c = 0; c < scale.length; c++) {
      variances[c] /= x.columnCount();
      scale[c] = 1 / Math.sqrt(variances[c] + epsilon);
    }
    scaleRows(x, scale, new double[scale.length], x);
  }

  @Override
  public void normalizeRowsBackward(Matrix y, double[] scale, Matrix gradient) {
    double[] means = new double[scale.length];
    double[] along = new double[scale.length];
    rowMeans(gradient, means);
    rowDots(gradient, y, along);
    for (int c = 0; c < scale.length; c++) {
      means[c] *= -scale[c];
      along[c] *= -scale[c] / y.columnCount();
    }
    scaleRows(gradient, scale, means, gradient);
    addScaledRows(y, along, gradient);
  }

  @Override
  public void batchNorm(
      Matrix x,
      double epsilon,
      double[] gamma,
      double[] beta,
      double[] means,
      double[] variances,
      Matrix out) {
    double[] ones = new double[gamma.length];
    Arrays.fill(ones, 1);
    scaleRows(x, ones, new double[gamma.length], out);
    normalizeRows(out, epsilon, means, variances);
    scaleRows(out, gamma, beta, out);
  }

  @Override
  public void batchNormBackward(
      Matrix x,
      double[] means,
      double[] scale,
      double[] gamma,
      Matrix dout,
      Matrix dx,
      double[] dgamma,
      double[] dbeta) {
    int rows = scale.length;
    double[] shift = new double[rows];
    for (int c = 0; c < rows; c++) {
      shift[c] = -means[c] * scale[c];
    }
    scaleRows(x, scale, shift, dx);
    rowDots(dout, dx, dgamma);
    rowMeans(dout, dbeta);
    double[] along = new double[rows];
    double[] factor = new double[rows];
    for (int c = 0; c < rows; c++) {
      factor[c] = gamma[c] * scale[c];
      along[c] = -factor[c] * dgamma[c] / x.columnCount();
      shift[c] = -factor[c] * dbeta[c];
      dbeta[c] *= x.columnCount();
    }
    scaleRows(dx, along, shift, dx);
    addScaledRows(dout, factor, dx);
  }

  @Override
  public void addWeighted(List<Matrix> terms, double[] factors, Matrix out) {
    for (int i = 0; i < factors.length; i++) {
      addScaled(terms.get(i), factors[i], out);
    }
  }

  @Override
  public void addWeightedBackward(
      Matrix dout, List<Matrix> terms, double[] factors, List<Matrix> dterms, double[] dfactors) {
    for (int i = 0; i < factors.length; i++) {
      dfactors[i] = dot(dout, terms.get(i));
      addScaled(dout, factors[i], dterms.get(i));
    }
  }

  @Override
  public void shuffle(Matrix mixed, List<Matrix> bypasses, double[] factors, Matrix out) {
    int width = mixed.rowCount();
    out.zero();
    for (int c = 0; c < out.rowCount(); c++) {
      Matrix target = out.rows(shuffled(c, width, out), 1);
      if (c < width) {
        addScaled(mixed.rows(c, 1), 1, target);
      } else {
        int row = c - width;
        addWeighted(bypasses.stream().map(b -> b.rows(row, 1)).toList(), factors, target);
      }
    }
  }

  @Override
  public void shuffleBackward(
      Matrix dout,
      Matrix dmixed,
      List<Matrix> bypasses,
      double[] factors,
      List<Matrix> dbypasses,
      double[] dfactors) {
    int width = dmixed.rowCount();
    dmixed.zero();
    Arrays.fill(dfactors, 0);
    double[] ofRow = new double[factors.length];
    for (int c = 0; c < dout.rowCount(); c++) {
      Matrix gradient = dout.rows(shuffled(c, width, dout), 1);
      if (c < width) {
        addScaled(gradient, 1, dmixed.rows(c, 1));
      } else {
        int row = c - width;
        addWeightedBackward(
            gradient,
            bypasses.stream().map(b -> b.rows(row, 1)).toList(),
            factors,
            dbypasses.stream().map(b -> b.rows(row, 1)).toList(),
            ofRow);
        Arrays.setAll(dfactors, i -> dfactors[i] + ofRow[i]);
      }
    }
  }

  @Override
  public void dropElements(Matrix x, ElementDropout dropout, Matrix y) {
    double[] values = values(x);
    int columns = x.columnCount();
    Arrays.setAll(values, i -> values[i] * dropout.factor(i / columns, i % columns));
    y.write(values);
  }

  @Override
  public void dropElementsBackward(Matrix dy, ElementDropout dropout, Matrix dx) {
    double[] values = values(dy);
    double[] target = values(dx);
    int columns = dy.columnCount();
    Arrays.setAll(target, i -> target[i] + values[i] * dropout.factor(i / columns, i % columns));
    dx.write(target);
  }

  @Override
  public void onHost(int n, IntConsumer work) {
    for (int i = 0; i < n; i++) {
      work.accept(i);
    }
  }
}
