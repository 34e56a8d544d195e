package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Maximum over 2x2 windows with stride 2; a pixel is a run of a value per image. Beyond the border
 * of an image with odd sides its last pixels are looked at again: they are never the first maximum.
 */
final class PairPoolLoops {
  private PairPoolLoops() {}

  /** The four pixels under a window, in row-major order: where their runs begin. */
  private record Pixels(int a, int b, int c, int d) {
    static Pixels under(Geometry g, int y, int x, int images) {
      int upper = 2 * y * g.width();
      int lower = Math.min(2 * y + 1, g.height() - 1) * g.width();
      int left = 2 * x;
      int right = Math.min(2 * x + 1, g.width() - 1);
      return new Pixels(
          (upper + left) * images,
          (upper + right) * images,
          (lower + left) * images,
          (lower + right) * images);
    }

    /** Where the first maximum of image {@code n} lies, in a channel that begins at {@code at}. */
    private int first(double[] x, int at, int n) {
      int best = at + a + n;
      for (int i : new int[] {at + b + n, at + c + n, at + d + n}) {
        best = x[i] > x[best] ? i : best;
      }
      return best;
    }

    private int first(float[] x, int n) {
      int best = a + n;
      best = x[b + n] > x[best] ? b + n : best;
      best = x[c + n] > x[best] ? c + n : best;
      return x[d + n] > x[best] ? d + n : best;
    }
  }

  /**
   * Where the first maximum under an output lies.
   *
   * @param x all channels
   * @param out of all channels of outputs
   */
  static int first(double[] x, Geometry g, int images, int out) {
    int pixel = out / images % g.outPixels();
    int channel = out / images / g.outPixels();
    return Pixels.under(g, pixel / g.outWidth(), pixel % g.outWidth(), images)
        .first(x, channel * g.pixels() * images, out % images);
  }

  /** The maxima of a channel. */
  static void largest(float[] x, Geometry g, int images, float[] out) {
    for (int y = 0; y < g.outHeight(); y++) {
      for (int i = 0; i < g.outWidth(); i++) {
        Pixels pixels = Pixels.under(g, y, i, images);
        largest(x, pixels, out, (y * g.outWidth() + i) * images, images);
      }
    }
  }

  private static void largest(float[] x, Pixels p, float[] out, int to, int images) {
    int a = p.a();
    int b = p.b();
    int c = p.c();
    int d = p.d();
    for (int n = 0; n < images; n++) {
      float above = Math.max(x[a + n], x[b + n]);
      out[to + n] = Math.max(above, Math.max(x[c + n], x[d + n]));
    }
  }

  /** Adds the gradients of a channel to the first maxima of their windows. */
  static void addToLargest(float[] x, Geometry g, int images, float[] gradient, float[] dx) {
    for (int y = 0; y < g.outHeight(); y++) {
      for (int i = 0; i < g.outWidth(); i++) {
        Pixels pixels = Pixels.under(g, y, i, images);
        int from = (y * g.outWidth() + i) * images;
        int n = 0;
        for (; n + LANES <= images; n += LANES) {
          share(x, pixels, n, FloatVector.fromArray(SPECIES, gradient, from + n), dx);
        }
        for (; n < images; n++) {
          dx[pixels.first(x, n)] += gradient[from + n];
        }
      }
    }
  }

  /** Adds each of some images' gradients to one of the window's pixels. */
  private static void share(float[] x, Pixels p, int n, FloatVector g, float[] dx) {
    FloatVector a = FloatVector.fromArray(SPECIES, x, p.a() + n);
    FloatVector b = FloatVector.fromArray(SPECIES, x, p.b() + n);
    FloatVector c = FloatVector.fromArray(SPECIES, x, p.c() + n);
    FloatVector d = FloatVector.fromArray(SPECIES, x, p.d() + n);
    VectorMask<Float> right = b.compare(VectorOperators.GT, a);
    VectorMask<Float> rightBelow = d.compare(VectorOperators.GT, c);
    FloatVector above = a.blend(b, right);
    VectorMask<Float> below = c.blend(d, rightBelow).compare(VectorOperators.GT, above);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector upper = g.blend(zero, below);
    FloatVector lower = zero.blend(g, below);
    add(upper.blend(zero, right), dx, p.a() + n);
    add(zero.blend(upper, right), dx, p.b() + n);
    add(lower.blend(zero, rightBelow), dx, p.c() + n);
    add(zero.blend(lower, rightBelow), dx, p.d() + n);
  }

  private static void add(FloatVector values, float[] to, int at) {
    FloatVector.fromArray(SPECIES, to, at).add(values).intoArray(to, at);
  }
}
