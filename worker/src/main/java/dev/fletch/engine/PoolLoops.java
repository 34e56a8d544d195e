package dev.fletch.engine;

import java.util.Arrays;

/** One channel of a pool over 3x3 windows, a few planes at a time in the first level cache. */
final class PoolLoops {
  private PoolLoops() {}

  /** What is done with a few planes. */
  private interface Block {
    /**
     * @param first number of the first plane
     * @param count how many
     */
    void run(int first, int count);
  }

  private static void forEachBlock(Taps taps, int planes, Block block) {
    for (int first = 0; first < planes; first += taps.together()) {
      block.run(first, Math.min(taps.together(), planes - first));
    }
  }

  /** Maximum; padding never wins. */
  static void largest(Taps taps, Matrix x, int c, Matrix out) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), Float.NEGATIVE_INFINITY);
    float[] best = ws.array(3, taps.flatSize());
    forEachBlock(
        taps,
        out.columnCount() / g.outPixels(),
        (first, count) -> {
          float[] in = planes(ws, 0, x, c, first, count, g.pixels());
          taps.layOut(in, count, laidOut);
          MaximumLoops.largest(laidOut, taps.offsets(), best, null, taps.flatLength(count));
          float[] result = ws.array(1, count * g.outPixels());
          taps.collect(best, 0, result, 0, count);
          put(result, out, c, first, count, g.outPixels());
        });
  }

  /** Adds the gradient to the first maximum of each window. */
  static void largestBackward(Taps taps, Matrix x, int c, Matrix dout, Matrix dx) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), Float.NEGATIVE_INFINITY);
    float[] best = ws.array(3, taps.flatSize());
    float[] which = ws.array(4, taps.flatSize());
    float[] spread = ws.array(6, taps.size());
    float[] flat = ws.filled(7, taps.flatSize(), 0);
    forEachBlock(
        taps,
        dout.columnCount() / g.outPixels(),
        (first, count) -> {
          taps.layOut(planes(ws, 0, x, c, first, count, g.pixels()), count, laidOut);
          taps.place(planes(ws, 1, dout, c, first, count, g.outPixels()), count, flat, 0);
          int length = taps.flatLength(count);
          MaximumLoops.largest(laidOut, taps.offsets(), best, which, length);
          Arrays.fill(spread, 0, taps.size(), 0);
          MaximumLoops.scatterLargest(flat, which, taps.offsets(), spread, length);
          float[] target = planes(ws, 5, dx, c, first, count, g.pixels());
          taps.addBack(spread, target, count);
          put(target, dx, c, first, count, g.pixels());
        });
  }

  /** Mean; padding is not counted in the divisor. */
  static void mean(Taps taps, float[] shares, Matrix x, int c, Matrix out) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), 0);
    float[] flat = ws.array(3, taps.flatSize());
    float[] ones = ones(g.taps());
    forEachBlock(
        taps,
        out.columnCount() / g.outPixels(),
        (first, count) -> {
          taps.layOut(planes(ws, 0, x, c, first, count, g.pixels()), count, laidOut);
          CorrelationLoops.correlate(laidOut, taps.offsets(), ones, flat, taps.flatLength(count));
          float[] result = ws.array(1, count * g.outPixels());
          taps.collect(flat, 0, result, 0, count);
          share(result, shares, count);
          put(result, out, c, first, count, g.outPixels());
        });
  }

  /** Adds every output gradient to the pixels it came from. */
  static void meanBackward(Taps taps, float[] shares, int c, Matrix dout, Matrix dx) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    Taps dense = taps.dense();
    float[] laidOut = ws.filled(2, dense.size(), 0);
    float[] flat = ws.array(3, dense.flatSize());
    float[] ones = ones(g.taps());
    forEachBlock(
        taps,
        dout.columnCount() / g.outPixels(),
        (first, count) -> {
          float[] gradient = planes(ws, 1, dout, c, first, count, g.outPixels());
          share(gradient, shares, count);
          taps.layOutGradient(gradient, count, laidOut);
          CorrelationLoops.correlate(laidOut, dense.offsets(), ones, flat, dense.flatLength(count));
          float[] spread = ws.array(4, count * g.pixels());
          dense.collect(flat, 0, spread, 0, count);
          float[] target = planes(ws, 5, dx, c, first, count, g.pixels());
          VectorLoops.add(spread, target, count * g.pixels());
          put(target, dx, c, first, count, g.pixels());
        });
  }

  private static float[] planes(
      Workspace ws, int index, Matrix x, int c, int first, int count, int pixels) {
    float[] values = ws.array(index, count * pixels);
    x.host().get(c * x.columnCount() + first * pixels, values, 0, count * pixels);
    return values;
  }

  private static void put(float[] values, Matrix x, int c, int first, int count, int pixels) {
    x.host().put(c * x.columnCount() + first * pixels, values, 0, count * pixels);
  }

  private static void share(float[] values, float[] shares, int planes) {
    for (int from = 0; from < planes * shares.length; from += shares.length) {
      for (int i = 0; i < shares.length; i++) {
        values[from + i] *= shares[i];
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
