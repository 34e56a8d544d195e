package dev.fletch.engine;

/** Images of one size: columns {@code [H, W, N]}. */
record ImageExtent(int examples, int height, int width) implements Extent {
  @Override
  public int columns() {
    return examples * height * width;
  }

  @Override
  public long capacity() {
    long pixels = (long) height * width;
    return pixels > Long.MAX_VALUE / examples ? Long.MAX_VALUE : examples * pixels;
  }

  @Override
  public Examples places() {
    return Examples.interleaved(examples, height * width);
  }

  @Override
  public int dimensions() {
    return 2;
  }

  @Override
  public ImageExtent strided(int stride) {
    return new ImageExtent(examples, (height + stride - 1) / stride, (width + stride - 1) / stride);
  }

  @Override
  public Geometry window(int kernel, int stride, int dilation) {
    return new Geometry(height, width, kernel, stride, dilation);
  }
}
