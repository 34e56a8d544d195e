package dev.fletch.engine;

/**
 * One channel of a depthwise convolution of relu(x). A few planes at a time are brought into the
 * first level cache and everything is done with them there.
 */
final class DepthwiseLoops {
  private DepthwiseLoops() {}

  /** The output row of channel {@code c}, {@code columns} values long. */
  static float[] forward(Taps taps, float[] kernel, Matrix x, int c, int columns) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    float[] result = ws.array(1, columns + VectorLoops.LANES);
    float[] laidOut = ws.filled(2, taps.size(), 0);
    float[] flat = ws.array(3, taps.flatSize());
    int planes = columns / g.outPixels();
    int together = taps.together();
    for (int first = 0; first < planes; first += together) {
      int count = Math.min(together, planes - first);
      float[] in = rectified(ws, x, c, first * g.pixels(), count * g.pixels());
      taps.layOut(in, count, laidOut);
      VectorLoops.correlate(laidOut, taps.offsets(), kernel, flat, taps.flatLength(count));
      taps.collect(flat, 0, result, first * g.outPixels(), count);
    }
    return result;
  }

  /**
   * Adds to the gradients of channel {@code c}.
   *
   * @param flipped the kernel with its taps in reverse order; null if {@code dx} is
   * @param dx null if not wanted
   * @param dweights null if not wanted; the channel's are at {@code firstWeight}
   */
  static void backward(
      Taps taps,
      float[] flipped,
      Matrix x,
      int c,
      Matrix dout,
      Matrix dx,
      double[] dweights,
      int firstWeight) {
    Geometry g = taps.geometry();
    Workspace ws = Workspace.current();
    float[] lanes = ws.filled(6, g.taps() * VectorLoops.LANES, 0);
    int planes = dout.columnCount() / g.outPixels();
    int together = taps.together();
    // what lies between the pixels of a laid-out plane stays zero from here on
    ws.filled(2, taps.size(), 0);
    ws.filled(3, taps.flatSize(), 0);
    ws.filled(4, taps.dense().size(), 0);
    for (int first = 0; first < planes; first += together) {
      int count = Math.min(together, planes - first);
      float[] in = rectified(ws, x, c, first * g.pixels(), count * g.pixels());
      float[] gradient = ws.array(1, count * g.outPixels());
      dout.host()
          .get(c * dout.columnCount() + first * g.outPixels(), gradient, 0, count * g.outPixels());
      if (dweights != null) {
        addWeightGradient(ws, taps, in, gradient, count, lanes);
      }
      if (dx != null) {
        addDataGradient(ws, taps, flipped, in, gradient, count, dx, c, first);
      }
    }
    if (dweights != null) {
      for (int t = 0; t < g.taps(); t++) {
        dweights[firstWeight + t] += VectorLoops.sumLanes(lanes, t);
      }
    }
  }

  private static void addWeightGradient(
      Workspace ws, Taps taps, float[] in, float[] gradient, int count, float[] lanes) {
    float[] laidOut = ws.array(2, taps.size());
    float[] flat = ws.array(3, taps.flatSize());
    taps.layOut(in, count, laidOut);
    taps.place(gradient, count, flat, 0);
    VectorLoops.correlateWeights(laidOut, taps.offsets(), flat, taps.flatLength(count), lanes);
  }

  /** Every output gradient spread over the pixels it came from, where they are positive. */
  private static void addDataGradient(
      Workspace ws,
      Taps taps,
      float[] flipped,
      float[] in,
      float[] gradient,
      int count,
      Matrix dx,
      int c,
      int first) {
    Geometry g = taps.geometry();
    Taps dense = taps.dense();
    float[] laidOut = ws.array(4, dense.size());
    float[] flat = ws.array(5, dense.flatSize());
    int pixels = count * g.pixels();
    float[] spread = ws.array(7, pixels + VectorLoops.LANES);
    taps.layOutGradient(gradient, count, laidOut);
    VectorLoops.correlate(laidOut, dense.offsets(), flipped, flat, dense.flatLength(count));
    dense.collect(flat, 0, spread, 0, count);
    int at = c * dx.columnCount() + first * g.pixels();
    float[] target = ws.array(8, pixels + VectorLoops.LANES);
    dx.host().get(at, target, 0, pixels);
    VectorLoops.addWherePositive(in, spread, target, pixels);
    dx.host().put(at, target, 0, pixels);
  }

  private static float[] rectified(Workspace ws, Matrix x, int c, int from, int count) {
    float[] values = ws.array(0, count + VectorLoops.LANES);
    x.host().get(c * x.columnCount() + from, values, 0, count);
    VectorLoops.rectify(values, count);
    return values;
  }
}
