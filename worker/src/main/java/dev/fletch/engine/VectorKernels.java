package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * {@link Kernels} on the JDK's vector API: every channel is copied to the heap once, worked on
 * plane by plane in the first level cache, and copied back once. Rectifier, convolution and
 * centring are one pass.
 */
final class VectorKernels extends Kernels {
  private final Parallel parallel;
  private final HostProducts blas;
  private final Covariances covariances;
  private final SmallProducts small;
  private final Map<Geometry, Taps> layouts = new ConcurrentHashMap<>();

  VectorKernels(int threads) {
    this.parallel = new Parallel(threads);
    this.blas = new HostProducts(parallel);
    this.covariances = new Covariances(parallel);
    this.small = new SmallProducts(parallel);
  }

  @Override
  public void depthwise(
      Matrix x, Geometry g, double[] weights, int offset, Matrix out, double[] means) {
    Taps taps = layout(g);
    parallel.forEach(
        x.rowCount(),
        c -> {
          float[] kernel = kernel(weights, offset + c * g.taps(), g.taps());
          store(DepthwiseLoops.forward(taps, kernel, x, c, out.columnCount()), out, c, means);
        });
  }

  @Override
  public void depthwiseBackward(
      Matrix x,
      Geometry g,
      double[] weights,
      int offset,
      Matrix dout,
      Matrix dx,
      double[] dweights) {
    Taps taps = layout(g);
    parallel.forEach(
        x.rowCount(),
        c -> {
          int first = offset + c * g.taps();
          float[] flipped = dx == null ? null : flipped(weights, first, g.taps());
          DepthwiseLoops.backward(taps, flipped, x, c, dout, dx, dweights, first);
        });
  }

  @Override
  public void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, double[] means) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] in = channel(ws, 0, x, c);
          if (relu) {
            VectorLoops.rectify(in, x.columnCount());
          }
          if (g.stride() == 1) {
            store(in, out, c, means);
            return;
          }
          float[] result = ws.array(1, out.columnCount());
          int planes = out.columnCount() / g.outPixels();
          for (int n = 0; n < planes; n++) {
            GatherLoops.pick(in, n * g.pixels(), g, shift, result, n * g.outPixels());
          }
          store(result, out, c, means);
        });
  }

  @Override
  public void gatherBackward(
      Matrix x, Geometry g, int shift, boolean relu, Matrix dout, Matrix dx) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] gradient = channel(ws, 1, dout, c);
          float[] spread = gradient;
          if (g.stride() != 1) {
            spread = ws.filled(4, x.columnCount(), 0);
            int planes = dout.columnCount() / g.outPixels();
            for (int n = 0; n < planes; n++) {
              GatherLoops.unpick(gradient, n * g.outPixels(), g, shift, spread, n * g.pixels());
            }
          }
          float[] target = channel(ws, 5, dx, c);
          if (relu) {
            VectorLoops.addWherePositive(channel(ws, 0, x, c), spread, target, x.columnCount());
          } else {
            VectorLoops.add(spread, target, x.columnCount());
          }
          put(target, dx, c);
        });
  }

  @Override
  public void unfold(Matrix x, Geometry g, boolean relu, Matrix out, double[] means) {
    Taps taps = layout(g);
    parallel.forEach(
        x.rowCount() * g.taps(),
        row -> {
          float[] values = UnfoldLoops.tap(taps, x, row / g.taps(), row % g.taps(), relu);
          store(values, out, row, means);
        });
  }

  @Override
  public void unfoldBackward(Matrix x, Geometry g, boolean relu, Matrix dout, Matrix dx) {
    Taps taps = layout(g);
    parallel.forEach(x.rowCount(), c -> UnfoldLoops.backward(taps, x, c, relu, dout, dx));
  }

  @Override
  public void maxPool(Matrix x, Geometry g, Matrix out) {
    Taps taps = layout(g);
    parallel.forEach(x.rowCount(), c -> PoolLoops.largest(taps, x, c, out));
  }

  @Override
  public void maxPoolBackward(Matrix x, Geometry g, Matrix dout, Matrix dx) {
    Taps taps = layout(g);
    parallel.forEach(x.rowCount(), c -> PoolLoops.largestBackward(taps, x, c, dout, dx));
  }

  @Override
  public void averagePool(Matrix x, Geometry g, Matrix out) {
    Taps taps = layout(g);
    float[] shares = PoolLoops.shares(g);
    parallel.forEach(x.rowCount(), c -> PoolLoops.mean(taps, shares, x, c, out));
  }

  @Override
  public void averagePoolBackward(Geometry g, Matrix dout, Matrix dx) {
    Taps taps = layout(g);
    float[] shares = PoolLoops.shares(g);
    parallel.forEach(dx.rowCount(), c -> PoolLoops.meanBackward(taps, shares, c, dout, dx));
  }

  @Override
  public void rowMeans(Matrix x, double[] means) {
    parallel.forEach(
        x.rowCount(),
        c ->
            means[c] =
                VectorLoops.sum(channel(Workspace.current(), 0, x, c), x.columnCount())
                    / x.columnCount());
  }

  @Override
  public void centreRows(Matrix x, double[] means) {
    parallel.forEach(x.rowCount(), c -> store(channel(Workspace.current(), 0, x, c), x, c, means));
  }

  @Override
  public void normalizeRows(Matrix x, double epsilon, double[] means, double[] variances) {
    int n = x.columnCount();
    parallel.forEach(
        x.rowCount(),
        c -> {
          float[] row = channel(Workspace.current(), 0, x, c);
          means[c] = VectorLoops.sum(row, n) / n;
          shift(row, (float) -means[c], n);
          variances[c] = VectorLoops.dot(row, row, n) / n;
          scale(row, (float) (1 / Math.sqrt(variances[c] + epsilon)), 0, n);
          put(row, x, c);
        });
  }

  @Override
  public void normalizeRowsBackward(Matrix y, double[] scale, Matrix gradient) {
    int n = y.columnCount();
    parallel.forEach(
        y.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] values = channel(ws, 0, y, c);
          float[] row = channel(ws, 1, gradient, c);
          double mean = VectorLoops.sum(row, n) / n;
          double along = VectorLoops.dot(row, values, n) / n;
          scale(row, (float) scale[c], (float) (-scale[c] * mean), n);
          addScaled(values, (float) (-scale[c] * along), row, n);
          put(row, gradient, c);
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
          float[] row = channel(Workspace.current(), 0, x, c);
          means[c] = VectorLoops.sum(row, n) / n;
          shift(row, (float) -means[c], n);
          variances[c] = VectorLoops.dot(row, row, n) / n;
          double factor = gamma[c] / Math.sqrt(variances[c] + epsilon);
          scale(row, (float) factor, (float) beta[c], n);
          put(row, out, c);
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
          float[] row = channel(ws, 0, x, c);
          float[] gradient = channel(ws, 1, dout, c);
          shift(row, (float) -means[c], n);
          dbeta[c] = VectorLoops.sum(gradient, n);
          dgamma[c] = scale[c] * VectorLoops.dot(gradient, row, n);
          double factor = gamma[c] * scale[c];
          float along = (float) (-factor * scale[c] * dgamma[c] / n);
          scale(row, along, (float) (-factor * dbeta[c] / n), n);
          addScaled(gradient, (float) factor, row, n);
          put(row, dx, c);
        });
  }

  @Override
  public void addWeighted(List<Matrix> terms, double[] factors, Matrix out) {
    parallel.forEach(
        out.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] target = channel(ws, 5, out, c);
          for (int i = 0; i < factors.length; i++) {
            addScaled(
                channel(ws, 0, terms.get(i), c), (float) factors[i], target, out.columnCount());
          }
          put(target, out, c);
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
          float[] gradient = channel(ws, 1, dout, c);
          for (int i = 0; i < factors.length; i++) {
            dots[c][i] =
                VectorLoops.dot(gradient, channel(ws, 0, terms.get(i), c), dout.columnCount());
            float[] target = channel(ws, 5, dterms.get(i), c);
            addScaled(gradient, (float) factors[i], target, dout.columnCount());
            put(target, dterms.get(i), c);
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
  public void onHost(int n, IntConsumer work) {
    parallel.forEach(n, work);
  }

  @Override
  public void rowDots(Matrix x, Matrix y, double[] dots) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          dots[c] = VectorLoops.dot(channel(ws, 0, x, c), channel(ws, 1, y, c), x.columnCount());
        });
  }

  @Override
  public void scaleRows(Matrix x, double[] scale, double[] shift, Matrix y) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          float[] row = channel(Workspace.current(), 0, x, c);
          scale(row, (float) scale[c], (float) shift[c], x.columnCount());
          put(row, y, c);
        });
  }

  @Override
  public void addScaledRows(Matrix x, double[] scale, Matrix y) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] target = channel(ws, 5, y, c);
          addScaled(channel(ws, 0, x, c), (float) scale[c], target, x.columnCount());
          put(target, y, c);
        });
  }

  @Override
  public void addScaled(Matrix x, double scale, Matrix y) {
    double[] scales = new double[x.rowCount()];
    Arrays.fill(scales, scale);
    addScaledRows(x, scales, y);
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    double[] dots = new double[x.rowCount()];
    rowDots(x, y, dots);
    return Arrays.stream(dots).sum();
  }

  @Override
  void product(Matrix a, Matrix b, Matrix out, double keep) {
    if (SmallProducts.suits(a)) {
      small.multiply(a, b, out, (float) keep);
    } else {
      blas.multiply(a, b, out, (float) keep);
    }
  }

  @Override
  void productSum(Matrix a, Matrix x, Matrix b, Matrix y, Matrix out) {
    if (SmallProducts.suits(a) && SmallProducts.suits(b)) {
      small.multiplySum(a, x, b, y, out);
    } else {
      blas.multiplySum(a, x, b, y, out);
    }
  }

  @Override
  void productAndShift(Matrix a, Matrix b, double[] shift, Matrix out) {
    if (SmallProducts.suits(a)) {
      small.multiplyAndShift(a, b, shift, out);
    } else {
      super.productAndShift(a, b, shift, out);
    }
  }

  @Override
  void symmetricProduct(Matrix x, Matrix out, double scale) {
    covariances.compute(x, out, scale);
  }

  @Override
  void productTransposed(Matrix a, Matrix b, Matrix out, double scale) {
    blas.multiplyTransposed(a, b, out, (float) scale);
  }

  @Override
  public void close() {
    parallel.close();
  }

  private Taps layout(Geometry g) {
    return layouts.computeIfAbsent(g, Taps::new);
  }

  private static float[] channel(Workspace ws, int index, Matrix x, int row) {
    float[] values = ws.array(index, x.columnCount() + VectorLoops.LANES);
    x.host().get(row * x.columnCount(), values, 0, x.columnCount());
    return values;
  }

  private static void put(float[] values, Matrix x, int row) {
    x.host().put(row * x.columnCount(), values, 0, x.columnCount());
  }

  /** Writes a row, centred if the mean is asked for. */
  private static void store(float[] values, Matrix out, int row, double[] means) {
    int n = out.columnCount();
    if (means != null) {
      means[row] = VectorLoops.sum(values, n) / n;
      shift(values, (float) -means[row], n);
    }
    put(values, out, row);
  }

  private static void shift(float[] x, float by, int n) {
    for (int i = 0; i < n; i++) {
      x[i] += by;
    }
  }

  private static void scale(float[] x, float by, float plus, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * by + plus;
    }
  }

  private static void addScaled(float[] x, float by, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += by * x[i];
    }
  }

  private static float[] kernel(double[] weights, int from, int taps) {
    float[] kernel = new float[taps];
    for (int t = 0; t < taps; t++) {
      kernel[t] = (float) weights[from + t];
    }
    return kernel;
  }

  private static float[] flipped(double[] weights, int from, int taps) {
    float[] kernel = new float[taps];
    for (int t = 0; t < taps; t++) {
      kernel[t] = (float) weights[from + taps - 1 - t];
    }
    return kernel;
  }
}
