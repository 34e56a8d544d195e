package dev.fletch.engine;

/** The pixels under one tap of a window, for one channel. */
final class UnfoldLoops {
  private UnfoldLoops() {}

  /** One row of the unfolded matrix: what lies under {@code tap} in channel {@code c}. */
  static float[] tap(Taps taps, Matrix x, int c, int tap, boolean relu) {
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), 0);
    if (relu) {
      taps.layOutRectified(x, c, laidOut);
    } else {
      taps.layOut(x, c, laidOut);
    }
    float[] row = ws.array(1, taps.geometry().outHeight() * taps.outRow() + VectorLoops.LANES);
    taps.collect(laidOut, taps.offsets()[tap], row);
    return row;
  }

  /** Adds to channel {@code c} of {@code dx} what came back to all its taps. */
  static void backward(Taps taps, Matrix x, int c, boolean relu, Matrix dout, Matrix dx) {
    Workspace ws = Workspace.current();
    int count = taps.offsets().length;
    float[] spread = ws.filled(4, x.columnCount(), 0);
    for (int tap = 0; tap < count; tap++) {
      float[] laidOut = ws.filled(2, taps.size(), 0);
      taps.place(dout, c * count + tap, laidOut, taps.offsets()[tap]);
      taps.addBack(laidOut, spread);
    }
    float[] target = CachedRow.channel(ws, 5, dx, c);
    if (relu) {
      float[] in = CachedRow.channel(ws, 0, x, c);
      VectorLoops.addWherePositive(in, spread, target, x.columnCount());
    } else {
      VectorLoops.add(spread, target, x.columnCount());
    }
    CachedRow.put(target, dx, c);
  }
}
