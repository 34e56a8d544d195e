package dev.fletch.engine;

/**
 * A few planes laid out so that every tap of a window is a constant offset from the output pixel,
 * at stride 1 and 2: the padded planes one below the other for stride 1; for stride 2 their four
 * phases (even and odd rows and columns) one after another.
 *
 * <p>An output pixel (y, x) of plane n has the flat index {@code n * planeStride + y * rowStride +
 * x}; the value under tap t lies at that index plus {@code offset(t)}. Between rows and planes lie
 * places whose results mean nothing. At stride 1 neighbours share their border.
 */
final class Taps {
  /** Room behind the last pixel, so that vectors may run over. */
  private static final int SLACK = 64;

  /** Pixels that are laid out together, at least one plane: what the first level cache holds. */
  private static final int PIXELS = 2048;

  private final Geometry geometry;
  private final int together;
  private final int height;
  private final int width;
  private final int outHeight;
  private final int outWidth;
  private final int rowStride;
  private final int planeStride;
  private final int phaseSize;
  private final int[] offsets;
  private final int[] places;
  private final int[] gradientPlaces;
  private final Taps dense;

  Taps(Geometry geometry) {
    this.geometry = geometry;
    this.together = Math.max(1, PIXELS / geometry.pixels());
    this.height = geometry.height();
    this.width = geometry.width();
    this.outHeight = geometry.outHeight();
    this.outWidth = geometry.outWidth();
    int s = geometry.stride();
    int k = geometry.kernel();
    int d = geometry.dilation();
    int p = geometry.padding();
    this.dense = s == 1 ? this : new Taps(new Geometry(height, width, k, 1, d));
    this.rowStride = s == 1 ? width + p : (width + 2 * p + s - 1) / s;
    this.planeStride = rowStride * (s == 1 ? height + p : (height + 2 * p + s - 1) / s);
    this.phaseSize = together * planeStride + (s == 1 ? p * rowStride + p : 0);
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

  /** How many planes are laid out at most. */
  int together() {
    return together;
  }

  int[] offsets() {
    return offsets;
  }

  /** Length of the flat output of {@code planes} planes, gaps included. */
  int flatLength(int planes) {
    return (planes - 1) * planeStride + outHeight * rowStride;
  }

  /** Length of the array that holds laid-out planes. */
  int size() {
    return geometry.stride() * geometry.stride() * phaseSize + SLACK;
  }

  /** Length of the array that holds flat outputs. */
  int flatSize() {
    return flatLength(together) + SLACK;
  }

  private int index(int paddedRow, int paddedColumn) {
    int s = geometry.stride();
    return (paddedRow % s * s + paddedColumn % s) * phaseSize
        + paddedRow / s * rowStride
        + paddedColumn / s;
  }

  /** Copies planes into their layout; what lies outside the images keeps its value. */
  void layOut(float[] images, int planes, float[] target) {
    layOut(images, planes, Float.NEGATIVE_INFINITY, target);
  }

  /**
   * Copies planes into their layout with 0 in place of negative pixels; what lies outside the
   * images keeps its value.
   */
  void layOutRectified(float[] images, int planes, float[] target) {
    layOut(images, planes, 0, target);
  }

  private void layOut(float[] images, int planes, float least, float[] target) {
    for (int n = 0; n < planes; n++) {
      int from = n * geometry.pixels();
      int shift = n * planeStride;
      if (dense == this) {
        int start = shift + places[0];
        for (int y = 0; y < height; y++, start += rowStride) {
          VectorLoops.copy(images, from + y * width, least, target, start, width);
        }
      } else {
        for (int y = 0; y < height; y++) {
          layOutInPhases(images, from + y * width, y, least, target, shift);
        }
      }
    }
  }

  /** Copies one row of pixels; every other one goes to another phase. */
  private void layOutInPhases(
      float[] images, int from, int y, float least, float[] target, int shift) {
    int first = shift + places[y * width];
    for (int i = 0, x = 0; x < width; i++, x += 2) {
      target[first + i] = Math.max(images[from + x], least);
    }
    int second = width > 1 ? shift + places[y * width + 1] : 0;
    for (int i = 0, x = 1; x < width; i++, x += 2) {
      target[second + i] = Math.max(images[from + x], least);
    }
  }

  /** Adds laid-out planes back onto images: the transpose of {@link #layOut}. */
  void addBack(float[] source, float[] images, int planes) {
    for (int n = 0; n < planes; n++) {
      int from = n * geometry.pixels();
      int shift = n * planeStride;
      if (dense == this) {
        int start = shift + places[0];
        for (int y = 0; y < height; y++, start += rowStride) {
          addRow(source, start, images, from + y * width, width);
        }
      } else {
        for (int i = 0; i < places.length; i++) {
          images[from + i] += source[shift + places[i]];
        }
      }
    }
  }

  private static void addRow(float[] source, int at, float[] target, int to, int n) {
    for (int i = 0; i < n; i++) {
      target[to + i] += source[at + i];
    }
  }

  /**
   * Copies flat outputs, which start at {@code offset}, to output planes from {@code to} on,
   * leaving the gaps out.
   */
  void collect(float[] flat, int offset, float[] outputs, int to, int planes) {
    for (int n = 0; n < planes; n++) {
      int source = offset + n * planeStride;
      int target = to + n * geometry.outPixels();
      for (int y = 0; y < outHeight; y++) {
        VectorLoops.copy(flat, source + y * rowStride, outputs, target + y * outWidth, outWidth);
      }
    }
  }

  /** Copies output planes to their flat form at {@code offset}; gaps keep their value. */
  void place(float[] outputs, int planes, float[] flat, int offset) {
    for (int n = 0; n < planes; n++) {
      int target = offset + n * planeStride;
      int source = n * geometry.outPixels();
      for (int y = 0; y < outHeight; y++) {
        VectorLoops.copy(outputs, source + y * outWidth, flat, target + y * rowStride, outWidth);
      }
    }
  }

  /**
   * For the data gradient: puts output planes into the layout of the {@link #dense} window, with
   * {@code stride - 1} zeros between their pixels, such that correlating with the flipped kernel
   * gives the gradient.
   */
  void layOutGradient(float[] outputs, int planes, float[] target) {
    if (dense == this) {
      layOut(outputs, planes, target);
      return;
    }
    for (int n = 0; n < planes; n++) {
      int from = n * geometry.outPixels();
      int shift = n * dense.planeStride;
      for (int y = 0; y < outHeight; y++) {
        int start = shift + gradientPlaces[y * outWidth];
        for (int x = 0; x < outWidth; x++) {
          target[start + 2 * x] = outputs[from + y * outWidth + x];
        }
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
    return places[0];
  }

  /** This window over images of this size at stride 1; this object itself if its stride is 1. */
  Taps dense() {
    return dense;
  }
}
