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

  /**
   * Along one axis: which of {@code from} old pixels make each of {@code count} new ones, counted
   * from {@code start}, where the whole axis becomes {@code to} pixels long.
   */
  private static Resampling along(int from, long to, long start, int count) {
    double scale = (double) from / to;
    double reach = Math.max(scale, 1);
    int[] first = new int[count];
    float[][] weights = new float[count][];
    for (int i = 0; i < count; i++) {
      double centre = (start + i + 0.5) * scale;
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

    /**
     * A window of this size and place in a plane of the same width that begins at index {@code
     * elsewhere} of its array.
     */
    Window at(int elsewhere) {
      return new Window(elsewhere, stride, top, left, height, width);
    }
  }

  /** Writes the window, resized to {@code height} rows of {@code width}, as values 0 to 255. */
  static void resize(
      byte[] pixels, Window window, int height, int width, float[] out, int outOffset) {
    Resampling across = along(window.width(), width, 0, width);
    Resampling down = along(window.height(), height, 0, height);
    resize(pixels, window, down, across, out, outOffset);
  }

  private static void resize(
      byte[] pixels,
      Window window,
      Resampling down,
      Resampling across,
      float[] out,
      int outOffset) {
    int height = down.first.length;
    int width = across.first.length;
    int begin = down.first[0];
    int rows = down.first[height - 1] + down.weights[height - 1].length - begin;
    float[] narrow = new float[rows * width];
    for (int y = 0; y < rows; y++) {
      int row = window.offset() + (window.top() + begin + y) * window.stride() + window.left();
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
      int above = down.first[y] - begin;
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int j = 0; j < taps.length; j++) {
          sum += taps[j] * narrow[(above + j) * width + x];
        }
        out[outOffset + y * width + x] = sum;
      }
    }
  }

  /**
   * The middle square of an image whose shorter side is resized to {@code side}. Only the pixels of
   * that square are computed, so that a long strip takes no more memory than a square does.
   *
   * @param pixels {@code [C, H, W]} from {@code from} on
   * @param out receives {@code [C, side, side]} from {@code to} on
   */
  static void square(byte[] pixels, int from, ImageShape shape, int side, byte[] out, int to) {
    int shorter = Math.min(shape.height(), shape.width());
    Resampling down = middle(shape.height(), shorter, side);
    Resampling across = middle(shape.width(), shorter, side);
    float[] plane = new float[side * side];
    for (int channel = 0; channel < shape.channels(); channel++) {
      int offset = from + channel * shape.height() * shape.width();
      Window whole = Window.whole(offset, shape.height(), shape.width());
      resize(pixels, whole, down, across, plane, 0);
      for (int i = 0; i < plane.length; i++) {
        out[to + channel * plane.length + i] = (byte) Math.round(plane[i]);
      }
    }
  }

  /**
   * The middle {@code side} pixels of an axis that is resized so that {@code shorter} becomes them.
   */
  private static Resampling middle(int from, int shorter, int side) {
    long resized = (long) from * side / shorter;
    return along(from, resized, (resized - side) / 2, side);
  }
}
