package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;

/**
 * The part of {@link VectorKernels} that works on rows whatever pixels they hold: means, batch
 * norm, sums. A row is copied to the heap once, worked on in the caches, and copied back once.
 */
abstract class VectorRowKernels extends ArrayKernels {
  private final Parallel parallel;

  VectorRowKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  final Parallel parallel() {
    return parallel;
  }

  @Override
  public void zero(Matrix x) {
    parallel.forEach(x.rowCount(), c -> x.zero(c * x.columnCount(), x.columnCount()));
  }

  @Override
  public void rowMeans(Matrix x, double[] means) {
    parallel.forEach(
        x.rowCount(),
        c ->
            means[c] =
                VectorLoops.sum(CachedRow.channel(Workspace.current(), 0, x, c), x.columnCount())
                    / x.columnCount());
  }

  @Override
  public void centreRows(Matrix x, double[] means) {
    parallel.forEach(
        x.rowCount(),
        c -> CachedRow.store(CachedRow.channel(Workspace.current(), 0, x, c), x, c, means));
  }

  @Override
  public void normalizeRows(Matrix x, double epsilon, double[] means, double[] variances) {
    int n = x.columnCount();
    parallel.forEach(
        x.rowCount(),
        c -> {
          float[] row = CachedRow.channel(Workspace.current(), 0, x, c);
          means[c] = VectorLoops.sum(row, n) / n;
          CachedRow.shift(row, (float) -means[c], n);
          variances[c] = VectorLoops.dot(row, row, n) / n;
          CachedRow.scale(row, (float) (1 / Math.sqrt(variances[c] + epsilon)), 0, n);
          CachedRow.put(row, x, c);
        });
  }

  @Override
  public void normalizeRowsBackward(Matrix y, double[] scale, Matrix gradient) {
    int n = y.columnCount();
    parallel.forEach(
        y.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] values = CachedRow.channel(ws, 0, y, c);
          float[] row = CachedRow.channel(ws, 1, gradient, c);
          double mean = VectorLoops.sum(row, n) / n;
          double along = VectorLoops.dot(row, values, n) / n;
          CachedRow.scale(row, (float) scale[c], (float) (-scale[c] * mean), n);
          CachedRow.addScaled(values, (float) (-scale[c] * along), row, n);
          CachedRow.put(row, gradient, c);
        });
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
    int n = x.columnCount();
    parallel.forEach(
        x.rowCount(),
        c -> {
          float[] row = CachedRow.channel(Workspace.current(), 0, x, c);
          means[c] = VectorLoops.sum(row, n) / n;
          CachedRow.shift(row, (float) -means[c], n);
          variances[c] = VectorLoops.dot(row, row, n) / n;
          double factor = gamma[c] / Math.sqrt(variances[c] + epsilon);
          CachedRow.scale(row, (float) factor, (float) beta[c], n);
          CachedRow.put(row, out, c);
        });
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
    int n = x.columnCount();
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] row = CachedRow.channel(ws, 0, x, c);
          float[] gradient = CachedRow.channel(ws, 1, dout, c);
          CachedRow.shift(row, (float) -means[c], n);
          dbeta[c] = VectorLoops.sum(gradient, n);
          dgamma[c] = scale[c] * VectorLoops.dot(gradient, row, n);
          double factor = gamma[c] * scale[c];
          float along = (float) (-factor * scale[c] * dgamma[c] / n);
          CachedRow.scale(row, along, (float) (-factor * dbeta[c] / n), n);
          CachedRow.addScaled(gradient, (float) factor, row, n);
          CachedRow.put(row, dx, c);
        });
  }

  @Override
  public void addWeighted(List<Matrix> terms, double[] factors, Matrix out) {
    parallel.forEach(
        out.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] target = CachedRow.channel(ws, 5, out, c);
          for (int i = 0; i < factors.length; i++) {
            CachedRow.addScaled(
                CachedRow.channel(ws, 0, terms.get(i), c),
                (float) factors[i],
                target,
                out.columnCount());
          }
          CachedRow.put(target, out, c);
        });
  }

  @Override
  public void addWeightedBackward(
      Matrix dout, List<Matrix> terms, double[] factors, List<Matrix> dterms, double[] dfactors) {
    double[][] dots = new double[dout.rowCount()][factors.length];
    parallel.forEach(
        dout.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] gradient = CachedRow.channel(ws, 1, dout, c);
          for (int i = 0; i < factors.length; i++) {
            dots[c][i] =
                VectorLoops.dot(
                    gradient, CachedRow.channel(ws, 0, terms.get(i), c), dout.columnCount());
            float[] target = CachedRow.channel(ws, 5, dterms.get(i), c);
            CachedRow.addScaled(gradient, (float) factors[i], target, dout.columnCount());
            CachedRow.put(target, dterms.get(i), c);
          }
        });
    for (int i = 0; i < factors.length; i++) {
      dfactors[i] = 0;
      for (double[] row : dots) {
        dfactors[i] += row[i];
      }
    }
  }

  @Override
  public void shuffle(Matrix mixed, List<Matrix> bypasses, double[] factors, Matrix out) {
    int width = mixed.rowCount();
    parallel.forEach(
        out.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          if (c < width) {
            CachedRow.put(CachedRow.channel(ws, 0, mixed, c), out, shuffled(c, width, out));
            return;
          }
          float[] target = ws.filled(5, out.columnCount(), 0);
          for (int i = 0; i < factors.length; i++) {
            float[] term = CachedRow.channel(ws, 0, bypasses.get(i), c - width);
            CachedRow.addScaled(term, (float) factors[i], target, out.columnCount());
          }
          CachedRow.put(target, out, shuffled(c, width, out));
        });
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
    int n = dout.columnCount();
    double[][] dots = new double[dout.rowCount()][factors.length];
    parallel.forEach(
        dout.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] gradient = CachedRow.channel(ws, 1, dout, shuffled(c, width, dout));
          if (c < width) {
            CachedRow.put(gradient, dmixed, c);
            return;
          }
          for (int i = 0; i < factors.length; i++) {
            dots[c][i] =
                VectorLoops.dot(gradient, CachedRow.channel(ws, 0, bypasses.get(i), c - width), n);
            float[] target = CachedRow.channel(ws, 5, dbypasses.get(i), c - width);
            CachedRow.addScaled(gradient, (float) factors[i], target, n);
            CachedRow.put(target, dbypasses.get(i), c - width);
          }
        });
    Arrays.setAll(dfactors, i -> Arrays.stream(dots).mapToDouble(row -> row[i]).sum());
  }

  @Override
  public void dropElements(Matrix x, ElementDropout dropout, Matrix y) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          float[] row = CachedRow.channel(Workspace.current(), 0, x, c);
          dropout.apply(row, c);
          CachedRow.put(row, y, c);
        });
  }

  @Override
  public void dropElementsBackward(Matrix dy, ElementDropout dropout, Matrix dx) {
    parallel.forEach(
        dy.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] gradient = CachedRow.channel(ws, 1, dy, c);
          dropout.apply(gradient, c);
          float[] target = CachedRow.channel(ws, 5, dx, c);
          VectorLoops.add(gradient, target, dy.columnCount());
          CachedRow.put(target, dx, c);
        });
  }

  @Override
  public void rowDots(Matrix x, Matrix y, double[] dots) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          dots[c] =
              VectorLoops.dot(
                  CachedRow.channel(ws, 0, x, c), CachedRow.channel(ws, 1, y, c), x.columnCount());
        });
  }

  @Override
  public void scaleRows(Matrix x, double[] scale, double[] shift, Matrix y) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          float[] row = CachedRow.channel(Workspace.current(), 0, x, c);
          CachedRow.scale(row, (float) scale[c], (float) shift[c], x.columnCount());
          CachedRow.put(row, y, c);
        });
  }

  @Override
  public void addScaledRows(Matrix x, double[] scale, Matrix y) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] target = CachedRow.channel(ws, 5, y, c);
          CachedRow.addScaled(
              CachedRow.channel(ws, 0, x, c), (float) scale[c], target, x.columnCount());
          CachedRow.put(target, y, c);
        });
  }

  @Override
  public void addScaled(Matrix x, double scale, Matrix y) {
    double[] scales = new double[x.rowCount()];
    Arrays.fill(scales, scale);
    addScaledRows(x, scales, y);
  }
}
