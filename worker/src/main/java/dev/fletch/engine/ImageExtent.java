package dev.fletch.engine;

/** Images of one size, {@code [N, H, W]}. */
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
  public int[] starts() {
    int[] starts = new int[examples + 1];
    for (int n = 0; n <= examples; n++) {
      starts[n] = n * height * width;
    }
    return starts;
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
