package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of convolutions and their weight gradients: sums over the taps of a window.
 * Written out straight, one statement per tap: the JIT keeps vectors in registers only if no method
 * call or inner loop comes between them.
 *
 * <p>Arrays must have room for one vector beyond {@code n}. The offset of a tap is that of its row
 * and that of its column added.
 */
final class CorrelationLoops {
  private CorrelationLoops() {}

  /** out[to + i] = sum over all taps of w[t] * x[from + i + offsets[t]]. */
  static void correlate(float[] x, int from, int[] offsets, float[] w, float[] out, int to, int n) {
    int taps = offsets.length;
    int t = 0;
    while (t < taps) {
      int left = taps - t;
      if (left == 9 && t == 0) {
        correlate9(x, from, offsets, w, out, to, n);
        t += 9;
      } else if (left >= 5) {
        correlate5(x, from, offsets, w, t, out, to, n, t == 0);
        t += 5;
      } else {
        correlate1(x, from + offsets[t], w[t], out, to, n, t == 0);
        t += 1;
      }
    }
  }

  private static void correlate9(
      float[] x, int from, int[] o, float[] w, float[] out, int to, int n) {
    FloatVector w0 = FloatVector.broadcast(SPECIES, w[0]);
    FloatVector w1 = FloatVector.broadcast(SPECIES, w[1]);
    FloatVector w2 = FloatVector.broadcast(SPECIES, w[2]);
    FloatVector w3 = FloatVector.broadcast(SPECIES, w[3]);
    FloatVector w4 = FloatVector.broadcast(SPECIES, w[4]);
    FloatVector w5 = FloatVector.broadcast(SPECIES, w[5]);
    FloatVector w6 = FloatVector.broadcast(SPECIES, w[6]);
    FloatVector w7 = FloatVector.broadcast(SPECIES, w[7]);
    FloatVector w8 = FloatVector.broadcast(SPECIES, w[8]);
    int o0 = from + o[0];
    int o1 = from + o[1];
    int o2 = from + o[2];
    int o3 = from + o[3];
    int o4 = from + o[4];
    int o5 = from + o[5];
    int o6 = from + o[6];
    int o7 = from + o[7];
    int o8 = from + o[8];
    for (int i = 0; i < n; i += LANES) {
      FloatVector a = w0.mul(FloatVector.fromArray(SPECIES, x, i + o0));
      FloatVector b = w1.mul(FloatVector.fromArray(SPECIES, x, i + o1));
      a = w2.fma(FloatVector.fromArray(SPECIES, x, i + o2), a);
      b = w3.fma(FloatVector.fromArray(SPECIES, x, i + o3), b);
      a = w4.fma(FloatVector.fromArray(SPECIES, x, i + o4), a);
      b = w5.fma(FloatVector.fromArray(SPECIES, x, i + o5), b);
      a = w6.fma(FloatVector.fromArray(SPECIES, x, i + o6), a);
      b = w7.fma(FloatVector.fromArray(SPECIES, x, i + o7), b);
      a = w8.fma(FloatVector.fromArray(SPECIES, x, i + o8), a);
      a.add(b).intoArray(out, to + i);
    }
  }

  private static void correlate5(
      float[] x, int from, int[] o, float[] w, int t, float[] out, int to, int n, boolean first) {
    FloatVector w0 = FloatVector.broadcast(SPECIES, w[t]);
    FloatVector w1 = FloatVector.broadcast(SPECIES, w[t + 1]);
    FloatVector w2 = FloatVector.broadcast(SPECIES, w[t + 2]);
    FloatVector w3 = FloatVector.broadcast(SPECIES, w[t + 3]);
    FloatVector w4 = FloatVector.broadcast(SPECIES, w[t + 4]);
    int o0 = from + o[t];
    int o1 = from + o[t + 1];
    int o2 = from + o[t + 2];
    int o3 = from + o[t + 3];
    int o4 = from + o[t + 4];
    for (int i = 0; i < n; i += LANES) {
      FloatVector a =
          first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, out, to + i);
      a = w0.fma(FloatVector.fromArray(SPECIES, x, i + o0), a);
      a = w1.fma(FloatVector.fromArray(SPECIES, x, i + o1), a);
      a = w2.fma(FloatVector.fromArray(SPECIES, x, i + o2), a);
      a = w3.fma(FloatVector.fromArray(SPECIES, x, i + o3), a);
      a = w4.fma(FloatVector.fromArray(SPECIES, x, i + o4), a);
      a.intoArray(out, to + i);
    }
  }

  private static void correlate1(
      float[] x, int o, float w, float[] out, int to, int n, boolean first) {
    FloatVector w0 = FloatVector.broadcast(SPECIES, w);
    for (int i = 0; i < n; i += LANES) {
      FloatVector a =
          first ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, out, to + i);
      w0.fma(FloatVector.fromArray(SPECIES, x, i + o), a).intoArray(out, to + i);
    }
  }

  /** lanes[t * LANES + lane] += sum over i of g[at + i] * x[from + i + offsets[t]]. */
  static void correlateWeights(
      float[] x, int from, int[] offsets, float[] g, int at, int n, float[] lanes) {
    int taps = offsets.length;
    int group = taps % 9 <= taps % 5 ? 9 : 5;
    int t = 0;
    for (; taps - t >= group; t += group) {
      if (group == 9) {
        weights9(x, from, offsets, t, g, at, n, lanes);
      } else {
        weights5(x, from, offsets, t, g, at, n, lanes);
      }
    }
    for (; t < taps; t++) {
      weights1(x, from + offsets[t], g, at, n, lanes, t * LANES);
    }
  }

  private static void weights9(
      float[] x, int from, int[] o, int t, float[] g, int at, int n, float[] lanes) {
    int l = t * LANES;
    FloatVector a0 = FloatVector.fromArray(SPECIES, lanes, l + 0 * LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, lanes, l + 1 * LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, lanes, l + 2 * LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, lanes, l + 3 * LANES);
    FloatVector a4 = FloatVector.fromArray(SPECIES, lanes, l + 4 * LANES);
    FloatVector a5 = FloatVector.fromArray(SPECIES, lanes, l + 5 * LANES);
    FloatVector a6 = FloatVector.fromArray(SPECIES, lanes, l + 6 * LANES);
    FloatVector a7 = FloatVector.fromArray(SPECIES, lanes, l + 7 * LANES);
    FloatVector a8 = FloatVector.fromArray(SPECIES, lanes, l + 8 * LANES);
    int o0 = from + o[t + 0];
    int o1 = from + o[t + 1];
    int o2 = from + o[t + 2];
    int o3 = from + o[t + 3];
    int o4 = from + o[t + 4];
    int o5 = from + o[t + 5];
    int o6 = from + o[t + 6];
    int o7 = from + o[t + 7];
    int o8 = from + o[t + 8];
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, g, at + i);
      a0 = v.fma(FloatVector.fromArray(SPECIES, x, i + o0), a0);
      a1 = v.fma(FloatVector.fromArray(SPECIES, x, i + o1), a1);
      a2 = v.fma(FloatVector.fromArray(SPECIES, x, i + o2), a2);
      a3 = v.fma(FloatVector.fromArray(SPECIES, x, i + o3), a3);
      a4 = v.fma(FloatVector.fromArray(SPECIES, x, i + o4), a4);
      a5 = v.fma(FloatVector.fromArray(SPECIES, x, i + o5), a5);
      a6 = v.fma(FloatVector.fromArray(SPECIES, x, i + o6), a6);
      a7 = v.fma(FloatVector.fromArray(SPECIES, x, i + o7), a7);
      a8 = v.fma(FloatVector.fromArray(SPECIES, x, i + o8), a8);
    }
    a0.intoArray(lanes, l + 0 * LANES);
    a1.intoArray(lanes, l + 1 * LANES);
    a2.intoArray(lanes, l + 2 * LANES);
    a3.intoArray(lanes, l + 3 * LANES);
    a4.intoArray(lanes, l + 4 * LANES);
    a5.intoArray(lanes, l + 5 * LANES);
    a6.intoArray(lanes, l + 6 * LANES);
    a7.intoArray(lanes, l + 7 * LANES);
    a8.intoArray(lanes, l + 8 * LANES);
  }

  private static void weights5(
      float[] x, int from, int[] o, int t, float[] g, int at, int n, float[] lanes) {
    int l = t * LANES;
    FloatVector a0 = FloatVector.fromArray(SPECIES, lanes, l);
    FloatVector a1 = FloatVector.fromArray(SPECIES, lanes, l + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, lanes, l + 2 * LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, lanes, l + 3 * LANES);
    FloatVector a4 = FloatVector.fromArray(SPECIES, lanes, l + 4 * LANES);
    int o0 = from + o[t + 0];
    int o1 = from + o[t + 1];
    int o2 = from + o[t + 2];
    int o3 = from + o[t + 3];
    int o4 = from + o[t + 4];
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, g, at + i);
      a0 = v.fma(FloatVector.fromArray(SPECIES, x, i + o0), a0);
      a1 = v.fma(FloatVector.fromArray(SPECIES, x, i + o1), a1);
      a2 = v.fma(FloatVector.fromArray(SPECIES, x, i + o2), a2);
      a3 = v.fma(FloatVector.fromArray(SPECIES, x, i + o3), a3);
      a4 = v.fma(FloatVector.fromArray(SPECIES, x, i + o4), a4);
    }
    a0.intoArray(lanes, l);
    a1.intoArray(lanes, l + LANES);
    a2.intoArray(lanes, l + 2 * LANES);
    a3.intoArray(lanes, l + 3 * LANES);
    a4.intoArray(lanes, l + 4 * LANES);
  }

  private static void weights1(float[] x, int o, float[] g, int at, int n, float[] lanes, int l) {
    FloatVector a = FloatVector.fromArray(SPECIES, lanes, l);
    for (int i = 0; i < n; i += LANES) {
      a =
          FloatVector.fromArray(SPECIES, g, at + i)
              .fma(FloatVector.fromArray(SPECIES, x, i + o), a);
    }
    a.intoArray(lanes, l);
  }
}
