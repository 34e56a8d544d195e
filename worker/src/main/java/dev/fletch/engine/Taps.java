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
  private final int height;
  private final int width;
  private final int outHeight;
  private final int outWidth;
  private final int rowStride;
  private final int phaseSize;
  private final int[] offsets;
  private final int[] places;
  private final int[] gradientPlaces;
  private final Taps dense;

  Taps(Geometry geometry) {
    this.geometry = geometry;
    this.height = geometry.height();
    this.width = geometry.width();
    this.outHeight = geometry.outHeight();
    this.outWidth = geometry.outWidth();
    int s = geometry.stride();
    int k = geometry.kernel();
    int d = geometry.dilation();
    int p = geometry.padding();
    this.dense = s == 1 ? this : new Taps(new Geometry(height, width, k, 1, d));
    this.rowStride = (width + 2 * p + s - 1) / s;
    this.phaseSize = rowStride * ((height + 2 * p + s - 1) / s);
    this.offsets = new int[geometry.taps()];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] = index(tap / k * d, tap % k * d);
    }
    this.places = new int[geometry.pixels()];
    for (int i = 0; i < places.length; i++) {
      places[i] = index(i / width + p, i % width + p);
    }
    this.gradientPlaces = new int[geometry.outPixels()];
    for (int i = 0; i < gradientPlaces.length; i++) {
      gradientPlaces[i] = dense.index(s * (i / outWidth) + p, s * (i % outWidth) + p);
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
    return outHeight * rowStride;
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
    if (dense == this) {
      for (int y = 0, start = places[0]; y < height; y++, start += rowStride) {
        System.arraycopy(plane, from + y * width, target, start, width);
      }
      return;
    }
    for (int i = 0; i < places.length; i++) {
      target[places[i]] = plane[from + i];
    }
  }

  /** Adds a laid-out plane back onto an image: the transpose of {@link #layOut}. */
  void addBack(float[] source, float[] plane, int from) {
    for (int i = 0; i < places.length; i++) {
      plane[from + i] += source[places[i]];
    }
  }

  /** Copies flat outputs, which start at {@code offset}, to a plane, leaving the gaps out. */
  void collect(float[] flat, int offset, float[] plane, int from) {
    for (int y = 0; y < outHeight; y++) {
      System.arraycopy(flat, offset + y * rowStride, plane, from + y * outWidth, outWidth);
    }
  }

  /** Copies an output plane to its flat form at {@code offset}; gaps keep their value. */
  void place(float[] plane, int from, float[] flat, int offset) {
    for (int y = 0; y < outHeight; y++) {
      System.arraycopy(plane, from + y * outWidth, flat, offset + y * rowStride, outWidth);
    }
  }

  /**
   * For the data gradient: puts an output plane into the layout of the {@link #dense} window, with
   * {@code stride - 1} zeros between its pixels, such that correlating with the flipped kernel
   * gives the gradient.
   */
  void layOutGradient(float[] plane, int from, float[] target) {
    if (dense == this) {
      layOut(plane, from, target);
      return;
    }
    for (int i = 0; i < gradientPlaces.length; i++) {
      target[gradientPlaces[i]] = plane[from + i];
    }
  }

  /** The same window over the same image at stride 1. */
  Taps dense() {
    return dense;
  }
}
