package dev.fletch.engine;

import dev.fletch.engine.DepthwiseLoops.Gradients;
import dev.fletch.engine.Products.Sum;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * {@link Kernels} on the JDK's vector API: every channel is copied to the heap once, worked on row
 * by row of all images, and copied back once. Rectifier, convolution and centring are one pass.
 */
final class VectorKernels extends VectorTextKernels {
  private final Parallel parallel;
  private final Products products;
  private final Dots dots;
  private final Map<Layout, Taps> layouts = new ConcurrentHashMap<>();

  private record Layout(Geometry geometry, int images) {}

  VectorKernels(int threads) {
    super(new Parallel(threads));
    this.parallel = parallel();
    this.products = new Products(parallel);
    this.dots = new Dots(parallel);
  }

  @Override
  void depthwise(Matrix x, Geometry g, double[] weights, int offset, Matrix out, double[] means) {
    Taps taps = layout(g, x);
    parallel.forEach(
        x.rowCount(),
        c -> {
          float[] kernel = kernel(weights, offset + c * g.taps(), g.taps());
          CachedRow.store(
              DepthwiseLoops.forward(taps, kernel, x, c, out.columnCount()), out, c, means);
        });
  }

  @Override
  void depthwiseBackward(
      Matrix x,
      Geometry g,
      double[] weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      double[] dweights) {
    Taps taps = layout(g, x);
    parallel.forEach(
        x.rowCount(),
        c -> {
          int first = offset + c * g.taps();
          float[] flipped = dx == null ? null : flipped(weights, first, g.taps());
          DepthwiseLoops.backward(
              taps, x, c, dout, new Gradients(flipped, dx, adds, dweights, first));
        });
  }

  @Override
  void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, double[] means) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] in = CachedRow.channel(ws, 0, x, c);
          if (relu) {
            VectorLoops.rectify(in, x.columnCount());
          }
          if (g.stride() == 1) {
            CachedRow.store(in, out, c, means);
            return;
          }
          float[] result = ws.array(1, out.columnCount());
          GatherLoops.pick(in, g, shift, x.columnCount() / g.pixels(), result);
          CachedRow.store(result, out, c, means);
        });
  }

  @Override
  void gatherBackward(
      Matrix x, Geometry g, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] gradient = CachedRow.channel(ws, 1, dout, c);
          float[] spread = gradient;
          if (g.stride() != 1) {
            spread = ws.filled(4, x.columnCount(), 0);
            GatherLoops.unpick(gradient, g, shift, x.columnCount() / g.pixels(), spread);
          }
          if (!adds) {
            if (relu) {
              VectorLoops.keepWherePositive(
                  CachedRow.channel(ws, 0, x, c), spread, x.columnCount());
            }
            CachedRow.put(spread, dx, c);
            return;
          }
          float[] target = CachedRow.channel(ws, 5, dx, c);
          if (relu) {
            VectorLoops.addWherePositive(
                CachedRow.channel(ws, 0, x, c), spread, target, x.columnCount());
          } else {
            VectorLoops.add(spread, target, x.columnCount());
          }
          CachedRow.put(target, dx, c);
        });
  }

  @Override
  public void unfold(Matrix x, Geometry g, boolean relu, Matrix out, double[] means) {
    Taps taps = layout(g, x);
    parallel.forEach(
        x.rowCount() * g.taps(),
        row -> {
          float[] values = UnfoldLoops.tap(taps, x, row / g.taps(), row % g.taps(), relu);
          CachedRow.store(values, out, row, means);
        });
  }

  @Override
  public void unfoldBackward(Matrix x, Geometry g, boolean relu, Matrix dout, Matrix dx) {
    Taps taps = layout(g, x);
    parallel.forEach(x.rowCount(), c -> UnfoldLoops.backward(taps, x, c, relu, dout, dx));
  }

  @Override
  void maxPool(Matrix x, Geometry g, Matrix out) {
    Taps taps = layout(g, x);
    parallel.forEach(x.rowCount(), c -> PoolLoops.largest(taps, x, c, out));
  }

  @Override
  void maxPoolBackward(Matrix x, Geometry g, Matrix dout, Matrix dx) {
    Taps taps = layout(g, x);
    parallel.forEach(x.rowCount(), c -> PoolLoops.largestBackward(taps, x, c, dout, dx));
  }

  @Override
  void maxPool2(Matrix x, Geometry g, Matrix out) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] result = ws.array(1, out.columnCount());
          int images = x.columnCount() / g.pixels();
          PairPoolLoops.largest(CachedRow.channel(ws, 0, x, c), g, images, result);
          CachedRow.put(result, out, c);
        });
  }

  @Override
  void maxPool2Backward(Matrix x, Geometry g, Matrix dout, Matrix dx) {
    parallel.forEach(
        x.rowCount(),
        c -> {
          Workspace ws = Workspace.current();
          float[] target = CachedRow.channel(ws, 5, dx, c);
          PairPoolLoops.addToLargest(
              CachedRow.channel(ws, 0, x, c),
              g,
              x.columnCount() / g.pixels(),
              CachedRow.channel(ws, 1, dout, c),
              target);
          CachedRow.put(target, dx, c);
        });
  }

  @Override
  void averagePool(Matrix x, Geometry g, Matrix out) {
    Taps taps = layout(g, x);
    float[] shares = PoolLoops.shares(g);
    parallel.forEach(x.rowCount(), c -> PoolLoops.mean(taps, shares, x, c, out));
  }

  @Override
  void averagePoolBackward(Geometry g, Matrix dout, Matrix dx) {
    Taps taps = layout(g, dx);
    float[] shares = PoolLoops.shares(g);
    parallel.forEach(dx.rowCount(), c -> PoolLoops.meanBackward(taps, shares, c, dout, dx));
  }

  @Override
  public void onHost(int n, IntConsumer work) {
    parallel.forEach(n, work);
  }

  @Override
  void product(Matrix a, Matrix b, Matrix out, double keep) {
    products.compute(List.of(new Sum(List.of(a), List.of(b), out, (float) keep, null)));
  }

  @Override
  void productSums(List<SumOfProducts> sums) {
    products.compute(
        sums.stream().map(s -> new Sum(s.a(), s.x(), s.out(), 0, arrayOf(s.shift()))).toList());
  }

  @Override
  void productAndShift(Matrix a, Matrix b, double[] shift, Matrix out) {
    products.compute(List.of(new Sum(List.of(a), List.of(b), out, 0, shift)));
  }

  @Override
  void symmetricProduct(Matrix x, Matrix out, double scale) {
    dots.covariance(x, out, scale);
  }

  @Override
  void productTransposed(Matrix a, Matrix b, Matrix out, double scale, double[] means) {
    dots.multiply(a, b, out, scale, means);
  }

  @Override
  public void close() {
    parallel.close();
  }

  /**
   * @param x images of the geometry's size
   */
  private Taps layout(Geometry g, Matrix x) {
    Layout layout = new Layout(g, x.columnCount() / g.pixels());
    return layouts.computeIfAbsent(layout, l -> new Taps(l.geometry(), l.images()));
  }
}
