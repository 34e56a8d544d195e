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
      float[] in = pixels(ws, x, c, first * g.pixels(), count * g.pixels());
      taps.layOutRectified(in, count, laidOut);
      CorrelationLoops.correlate(laidOut, taps.offsets(), kernel, flat, taps.flatLength(count));
      taps.collect(flat, 0, result, first * g.outPixels(), count);
    }
    return result;
  }

  /**
   * Where the gradients of a backward pass go.
   *
   * @param flipped the kernel with its taps in reverse order; null if {@code dx} is
   * @param dx null if not wanted
   * @param adds to what is in dx, in place of overwriting it
   * @param dweights added to, the channel's at {@code firstWeight}; null if not wanted
   */
  record Gradients(float[] flipped, Matrix dx, boolean adds, double[] dweights, int firstWeight) {}

  /** The gradients of channel {@code c}. */
  static void backward(Taps taps, Matrix x, int c, Matrix dout, Gradients to) {
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
      float[] in = pixels(ws, x, c, first * g.pixels(), count * g.pixels());
      float[] gradient = ws.array(1, count * g.outPixels());
      dout.host()
          .get(c * dout.columnCount() + first * g.outPixels(), gradient, 0, count * g.outPixels());
      float[] laidOut = ws.array(4, taps.dense().size());
      taps.layOutGradient(gradient, count, laidOut);
      if (to.dweights() != null) {
        addWeightGradient(ws, taps, in, gradient, laidOut, count, lanes);
      }
      if (to.dx() != null) {
        dataGradient(ws, taps, in, laidOut, count, to, c, first);
      }
    }
    if (to.dweights() != null) {
      for (int t = 0; t < g.taps(); t++) {
        to.dweights()[to.firstWeight() + t] += VectorLoops.sumLanes(lanes, t);
      }
    }
  }

  private static void addWeightGradient(
      Workspace ws,
      Taps taps,
      float[] in,
      float[] gradient,
      float[] laidOutGradient,
      int count,
      float[] lanes) {
    float[] laidOut = ws.array(2, taps.size());
    taps.layOutRectified(in, count, laidOut);
    int length = taps.flatLength(count);
    if (taps.gradientsLieAsOutputs()) {
      CorrelationLoops.correlateWeights(
          laidOut, taps.offsets(), laidOutGradient, taps.firstPixel(), length, lanes);
      return;
    }
    float[] flat = ws.array(3, taps.flatSize());
    taps.place(gradient, count, flat, 0);
    CorrelationLoops.correlateWeights(laidOut, taps.offsets(), flat, 0, length, lanes);
  }

  /** Every output gradient spread over the pixels it came from, where they are positive. */
  private static void dataGradient(
      Workspace ws,
      Taps taps,
      float[] in,
      float[] laidOut,
      int count,
      Gradients to,
      int c,
      int first) {
    Geometry g = taps.geometry();
    Taps dense = taps.dense();
    float[] flat = ws.array(5, dense.flatSize());
    int pixels = count * g.pixels();
    float[] spread = ws.array(7, pixels + VectorLoops.LANES);
    CorrelationLoops.correlate(
        laidOut, dense.offsets(), to.flipped(), flat, dense.flatLength(count));
    dense.collect(flat, 0, spread, 0, count);
    int at = c * to.dx().columnCount() + first * g.pixels();
    if (!to.adds()) {
      VectorLoops.keepWherePositive(in, spread, pixels);
      to.dx().host().put(at, spread, 0, pixels);
      return;
    }
    float[] target = ws.array(8, pixels + VectorLoops.LANES);
    to.dx().host().get(at, target, 0, pixels);
    VectorLoops.addWherePositive(in, spread, target, pixels);
    to.dx().host().put(at, target, 0, pixels);
  }

  private static float[] pixels(Workspace ws, Matrix x, int c, int from, int count) {
    float[] values = ws.array(0, count + VectorLoops.LANES);
    x.host().get(c * x.columnCount() + from, values, 0, count);
    return values;
  }
}
