package dev.fletch.engine;

import java.util.Arrays;

/** One channel of a pool over windows without dilation. */
final class PoolLoops {
  private PoolLoops() {}

  /** Maximum; padding never wins. */
  static void largest(Taps taps, Matrix x, int c, Matrix out) {
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), Float.NEGATIVE_INFINITY);
    float[] best = ws.array(3, taps.flatSize());
    taps.layOut(x, c, laidOut);
    MaximumLoops.largest(laidOut, taps.offsets(), best, null, taps.flatLength());
    float[] result = ws.array(1, out.columnCount());
    taps.collect(best, 0, result);
    CachedRow.put(result, out, c);
  }

  /** Adds the gradient to the first maximum of each window. */
  static void largestBackward(Taps taps, Matrix x, int c, Matrix dout, Matrix dx) {
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), Float.NEGATIVE_INFINITY);
    float[] best = ws.array(3, taps.flatSize());
    float[] which = ws.array(4, taps.flatSize());
    float[] flat = ws.filled(7, taps.flatSize(), 0);
    taps.layOut(x, c, laidOut);
    taps.place(dout, c, flat, 0);
    MaximumLoops.largest(laidOut, taps.offsets(), best, which, taps.flatLength());
    float[] spread = ws.filled(6, taps.size(), 0);
    MaximumLoops.scatterLargest(flat, which, taps.offsets(), spread, taps.flatLength());
    float[] target = CachedRow.channel(ws, 5, dx, c);
    taps.addBack(spread, target);
    CachedRow.put(target, dx, c);
  }

  /** Mean; padding is not counted in the divisor. */
  static void mean(Taps taps, float[] shares, Matrix x, int c, Matrix out) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), 0);
    float[] result = ws.array(1, out.columnCount() + VectorLoops.LANES);
    float[] ones = ones(g.taps());
    taps.layOut(x, c, laidOut);
    PlaneLoops.correlate(taps, laidOut, ones, result);
    share(result, 0, shares, 0, shares.length, taps.row() / g.width());
    CachedRow.put(result, out, c);
  }

  /** Adds every output gradient to the pixels it came from. */
  static void meanBackward(Taps taps, float[] shares, int c, Matrix dout, Matrix dx) {
    Workspace ws = Workspace.current();
    Taps dense = taps.dense();
    Geometry g = taps.geometry();
    float[] laidOut = ws.filled(2, dense.size(), 0);
    float[] ones = ones(g.taps());
    taps.layOutGradient(dout, c, laidOut);
    int images = taps.row() / g.width();
    for (int y = 0; y < g.outHeight(); y++) {
      int row = dense.startOfRow(y * g.stride());
      for (int x = 0; x < g.outWidth(); x++) {
        int at = row + x * g.stride() * images;
        share(laidOut, at, shares, y * g.outWidth() + x, 1, images);
      }
    }
    float[] spread = ws.array(4, dx.columnCount());
    float[] target = CachedRow.channel(ws, 5, dx, c);
    PlaneLoops.correlate(dense, laidOut, ones, spread);
    VectorLoops.add(spread, target, dx.columnCount());
    CachedRow.put(target, dx, c);
  }

  /** Multiplies pixels, runs of as many values as there are images, by a share each. */
  private static void share(
      float[] values, int from, float[] shares, int first, int pixels, int images) {
    for (int i = 0; i < pixels; i++) {
      float share = shares[first + i];
      int at = from + i * images;
      for (int n = 0; n < images; n++) {
        values[at + n] *= share;
      }
    }
  }

  /** 1 / number of image pixels under the window, for every output pixel. */
  static float[] shares(Geometry g) {
    float[] shares = new float[g.outPixels()];
    int reach = g.padding();
    for (int y = 0; y < g.outHeight(); y++) {
      int rows =
          Math.min(y * g.stride() + reach, g.height() - 1)
              - Math.max(y * g.stride() - reach, 0)
              + 1;
      for (int x = 0; x < g.outWidth(); x++) {
        int columns =
            Math.min(x * g.stride() + reach, g.width() - 1)
                - Math.max(x * g.stride() - reach, 0)
                + 1;
        shares[y * g.outWidth() + x] = 1f / (rows * columns);
      }
    }
    return shares;
  }

  private static float[] ones(int taps) {
    float[] ones = new float[taps];
    Arrays.fill(ones, 1);
    return ones;
  }
}
