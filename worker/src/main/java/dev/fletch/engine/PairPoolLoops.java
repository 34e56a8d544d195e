package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

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

  /**
   * Adds the gradients of {@code planes} planes to the first maxima of their windows: a row of
   * windows is taken apart into its four pixels, which then lie side by side for vectors.
   */
  static void addToLargest(
      Workspace ws, float[] x, Geometry g, int planes, float[] gradient, float[] dx) {
    int width = g.outWidth();
    int apart = width + LANES;
    float[] pixels = ws.array(2, 4 * apart);
    float[] shares = ws.array(3, 4 * apart);
    for (int row = 0; row < planes * g.outHeight(); row++) {
      int upper = upper(g, row);
      int lower = upper + below(g, row);
      takeApart(x, upper, g, pixels, 0, apart);
      takeApart(x, lower, g, pixels, 2 * apart, 3 * apart);
      for (int i = 0; i < width; i += LANES) {
        share(pixels, apart, i, FloatVector.fromArray(SPECIES, gradient, row * width + i), shares);
      }
      addTogether(shares, 0, apart, dx, upper, g);
      addTogether(shares, 2 * apart, 3 * apart, dx, lower, g);
    }
  }

  /** Gives each of some windows' gradients to one of its pixels, and 0 to the others. */
  private static void share(float[] pixels, int apart, int i, FloatVector g, float[] shares) {
    FloatVector a = FloatVector.fromArray(SPECIES, pixels, i);
    FloatVector b = FloatVector.fromArray(SPECIES, pixels, apart + i);
    FloatVector c = FloatVector.fromArray(SPECIES, pixels, 2 * apart + i);
    FloatVector d = FloatVector.fromArray(SPECIES, pixels, 3 * apart + i);
    VectorMask<Float> right = b.compare(VectorOperators.GT, a);
    VectorMask<Float> rightBelow = d.compare(VectorOperators.GT, c);
    FloatVector above = a.blend(b, right);
    VectorMask<Float> below = c.blend(d, rightBelow).compare(VectorOperators.GT, above);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector upper = g.blend(zero, below);
    FloatVector lower = zero.blend(g, below);
    upper.blend(zero, right).intoArray(shares, i);
    zero.blend(upper, right).intoArray(shares, apart + i);
    lower.blend(zero, rightBelow).intoArray(shares, 2 * apart + i);
    zero.blend(lower, rightBelow).intoArray(shares, 3 * apart + i);
  }

  private static void takeApart(
      float[] x, int row, Geometry g, float[] pixels, int left, int right) {
    int pairs = g.width() / 2;
    for (int i = 0; i < pairs; i++) {
      pixels[left + i] = x[row + 2 * i];
      pixels[right + i] = x[row + 2 * i + 1];
    }
    if (g.outWidth() > pairs) {
      pixels[left + pairs] = x[row + 2 * pairs];
      pixels[right + pairs] = x[row + 2 * pairs];
    }
  }

  private static void addTogether(
      float[] shares, int left, int right, float[] dx, int row, Geometry g) {
    int pairs = g.width() / 2;
    for (int i = 0; i < pairs; i++) {
      dx[row + 2 * i] += shares[left + i];
      dx[row + 2 * i + 1] += shares[right + i];
    }
    if (g.outWidth() > pairs) {
      dx[row + 2 * pairs] += shares[left + pairs];
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
