package dev.fletch.engine;

import java.util.Arrays;

/** The pixels under one tap of a window, for one channel. */
final class UnfoldLoops {
  private UnfoldLoops() {}

  /** One row of the unfolded matrix: what lies under {@code tap} in channel {@code c}. */
  static float[] tap(Taps taps, Matrix x, int c, int tap, boolean relu) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    int planes = x.columnCount() / g.pixels();
    float[] laidOut = ws.filled(2, taps.size(), 0);
    float[] row = ws.array(1, planes * g.outPixels() + VectorLoops.LANES);
    for (int first = 0; first < planes; first += taps.together()) {
      int count = Math.min(taps.together(), planes - first);
      float[] in = ws.array(0, count * g.pixels());
      x.host().get(c * x.columnCount() + first * g.pixels(), in, 0, count * g.pixels());
      if (relu) {
        VectorLoops.rectify(in, count * g.pixels());
      }
      taps.layOut(in, count, laidOut);
      taps.collect(laidOut, taps.offsets()[tap], row, first * g.outPixels(), count);
    }
    return row;
  }

  /** Adds to channel {@code c} of {@code dx} what came back to all its taps. */
  static void backward(Taps taps, Matrix x, int c, boolean relu, Matrix dout, Matrix dx) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    int planes = x.columnCount() / g.pixels();
    float[] laidOut = ws.array(2, taps.size());
    for (int first = 0; first < planes; first += taps.together()) {
      int count = Math.min(taps.together(), planes - first);
      int pixels = count * g.pixels();
      float[] spread = ws.filled(4, pixels, 0);
      for (int tap = 0; tap < g.taps(); tap++) {
        int row = c * g.taps() + tap;
        float[] gradient = ws.array(1, count * g.outPixels());
        dout.host()
            .get(
                row * dout.columnCount() + first * g.outPixels(),
                gradient,
                0,
                count * g.outPixels());
        Arrays.fill(laidOut, 0, taps.size(), 0);
        taps.place(gradient, count, laidOut, taps.offsets()[tap]);
        taps.addBack(laidOut, spread, count);
      }
      int at = c * dx.columnCount() + first * g.pixels();
      float[] target = ws.array(5, pixels);
      dx.host().get(at, target, 0, pixels);
      if (relu) {
        float[] in = ws.array(0, pixels);
        x.host().get(at, in, 0, pixels);
        VectorLoops.addWherePositive(in, spread, target, pixels);
      } else {
        VectorLoops.add(spread, target, pixels);
      }
      dx.host().put(at, target, 0, pixels);
    }
  }
}
