package dev.fletch.engine;

import dev.fletch.cuda.Driver;

/** The part of the kernels on a card that slides windows over images and texts. */
abstract class CudaWindowKernels extends Kernels {
  private final Driver driver;
  private final CudaScratch scratch;
  private final CudaDepthwise depthwise;
  private final CudaPixels pixels;
  private final CudaTextWindows texts;

  CudaWindowKernels(Driver driver) {
    this.driver = driver;
    this.scratch = new CudaScratch(driver);
    this.depthwise = new CudaDepthwise(driver, scratch);
    this.pixels = new CudaPixels(driver, scratch);
    this.texts = new CudaTextWindows(driver, scratch);
  }

  final Driver driver() {
    return driver;
  }

  /** Gives back what these operations hold of the card's memory. */
  final void closeWindows() {
    texts.close();
    scratch.close();
  }

  @Override
  void depthwise(Matrix x, Geometry g, Doubles weights, int offset, Matrix out, Doubles means) {
    depthwise.forward(x, g, weights, offset, out, means);
  }

  @Override
  void depthwise(
      Matrix x, SequenceWindow w, Doubles weights, int offset, Matrix out, Doubles means) {
    texts.depthwise(x, w, weights, offset, out, means);
  }

  @Override
  void depthwiseBackward(
      Matrix x,
      Geometry g,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights) {
    depthwise.backward(x, g, weights, offset, dout, dx, adds, dweights);
  }

  @Override
  void depthwiseBackward(
      Matrix x,
      SequenceWindow w,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights) {
    texts.depthwiseBackward(x, w, weights, offset, dout, dx, adds, dweights);
  }

  @Override
  void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, Doubles means) {
    pixels.pick(x, CudaImages.single(g, shift, x), relu, out, means);
  }

  @Override
  void gather(Matrix x, SequenceWindow w, int shift, boolean relu, Matrix out, Doubles means) {
    texts.gather(x, w, shift, relu, out, means);
  }

  @Override
  void gatherBackward(
      Matrix x, Geometry g, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    pixels.pickBackward(x, CudaImages.single(g, shift, x), relu, dout, dx, adds);
  }

  @Override
  void gatherBackward(
      Matrix x, SequenceWindow w, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    texts.gatherBackward(x, w, shift, relu, dout, dx, adds);
  }

  @Override
  public void unfold(Matrix x, Geometry g, boolean relu, Matrix out, Doubles means) {
    pixels.pick(x, CudaImages.of(g, x), relu, out, means);
  }

  @Override
  public void unfoldBackward(Matrix x, Geometry g, boolean relu, Matrix dout, Matrix dx) {
    pixels.pickBackward(x, CudaImages.of(g, x), relu, dout, dx, true);
  }

  @Override
  void maxPool(Matrix x, Geometry g, Matrix out) {
    pixels.maxPool(x, CudaImages.of(g, x), out);
  }

  @Override
  void maxPool(Matrix x, SequenceWindow w, Matrix out) {
    texts.maxPool(x, w, out);
  }

  @Override
  void maxPoolBackward(Matrix x, Geometry g, Matrix dout, Matrix dx) {
    pixels.maxPoolBackward(x, CudaImages.of(g, x), dout, dx);
  }

  @Override
  void maxPoolBackward(Matrix x, SequenceWindow w, Matrix dout, Matrix dx) {
    texts.maxPoolBackward(x, w, dout, dx);
  }

  @Override
  void maxPool2(Matrix x, Geometry g, Matrix out) {
    pixels.maxPool(x, CudaImages.pairs(g, x), out);
  }

  @Override
  void maxPool2Backward(Matrix x, Geometry g, Matrix dout, Matrix dx) {
    pixels.maxPoolBackward(x, CudaImages.pairs(g, x), dout, dx);
  }

  @Override
  void averagePool(Matrix x, Geometry g, Matrix out) {
    pixels.averagePool(x, CudaImages.of(g, x), out);
  }

  @Override
  void averagePool(Matrix x, SequenceWindow w, Matrix out) {
    texts.averagePool(x, w, out);
  }

  @Override
  void averagePoolBackward(Geometry g, Matrix dout, Matrix dx) {
    pixels.averagePoolBackward(CudaImages.of(g, dx), dout, dx);
  }

  @Override
  void averagePoolBackward(SequenceWindow w, Matrix dout, Matrix dx) {
    texts.averagePoolBackward(w, dout, dx);
  }

  @Override
  public void cornerPool(Matrix x, Corners of, Matrix out) {
    pixels.cornerPool(x, of, out);
  }

  @Override
  public void cornerPoolBackward(Matrix x, Corners of, Matrix dout, Matrix dx) {
    pixels.cornerPoolBackward(x, of, dout, dx);
  }
}
