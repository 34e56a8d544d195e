package dev.fletch.engine;

import static dev.fletch.engine.CudaCentring.divided;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;

/** Picks, pools and puts back pixels of images on a card. */
final class CudaPixels {
  private static final int THREADS = 256;

  /** Runs of pixels that a thread picks. */
  private static final int PICKS = 4;

  private final Driver driver;
  private final CudaScratch scratch;

  CudaPixels(Driver driver, CudaScratch scratch) {
    this.driver = driver;
    this.scratch = scratch;
  }

  /** A row of {@code out} for each tap of each channel. */
  void pick(Matrix x, CudaImages of, boolean relu, Matrix out, Doubles means) {
    int runs = divided(of.outColumns(), of.run());
    CudaCentring centring = CudaCentring.of(out.rowCount(), runs, PICKS, means, scratch);
    if (centring.sums() != 0) {
      pick(x, of, relu, 0, centring);
    }
    pick(x, of, relu, out.address(), centring);
  }

  private void pick(Matrix x, CudaImages of, boolean relu, long out, CudaCentring centring) {
    Arguments arguments =
        new Arguments()
            .address(x.address())
            .address(out)
            .address(centring.sums())
            .address(centring.means())
            .number(relu ? 1 : 0);
    driver.launch("pick_pixels_" + of.run(), centring.grid(), of.addTo(arguments));
  }

  void pickBackward(Matrix x, CudaImages of, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    Arguments arguments =
        new Arguments()
            .address(x.address())
            .address(dout.address())
            .address(dx.address())
            .number(relu ? 1 : 0)
            .number(adds ? 1 : 0);
    launch("pick_pixels_backward", of, of.columns(), dx, of.addTo(arguments));
  }

  /** A thread for each run of a pixel's images. */
  private void launch(String kernel, CudaImages of, int columns, Matrix each, Arguments arguments) {
    int blocks = divided(columns / of.run(), THREADS);
    driver.launch(kernel + "_" + of.run(), Grid.of(blocks, each.rowCount(), THREADS), arguments);
  }

  /** What kernels for its side are called: there are some from {@code least} to 3. */
  private static String side(CudaImages of, int least) {
    return least <= of.kernel() && of.kernel() <= 3 ? "" + of.kernel() : "any";
  }

  void maxPool(Matrix x, CudaImages of, Matrix out) {
    Arguments arguments = new Arguments().address(x.address()).address(out.address());
    launch("max_pool_" + side(of, 2), of, of.outColumns(), out, of.addTo(arguments));
  }

  void maxPoolBackward(Matrix x, CudaImages of, Matrix dout, Matrix dx) {
    Arguments arguments =
        new Arguments().address(x.address()).address(dout.address()).address(dx.address());
    launch("max_pool_backward_" + side(of, 3), of, of.columns(), dx, of.addTo(arguments));
  }

  void averagePool(Matrix x, CudaImages of, Matrix out) {
    Arguments arguments = new Arguments().address(x.address()).address(out.address());
    launch("average_pool_" + side(of, 3), of, of.outColumns(), out, of.addTo(arguments));
  }

  void averagePoolBackward(CudaImages of, Matrix dout, Matrix dx) {
    Arguments arguments = new Arguments().address(dout.address()).address(dx.address());
    launch("average_pool_backward_" + side(of, 3), of, of.columns(), dx, of.addTo(arguments));
  }

  void cornerPool(Matrix x, Corners of, Matrix out) {
    int images = x.columnCount() / (of.height() * of.width());
    int count = x.rowCount() * Corners.COUNT * images;
    driver.launch(
        "corner_pool",
        Grid.of(divided(count, THREADS), THREADS),
        corners(new Arguments().address(x.address()).address(out.address()), of, images)
            .number(count));
  }

  void cornerPoolBackward(Matrix x, Corners of, Matrix dout, Matrix dx) {
    int images = x.columnCount() / (of.height() * of.width());
    Arguments arguments =
        new Arguments().address(x.address()).address(dout.address()).address(dx.address());
    driver.launch(
        "corner_pool_backward",
        Grid.of(divided(x.columnCount(), THREADS), x.rowCount(), THREADS),
        corners(arguments, of, images));
  }

  private static Arguments corners(Arguments arguments, Corners of, int images) {
    return arguments
        .number(of.height())
        .number(of.width())
        .number(of.windowHeight())
        .number(of.windowWidth())
        .number(images);
  }
}
