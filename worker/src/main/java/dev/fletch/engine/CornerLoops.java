package dev.fletch.engine;

/** Means of {@link Corners}, value by value in double precision. */
final class CornerLoops {
  private CornerLoops() {}

  /** {@code out} is {@code [C * 4, N]}: row {@code c * 4 + window}. */
  static void forward(Matrix x, Corners of, Matrix out) {
    double[] pixels = HostWindowKernels.values(x);
    double[] pooled = new double[out.rowCount() * out.columnCount()];
    for (int i = 0; i < pooled.length; i++) {
      double sum = 0;
      int corner = corner(of, i, x);
      for (int row = 0; row < of.windowHeight(); row++) {
        for (int column = 0; column < of.windowWidth(); column++) {
          sum += Math.max(0, pixels[corner + (row * of.width() + column) * images(x, of)]);
        }
      }
      pooled[i] = sum / (of.windowHeight() * of.windowWidth());
    }
    out.write(pooled);
  }

  static void backward(Matrix x, Corners of, Matrix dout, Matrix dx) {
    double[] pixels = HostWindowKernels.values(x);
    double[] gradient = HostWindowKernels.values(dx);
    double[] pooled = HostWindowKernels.values(dout);
    for (int i = 0; i < pooled.length; i++) {
      double share = pooled[i] / (of.windowHeight() * of.windowWidth());
      int corner = corner(of, i, x);
      for (int row = 0; row < of.windowHeight(); row++) {
        for (int column = 0; column < of.windowWidth(); column++) {
          int at = corner + (row * of.width() + column) * images(x, of);
          gradient[at] += pixels[at] > 0 ? share : 0;
        }
      }
    }
    dx.write(gradient);
  }

  private static int images(Matrix x, Corners of) {
    return x.columnCount() / (of.height() * of.width());
  }

  /** Where the window of output value {@code i} begins: i = (channel * 4 + window) * N + n. */
  private static int corner(Corners of, int i, Matrix x) {
    int images = images(x, of);
    int row = i / images;
    return row / Corners.COUNT * x.columnCount()
        + of.first(row % Corners.COUNT) * images
        + i % images;
  }
}
