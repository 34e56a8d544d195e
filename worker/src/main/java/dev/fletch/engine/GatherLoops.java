package dev.fletch.engine;

import java.util.Arrays;

/** Every stride-th pixel of a plane, and the way back. */
final class GatherLoops {
  private GatherLoops() {}

  /** Copies the pixels of one plane; those beyond the border are 0. */
  static void pick(float[] in, int from, Geometry g, int shift, float[] out, int to) {
    int stride = g.stride();
    int height = g.height();
    int width = g.width();
    int outWidth = g.outWidth();
    int inside = Math.min(outWidth, (width - shift + stride - 1) / stride);
    for (int y = 0; y < g.outHeight(); y++) {
      int at = to + y * outWidth;
      int source = from + (y * stride + shift) * width + shift;
      int count = y * stride + shift < height ? inside : 0;
      for (int x = 0; x < count; x++) {
        out[at + x] = in[source + stride * x];
      }
      Arrays.fill(out, at + count, at + outWidth, 0);
    }
  }

  /** Puts the pixels of one plane back where they came from; the others keep their value. */
  static void unpick(float[] gradient, int from, Geometry g, int shift, float[] spread, int to) {
    int stride = g.stride();
    int height = g.height();
    int width = g.width();
    int outWidth = g.outWidth();
    int inside = Math.min(outWidth, (width - shift + stride - 1) / stride);
    for (int y = 0; y * stride + shift < height && y < g.outHeight(); y++) {
      int at = from + y * outWidth;
      int target = to + (y * stride + shift) * width + shift;
      for (int x = 0; x < inside; x++) {
        spread[target + stride * x] = gradient[at + x];
      }
    }
  }
}
