package dev.fletch.engine;

/** Maximum over 2x2 windows with stride 2, in whatever precision. */
final class PairPoolLoops {
  private static final int TAPS = 4;

  private PairPoolLoops() {}

  /**
   * For every output pixel the pixels of its window, row by row. Beyond the border of an image with
   * odd sides its last pixels are named again: never the first maximum.
   *
   * @param g only its sizes matter
   */
  static int[] windows(Geometry g) {
    int[] pixels = new int[TAPS * g.outPixels()];
    for (int i = 0; i < pixels.length; i++) {
      int out = i / TAPS;
      int y = Math.min(2 * (out / g.outWidth()) + i % TAPS / 2, g.height() - 1);
      int x = Math.min(2 * (out % g.outWidth()) + i % 2, g.width() - 1);
      pixels[i] = y * g.width() + x;
    }
    return pixels;
  }

  /** Where the first maximum under output pixel {@code out} of a plane lies. */
  static int first(float[] x, int plane, int[] windows, int out) {
    int best = plane + windows[TAPS * out];
    for (int tap = 1; tap < TAPS; tap++) {
      int i = plane + windows[TAPS * out + tap];
      best = x[i] > x[best] ? i : best;
    }
    return best;
  }

  /** Likewise. */
  static int first(double[] x, int plane, int[] windows, int out) {
    int best = plane + windows[TAPS * out];
    for (int tap = 1; tap < TAPS; tap++) {
      int i = plane + windows[TAPS * out + tap];
      best = x[i] > x[best] ? i : best;
    }
    return best;
  }
}
