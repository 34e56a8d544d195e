package dev.fletch.engine;

/** One channel of a depthwise convolution of relu(x), row by row of all images. */
final class DepthwiseLoops {
  private DepthwiseLoops() {}

  /** The output row of channel {@code c}, {@code columns} values long. */
  static float[] forward(Taps taps, float[] kernel, Matrix x, int c, int columns) {
    Workspace ws = Workspace.current();
    float[] result = ws.array(1, columns + VectorLoops.LANES);
    float[] laidOut = ws.filled(2, taps.size(), 0);
    taps.layOutRectified(x, c, laidOut);
    PlaneLoops.correlate(taps, laidOut, kernel, result);
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
    float[] gradient = Workspace.current().filled(4, taps.dense().size(), 0);
    taps.layOutGradient(dout, c, gradient);
    if (to.dweights() != null) {
      weightGradient(taps, x, c, dout, gradient, to);
    }
    if (to.dx() != null) {
      dataGradient(taps, x, c, gradient, to);
    }
  }

  private static void weightGradient(
      Taps taps, Matrix x, int c, Matrix dout, float[] gradient, Gradients to) {
    Workspace ws = Workspace.current();
    int count = taps.offsets().length;
    float[] lanes = ws.filled(6, count * VectorLoops.LANES, 0);
    float[] laidOut = ws.filled(2, taps.size(), 0);
    taps.layOutRectified(x, c, laidOut);
    if (taps.gradientsLieAsOutputs()) {
      PlaneLoops.correlateWeights(taps, laidOut, gradient, taps.firstPixel(), lanes);
    } else {
      float[] flat = ws.filled(3, taps.flatSize(), 0);
      taps.place(dout, c, flat, 0);
      PlaneLoops.correlateWeights(taps, laidOut, flat, 0, lanes);
    }
    for (int t = 0; t < count; t++) {
      to.dweights()[to.firstWeight() + t] += VectorLoops.sumLanes(lanes, t);
    }
  }

  /** Every output gradient spread over the pixels it came from, where they are positive. */
  private static void dataGradient(Taps taps, Matrix x, int c, float[] gradient, Gradients to) {
    Workspace ws = Workspace.current();
    Taps dense = taps.dense();
    int n = dense.row();
    float[] in = ws.array(0, n + VectorLoops.LANES);
    float[] spread = ws.array(7, x.columnCount() + VectorLoops.LANES);
    float[] target = ws.array(8, n + VectorLoops.LANES);
    PlaneLoops.correlate(dense, gradient, to.flipped(), spread);
    for (int y = 0; y < taps.geometry().height(); y++) {
      int at = c * x.columnCount() + y * n;
      x.host().get(at, in, 0, n);
      if (to.adds()) {
        to.dx().host().get(at, target, 0, n);
        VectorLoops.addWherePositive(in, spread, y * n, target, n);
        to.dx().host().put(at, target, 0, n);
      } else {
        VectorLoops.keepWherePositive(in, spread, y * n, n);
        to.dx().host().put(at, spread, y * n, n);
      }
    }
  }
}
