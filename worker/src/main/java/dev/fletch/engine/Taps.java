package dev.fletch.engine;

/**
 * A plane laid out so that every tap of a window is a constant offset from the output pixel, at
 * stride 1 and 2: the padded plane for stride 1; for stride 2 its four phases (even and odd rows
 * and columns) one after another.
 *
 * <p>An output pixel (y, x) has the flat index {@code y * rowStride + x}; the value under tap t
 * lies at that index plus {@code offset(t)}. Between rows lie columns whose results mean nothing.
 */
final class Taps {
  /** Room behind the last pixel, so that vectors may run over. */
  private static final int SLACK = 64;

  private final Geometry geometry;
  private final int rowStride;
  private final int phaseSize;
  private final int[] offsets;
  private final Taps dense;

  Taps(Geometry geometry) {
    this.geometry = geometry;
    int s = geometry.stride();
    this.dense =
        s == 1
            ? this
            : new Taps(
                new Geometry(
                    geometry.height(),
                    geometry.width(),
                    geometry.kernel(),
                    1,
                    geometry.dilation()));
    int paddedHeight = geometry.height() + 2 * geometry.padding();
    int paddedWidth = geometry.width() + 2 * geometry.padding();
    this.rowStride = (paddedWidth + s - 1) / s;
    this.phaseSize = rowStride * ((paddedHeight + s - 1) / s);
    this.offsets = new int[geometry.taps()];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] =
          index(
              tap / geometry.kernel() * geometry.dilation(),
              tap % geometry.kernel() * geometry.dilation());
    }
  }

  Geometry geometry() {
    return geometry;
  }

  int rowStride() {
    return rowStride;
  }

  int[] offsets() {
    return offsets;
  }

  /** Length of the flat output, gaps included. */
  int flatLength() {
    return geometry.outHeight() * rowStride;
  }

  /** Length of the array that holds a laid-out plane. */
  int size() {
    return geometry.stride() * geometry.stride() * phaseSize + SLACK;
  }

  /** Length of the array that holds flat outputs. */
  int flatSize() {
    return flatLength() + SLACK;
  }

  private int index(int paddedRow, int paddedColumn) {
    int s = geometry.stride();
    return (paddedRow % s * s + paddedColumn % s) * phaseSize
        + paddedRow / s * rowStride
        + paddedColumn / s;
  }

  /** Copies a plane into its layout; what lies outside the image keeps its value. */
  void layOut(float[] plane, int from, float[] target) {
    int p = geometry.padding();
    int width = geometry.width();
    for (int y = 0; y < geometry.height(); y++) {
      int source = from + y * width;
      if (geometry.stride() == 1) {
        System.arraycopy(plane, source, target, (y + p) * rowStride + p, width);
      } else {
        splitRow(plane, source, width, target, index(y + p, p), index(y + p, p + 1));
      }
    }
  }

  /** Even pixels of a row to {@code even}, odd ones to {@code odd}. */
  private static void splitRow(
      float[] plane, int source, int width, float[] target, int even, int odd) {
    int pairs = width / 2;
    for (int x = 0; x < pairs; x++) {
      target[even + x] = plane[source + 2 * x];
    }
    for (int x = 0; x < pairs; x++) {
      target[odd + x] = plane[source + 2 * x + 1];
    }
    if (width % 2 == 1) {
      target[even + pairs] = plane[source + width - 1];
    }
  }

  /** Adds a laid-out plane back onto an image: the transpose of {@link #layOut}. */
  void addBack(float[] source, float[] plane, int from) {
    int p = geometry.padding();
    int width = geometry.width();
    for (int y = 0; y < geometry.height(); y++) {
      int row = from + y * width;
      if (geometry.stride() == 1) {
        addRow(source, (y + p) * rowStride + p, plane, row, 1, width);
      } else {
        addRow(source, index(y + p, p), plane, row, 2, (width + 1) / 2);
        addRow(source, index(y + p, p + 1), plane, row + 1, 2, width / 2);
      }
    }
  }

  private static void addRow(float[] source, int from, float[] plane, int to, int step, int count) {
    for (int x = 0; x < count; x++) {
      plane[to + step * x] += source[from + x];
    }
  }

  /** Copies flat outputs, which start at {@code offset}, to a plane, leaving the gaps out. */
  void collect(float[] flat, int offset, float[] plane, int from) {
    int width = geometry.outWidth();
    for (int y = 0; y < geometry.outHeight(); y++) {
      System.arraycopy(flat, offset + y * rowStride, plane, from + y * width, width);
    }
  }

  /** Copies an output plane to its flat form at {@code offset}; gaps keep their value. */
  void place(float[] plane, int from, float[] flat, int offset) {
    int width = geometry.outWidth();
    for (int y = 0; y < geometry.outHeight(); y++) {
      System.arraycopy(plane, from + y * width, flat, offset + y * rowStride, width);
    }
  }

  /**
   * For the data gradient: puts an output plane into the layout of the stride-1 window over the
   * input, {@code stride - 1} zeros between its pixels, such that correlating with the flipped
   * kernel gives the gradient.
   */
  void layOutGradient(float[] plane, int from, float[] target, Taps dense) {
    int s = geometry.stride();
    int p = geometry.padding();
    int width = geometry.outWidth();
    for (int y = 0; y < geometry.outHeight(); y++) {
      int row = (s * y + p) * dense.rowStride + p;
      if (s == 1) {
        System.arraycopy(plane, from + y * width, target, row, width);
      } else {
        for (int x = 0; x < width; x++) {
          target[row + s * x] = plane[from + y * width + x];
        }
      }
    }
  }

  /** The same window over the same image at stride 1. */
  Taps dense() {
    return dense;
  }
}
