package dev.fletch.engine;

/**
 * One channel of all images laid out so that every tap of a window is a constant offset from the
 * output pixel, at stride 1 and 2: within a border of zeros (or whatever the array holds) for
 * stride 1; for stride 2 as four phases (even and odd rows and columns) one after another. A pixel
 * is a run of N values, one of each image.
 *
 * <p>The values of output pixel (y, x) have the flat index {@code y * rowStride + x * N}; those
 * under tap t lie at that index plus {@code offset(t)}. Between rows lie places whose results mean
 * nothing. At stride 1 neighbouring rows share their border.
 */
final class Taps {
  /** Room behind the last pixel, so that vectors may run over. */
  private static final int SLACK = 64;

  private final Geometry geometry;
  private final int images;
  private final int rowStride;
  private final int phaseSize;
  private final int[] offsets;
  private final Taps dense;

  /**
   * @param images N
   */
  Taps(Geometry geometry, int images) {
    this.geometry = geometry;
    this.images = images;
    int s = geometry.stride();
    int k = geometry.kernel();
    int p = geometry.padding();
    int height = geometry.height();
    int width = geometry.width();
    this.dense =
        s == 1 ? this : new Taps(new Geometry(height, width, k, 1, geometry.dilation()), images);
    this.rowStride = wholeVectors(images * (s == 1 ? width + p : (width + 2 * p + s - 1) / s));
    this.phaseSize =
        s == 1
            ? rowStride * (height + 2 * p) + p * images
            : rowStride * ((height + 2 * p + s - 1) / s);
    this.offsets = new int[geometry.taps()];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] = index(tap / k * geometry.dilation(), tap % k * geometry.dilation());
    }
  }

  private static int wholeVectors(int length) {
    return (length + VectorLoops.LANES - 1) / VectorLoops.LANES * VectorLoops.LANES;
  }

  Geometry geometry() {
    return geometry;
  }

  int[] offsets() {
    return offsets;
  }

  /** How far apart the rows of flat outputs lie: a number of whole vectors. */
  int rowStride() {
    return rowStride;
  }

  /** Length of a row of the image. */
  int row() {
    return geometry.width() * images;
  }

  /** Length of a row of outputs. */
  int outRow() {
    return geometry.outWidth() * images;
  }

  /** Length of the flat output, gaps included. */
  int flatLength() {
    return (geometry.outHeight() - 1) * rowStride + outRow();
  }

  /** Length of the array that holds laid-out images. */
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
        + paddedColumn / s * images;
  }

  /** Where a pixel of the image is laid out. */
  private int place(int y, int x) {
    return index(y + geometry.padding(), x + geometry.padding());
  }

  /** Where the first pixel of row {@code y} is laid out, at stride 1. */
  int startOfRow(int y) {
    return place(y, 0);
  }

  /** Copies a channel into its layout; what lies outside the image keeps its value. */
  void layOut(Matrix x, int c, float[] target) {
    for (int y = 0; y < geometry.height(); y++) {
      int from = c * x.columnCount() + y * row();
      if (dense == this) {
        x.host().get(from, target, place(y, 0), row());
        continue;
      }
      for (int i = 0; i < geometry.width(); i++) {
        x.host().get(from + i * images, target, place(y, i), images);
      }
    }
  }

  /** Copies a channel into its layout with 0 in place of negative pixels. */
  void layOutRectified(Matrix x, int c, float[] target) {
    layOut(x, c, target);
    for (int y = 0; y < geometry.height(); y++) {
      if (dense == this) {
        VectorLoops.rectify(target, place(y, 0), row());
        continue;
      }
      // pixels of one phase lie side by side
      for (int phase = 0; phase < Math.min(2, geometry.width()); phase++) {
        int pixels = (geometry.width() - phase + 1) / 2;
        VectorLoops.rectify(target, place(y, phase), pixels * images);
      }
    }
  }

  /** Adds a laid-out channel to one of a matrix: the transpose of {@link #layOut}. */
  void addBack(float[] source, float[] image) {
    for (int y = 0; y < geometry.height(); y++) {
      if (dense == this) {
        VectorLoops.add(source, place(y, 0), image, y * row(), row());
        continue;
      }
      for (int i = 0; i < geometry.width(); i++) {
        VectorLoops.add(source, place(y, i), image, y * row() + i * images, images);
      }
    }
  }

  /** Copies flat outputs, which start at {@code offset}, to outputs without gaps. */
  void collect(float[] flat, int offset, float[] outputs) {
    for (int y = 0; y < geometry.outHeight(); y++) {
      System.arraycopy(flat, offset + y * rowStride, outputs, y * outRow(), outRow());
    }
  }

  /**
   * Copies the outputs of a channel to their flat form at {@code offset}; gaps keep their value.
   */
  void place(Matrix outputs, int c, float[] flat, int offset) {
    for (int y = 0; y < geometry.outHeight(); y++) {
      int from = c * outputs.columnCount() + y * outRow();
      outputs.host().get(from, flat, offset + y * rowStride, outRow());
    }
  }

  /**
   * For the data gradient: puts the outputs of a channel into the layout of the {@link #dense}
   * window, with {@code stride - 1} zeros between their pixels, such that correlating with the
   * flipped kernel gives the gradient.
   */
  void layOutGradient(Matrix outputs, int c, float[] target) {
    if (dense == this) {
      layOut(outputs, c, target);
      return;
    }
    int s = geometry.stride();
    for (int y = 0; y < geometry.outHeight(); y++) {
      int from = c * outputs.columnCount() + y * outRow();
      for (int i = 0; i < geometry.outWidth(); i++) {
        outputs.host().get(from + i * images, target, dense.place(s * y, s * i), images);
      }
    }
  }

  /**
   * Whether gradients that {@link #layOutGradient} has laid out can stand for those that {@link
   * #place} places: their first pixel lies at {@link #firstPixel}.
   */
  boolean gradientsLieAsOutputs() {
    return dense == this;
  }

  int firstPixel() {
    return place(0, 0);
  }

  /** This window over images of this size at stride 1; this object itself if its stride is 1. */
  Taps dense() {
    return dense;
  }
}
