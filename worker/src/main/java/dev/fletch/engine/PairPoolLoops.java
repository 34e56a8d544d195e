package dev.fletch.engine;

/**
 * Maximum over 2x2 windows with stride 2. Beyond the border of an image with odd sides its last
 * pixels are looked at again: they are never the first maximum.
 */
final class PairPoolLoops {
  private PairPoolLoops() {}

  /** Where the first maximum under output pixel {@code out} of some planes lies. */
  static int first(double[] x, Geometry g, int out) {
    int upper = upper(g, out / g.outWidth());
    int below = below(g, out / g.outWidth());
    int left = 2 * (out % g.outWidth());
    int right = Math.min(left + 1, g.width() - 1);
    int best = upper + left;
    for (int i : new int[] {upper + right, upper + below + left, upper + below + right}) {
      best = x[i] > x[best] ? i : best;
    }
    return best;
  }

  /** The maxima of {@code planes} planes. */
  static void largest(float[] x, Geometry g, int planes, float[] out) {
    int last = g.width() - 1;
    for (int row = 0; row < planes * g.outHeight(); row++) {
      int upper = upper(g, row);
      int lower = upper + below(g, row);
      int to = row * g.outWidth();
      for (int i = 0; i < g.outWidth(); i++) {
        int left = 2 * i;
        int right = Math.min(left + 1, last);
        float above = Math.max(x[upper + left], x[upper + right]);
        out[to + i] = Math.max(above, Math.max(x[lower + left], x[lower + right]));
      }
    }
  }

  /** Adds the gradients of {@code planes} planes to the first maxima of their windows. */
  static void addToLargest(float[] x, Geometry g, int planes, float[] gradient, float[] dx) {
    int last = g.width() - 1;
    for (int row = 0; row < planes * g.outHeight(); row++) {
      int upper = upper(g, row);
      int lower = upper + below(g, row);
      int from = row * g.outWidth();
      for (int i = 0; i < g.outWidth(); i++) {
        int left = 2 * i;
        int right = Math.min(left + 1, last);
        float a = x[upper + left];
        float b = x[upper + right];
        float c = x[lower + left];
        float d = x[lower + right];
        // without branches that nobody could predict
        int above = upper + (b > a ? right : left);
        int under = lower + (d > c ? right : left);
        dx[Math.max(c, d) > Math.max(a, b) ? under : above] += gradient[from + i];
      }
    }
  }

  /** Where the upper of the two rows of pixels under a row of outputs begins. */
  private static int upper(Geometry g, int row) {
    return row / g.outHeight() * g.pixels() + 2 * (row % g.outHeight()) * g.width();
  }

  /** How far the lower one is from it. */
  private static int below(Geometry g, int row) {
    return 2 * (row % g.outHeight()) + 1 < g.height() ? g.width() : 0;
  }
}
