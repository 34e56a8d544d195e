package dev.fletch.data;

/**
 * Bilinear resizing of planes. Where an image shrinks, the triangle over each new pixel widens with
 * it, so that every old pixel counts (as Pillow does, and PyTorch with {@code antialias}).
 */
final class Resampling {
  private final int[] first;
  private final float[][] weights;

  private Resampling(int[] first, float[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /** Along one axis: which of {@code from} old pixels make each of {@code to} new ones. */
  private static Resampling along(int from, int to) {
    double scale = (double) from / to;
    double reach = Math.max(scale, 1);
    int[] first = new int[to];
    float[][] weights = new float[to][];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      first[i] = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(from, (int) (centre + reach + 0.5));
      double[] triangle = new double[end - first[i]];
      double sum = 0;
      for (int j = 0; j < triangle.length; j++) {
        triangle[j] = Math.max(0, 1 - Math.abs((first[i] + j - centre + 0.5) / reach));
        sum += triangle[j];
      }
      weights[i] = new float[triangle.length];
      for (int j = 0; j < triangle.length; j++) {
        weights[i][j] = (float) (triangle[j] / sum);
      }
    }
    return new Resampling(first, weights);
  }

  /**
   * A window of a plane.
   *
   * @param offset where the plane begins in its array
   * @param stride pixels from one row of the plane to the next
   */
  record Window(int offset, int stride, int top, int left, int height, int width) {
    /** The whole of a plane. */
    static Window whole(int offset, int height, int width) {
      return new Window(offset, width, 0, 0, height, width);
    }

    /** The same of a plane that begins elsewhere. */
    Window at(int elsewhere) {
      return new Window(elsewhere, stride, top, left, height, width);
    }
  }

  /** Writes the window, resized to {@code height} rows of {@code width}, as values 0 to 255. */
  static void resize(
      byte[] pixels, Window window, int height, int width, float[] out, int outOffset) {
    Resampling across = along(window.width(), width);
    Resampling down = along(window.height(), height);
    float[] narrow = new float[window.height() * width];
    for (int y = 0; y < window.height(); y++) {
      int row = window.offset() + (window.top() + y) * window.stride() + window.left();
      for (int x = 0; x < width; x++) {
        float sum = 0;
        float[] taps = across.weights[x];
        for (int j = 0; j < taps.length; j++) {
          sum += taps[j] * Byte.toUnsignedInt(pixels[row + across.first[x] + j]);
        }
        narrow[y * width + x] = sum;
      }
    }
    for (int y = 0; y < height; y++) {
      float[] taps = down.weights[y];
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int j = 0; j < taps.length; j++) {
          sum += taps[j] * narrow[(down.first[y] + j) * width + x];
        }
        out[outOffset + y * width + x] = sum;
      }
    }
  }

  /**
   * The middle square of an image whose shorter side is resized to {@code side}.
   *
   * @param pixels {@code [C, H, W]} from {@code from} on
   * @param out receives {@code [C, side, side]} from {@code to} on
   */
  static void square(byte[] pixels, int from, ImageShape shape, int side, byte[] out, int to) {
    int shorter = Math.min(shape.height(), shape.width());
    int height = (int) ((long) shape.height() * side / shorter);
    int width = (int) ((long) shape.width() * side / shorter);
    int top = (height - side) / 2;
    int left = (width - side) / 2;
    float[] plane = new float[height * width];
    for (int channel = 0; channel < shape.channels(); channel++) {
      int offset = from + channel * shape.height() * shape.width();
      Window whole = Window.whole(offset, shape.height(), shape.width());
      resize(pixels, whole, height, width, plane, 0);
      for (int i = 0; i < side * side; i++) {
        float value = plane[(top + i / side) * width + left + i % side];
        out[to + channel * side * side + i] = (byte) Math.round(value);
      }
    }
  }
}
