package dev.fletch.engine;

import java.util.Arrays;

/** One channel of a window that slides over packed texts: a row at a time, laid out with gaps. */
final class TextLoops {
  private TextLoops() {}

  /** The output row of a depthwise convolution of relu(x). */
  static float[] convolve(PackedTaps taps, float[] kernel, Matrix x, int c) {
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), 0);
    taps.layOut(CachedRow.channel(ws, 0, x, c), 0, laidOut);
    float[] flat = ws.array(3, taps.size());
    CorrelationLoops.correlate(laidOut, 0, taps.offsets(), kernel, flat, 0, taps.flatLength());
    return collected(ws, taps, flat);
  }

  private static float[] collected(Workspace ws, PackedTaps taps, float[] flat) {
    float[] result = ws.array(1, taps.outColumns() + VectorLoops.LANES);
    taps.collect(flat, result);
    return result;
  }

  /** The gradients of channel {@code c}. */
  static void convolveBackward(
      PackedTaps taps, Matrix x, int c, Matrix dout, DepthwiseLoops.Gradients to) {
    Workspace ws = Workspace.current();
    float[] in = CachedRow.channel(ws, 0, x, c);
    float[] gradient = ws.filled(4, taps.size(), 0);
    taps.place(CachedRow.channel(ws, 1, dout, c), gradient, taps.first());
    int length = taps.flatLength();
    if (to.dweights() != null) {
      float[] laidOut = ws.filled(2, taps.size(), 0);
      taps.layOut(in, 0, laidOut);
      float[] lanes = ws.filled(6, taps.offsets().length * VectorLoops.LANES, 0);
      CorrelationLoops.correlateWeights(
          laidOut, 0, taps.offsets(), gradient, taps.first(), length, lanes);
      for (int t = 0; t < taps.offsets().length; t++) {
        to.dweights()[to.firstWeight() + t] += VectorLoops.sumLanes(lanes, t);
      }
    }
    if (to.dx() == null) {
      return;
    }
    float[] flat = ws.array(3, taps.size());
    CorrelationLoops.correlate(gradient, 0, taps.offsets(), to.flipped(), flat, 0, length);
    float[] spread = ws.array(7, taps.columns() + VectorLoops.LANES);
    taps.collectInputs(flat, 0, spread);
    if (!to.adds()) {
      VectorLoops.keepWherePositive(in, spread, taps.columns());
      CachedRow.put(spread, to.dx(), c);
      return;
    }
    float[] target = CachedRow.channel(ws, 5, to.dx(), c);
    VectorLoops.addWherePositive(in, spread, target, taps.columns());
    CachedRow.put(target, to.dx(), c);
  }

  /** Maximum; padding never wins. */
  static void largest(PackedTaps taps, Matrix x, int c, Matrix out) {
    Workspace ws = Workspace.current();
    float[] best = ws.array(3, taps.size());
    MaximumLoops.largest(laidOut(ws, taps, x, c), taps.offsets(), best, null, taps.flatLength());
    CachedRow.put(collected(ws, taps, best), out, c);
  }

  private static float[] laidOut(Workspace ws, PackedTaps taps, Matrix x, int c) {
    float[] laidOut = ws.filled(2, taps.size(), Float.NEGATIVE_INFINITY);
    taps.layOut(CachedRow.channel(ws, 0, x, c), Float.NEGATIVE_INFINITY, laidOut);
    return laidOut;
  }

  /** Adds the gradient to the first maximum of each window. */
  static void largestBackward(PackedTaps taps, Matrix x, int c, Matrix dout, Matrix dx) {
    Workspace ws = Workspace.current();
    int length = taps.flatLength();
    float[] which = ws.array(4, taps.size());
    float[] best = ws.array(3, taps.size());
    MaximumLoops.largest(laidOut(ws, taps, x, c), taps.offsets(), best, which, length);
    float[] flat = ws.filled(7, taps.size(), 0);
    taps.place(CachedRow.channel(ws, 1, dout, c), flat, 0);
    float[] spread = ws.filled(6, taps.size(), 0);
    MaximumLoops.scatterLargest(flat, which, taps.offsets(), spread, length);
    add(ws, taps, spread, taps.first(), dx, c);
  }

  private static void add(
      Workspace ws, PackedTaps taps, float[] laidOut, int first, Matrix dx, int c) {
    float[] spread = ws.array(8, taps.columns() + VectorLoops.LANES);
    taps.collectInputs(laidOut, first, spread);
    float[] target = CachedRow.channel(ws, 5, dx, c);
    VectorLoops.add(spread, target, taps.columns());
    CachedRow.put(target, dx, c);
  }

  /**
   * Mean; padding is not counted in the divisor.
   *
   * @param shares 1 / number of positions under the window, for every output
   */
  static void mean(PackedTaps taps, float[] shares, Matrix x, int c, Matrix out) {
    Workspace ws = Workspace.current();
    float[] laidOut = ws.filled(2, taps.size(), 0);
    taps.layOut(CachedRow.channel(ws, 0, x, c), Float.NEGATIVE_INFINITY, laidOut);
    float[] flat = ws.array(3, taps.size());
    CorrelationLoops.correlate(laidOut, 0, taps.offsets(), ones(taps), flat, 0, taps.flatLength());
    float[] result = collected(ws, taps, flat);
    for (int o = 0; o < shares.length; o++) {
      result[o] *= shares[o];
    }
    CachedRow.put(result, out, c);
  }

  /** Adds every output gradient to the positions it came from. */
  static void meanBackward(PackedTaps taps, float[] shares, int c, Matrix dout, Matrix dx) {
    Workspace ws = Workspace.current();
    float[] gradient = CachedRow.channel(ws, 1, dout, c);
    for (int o = 0; o < shares.length; o++) {
      gradient[o] *= shares[o];
    }
    float[] laidOut = ws.filled(2, taps.size(), 0);
    taps.place(gradient, laidOut, taps.first());
    float[] flat = ws.array(3, taps.size());
    CorrelationLoops.correlate(laidOut, 0, taps.offsets(), ones(taps), flat, 0, taps.flatLength());
    add(ws, taps, flat, 0, dx, c);
  }

  /** What {@link #mean} asks for. */
  static float[] shares(SequenceWindow window) {
    int[] counts = window.counts();
    float[] shares = new float[counts.length];
    for (int o = 0; o < shares.length; o++) {
      shares[o] = 1f / counts[o];
    }
    return shares;
  }

  private static float[] ones(PackedTaps taps) {
    float[] ones = new float[taps.offsets().length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** (ReLU and) every stride-th position from {@code shift} on; those beyond the end are 0. */
  static float[] pick(SequenceWindow w, int shift, boolean relu, Matrix x, int c) {
    Workspace ws = Workspace.current();
    float[] in = CachedRow.channel(ws, 0, x, c);
    if (relu) {
      VectorLoops.rectify(in, x.columnCount());
    }
    if (w.stride() == 1) {
      return in;
    }
    int[] from = w.in().starts();
    int[] to = w.out().starts();
    float[] result = ws.array(1, w.out().columns() + VectorLoops.LANES);
    for (int n = 0; n + 1 < from.length; n++) {
      for (int o = to[n], i = from[n] + shift; o < to[n + 1]; o++, i += w.stride()) {
        result[o] = i < from[n + 1] ? in[i] : 0;
      }
    }
    return result;
  }

  /** The gradient of what {@link #pick} read, before the rectifier; 0 where it read nothing. */
  static float[] unpick(SequenceWindow w, int shift, Matrix dout, int c) {
    Workspace ws = Workspace.current();
    float[] gradient = CachedRow.channel(ws, 1, dout, c);
    if (w.stride() == 1) {
      return gradient;
    }
    int[] from = w.in().starts();
    int[] to = w.out().starts();
    float[] spread = ws.filled(4, w.in().columns() + VectorLoops.LANES, 0);
    for (int n = 0; n + 1 < from.length; n++) {
      for (int o = to[n], i = from[n] + shift; i < from[n + 1]; o++, i += w.stride()) {
        spread[i] = gradient[o];
      }
    }
    return spread;
  }
}
