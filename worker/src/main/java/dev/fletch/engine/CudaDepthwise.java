package dev.fletch.engine;

import static dev.fletch.engine.CudaCentring.divided;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;

/** Depthwise convolution over images on a card. */
final class CudaDepthwise {
  /** Neighbours along a row of pixels that a thread computes. */
  private static final int NEIGHBOURS = 4;

  private static final int THREADS = 256;

  /** Threads that keep a card busy; with more to do, each does more. */
  private static final int ENOUGH_THREADS = 1 << 16;

  /** So few that they are summed in single precision. */
  private static final int MOST_ITEMS = 16;

  private final Driver driver;
  private final CudaScratch scratch;

  CudaDepthwise(Driver driver, CudaScratch scratch) {
    this.driver = driver;
    this.scratch = scratch;
  }

  /** Whether there are kernels for its side. */
  private static boolean isUsual(CudaImages of) {
    return of.kernel() == 3 || of.kernel() == 5 || of.kernel() == 7;
  }

  /**
   * How many groups of neighbours there are in a row of pixels.
   *
   * @param step from one neighbour to the next: as many groups lie within each other
   */
  private static int groups(int width, int step) {
    return step * divided(divided(width, step), NEIGHBOURS);
  }

  private static long at(Doubles weights, int offset) {
    return weights == null ? 0 : ((DeviceDoubles) weights).address(offset);
  }

  void forward(Matrix x, CudaImages of, long weights, Matrix out, Doubles means) {
    boolean usual = isUsual(of);
    // neighbours are those that share inputs: taps lie as far apart as they do, or half as far
    boolean whole = of.dilation() % of.stride() == 0;
    int step = whole ? of.dilation() / of.stride() : of.dilation();
    int groups = usual ? groups(of.outWidth(), step) : of.outWidth();
    int work = of.outHeight() * groups * of.images();
    CudaCentring centring = CudaCentring.of(x.rowCount(), work, 1, means, scratch);
    Arguments arguments =
        new Arguments()
            .address(x.address())
            .address(weights)
            .address(out.address())
            .address(centring.sums())
            .address(centring.means());
    of.addTo(arguments);
    String kernel = "depthwise_any";
    if (usual) {
      kernel = "depthwise_" + of.kernel() + (whole ? "_1" : "_2");
      arguments.number(groups).number(step);
    }
    driver.launch(kernel, centring.grid(), arguments);
    centring.finish(driver, out);
  }

  void forward(Matrix x, Geometry g, Doubles weights, int offset, Matrix out, Doubles means) {
    forward(x, CudaImages.of(g, x), at(weights, offset), out, means);
  }

  void backward(
      Matrix x,
      Geometry g,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights) {
    CudaImages of = CudaImages.of(g, x);
    Arguments arguments =
        new Arguments()
            .address(x.address())
            .address(at(weights, offset))
            .address(dout.address())
            .address(dx == null ? 0 : dx.address())
            .number(adds ? 1 : 0);
    boolean dense = of.dilation() % of.stride() == 0;
    if (isUsual(of) && (dense || of.dilation() == 1)) {
      backward(x.rowCount(), of, dense, at(dweights, offset), arguments);
      return;
    }
    int inputs = dx == null ? 0 : divided(of.columns(), THREADS);
    int blocks = inputs + (dweights == null ? 0 : of.taps());
    if (blocks > 0) {
      of.addTo(arguments.address(at(dweights, offset))).number(inputs);
      driver.launch("depthwise_backward_any", Grid.of(blocks, x.rowCount(), THREADS), arguments);
    }
  }

  /**
   * With the kernels for usual windows.
   *
   * @param dense whether all outputs lie over inputs that a whole number of taps lie apart
   */
  private void backward(
      int channels, CudaImages of, boolean dense, long dweights, Arguments arguments) {
    int groups =
        dense
            ? groups(of.outWidth(), of.dilation() / of.stride())
            : divided(of.width(), NEIGHBOURS);
    int work = of.outHeight() * groups * of.images();
    long threads = (long) work * channels / ENOUGH_THREADS;
    int items = (int) Math.max(1, Math.min(MOST_ITEMS, threads));
    int blocks = divided(work, THREADS * items);
    int sums = Math.multiplyExact(Math.multiplyExact(channels, blocks), of.taps());
    arguments
        .address(dweights == 0 ? 0 : scratch.sums(sums))
        .address(dweights == 0 ? 0 : scratch.counts(channels))
        .address(dweights);
    of.addTo(arguments).number(groups).number(items);
    driver.launch(
        (dense ? "depthwise_backward_" : "depthwise_backward_strided_") + of.kernel(),
        Grid.of(blocks, channels, THREADS),
        arguments);
  }
}
