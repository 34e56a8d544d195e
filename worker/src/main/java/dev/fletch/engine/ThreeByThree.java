package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of convolutions with 3x3 windows and of their weight gradients, written out
 * straight as in {@link CorrelationLoops}. Rows are worked on together where windows overlap, so
 * that what is loaded once is used by several of them.
 */
final class ThreeByThree {
  private ThreeByThree() {}

  /**
   * out[to + i] = sum over all taps of w[t] * x[from + i + o[t]], for four rows of outputs.
   *
   * @param step how far apart rows lie that are looked at by neighbouring rows of taps
   * @param outStep how far apart the rows of outputs lie whose windows so overlap
   */
  static void rows(
      float[] x, int from, int step, int[] o, float[] w, float[] out, int to, int outStep, int n) {
    FloatVector w0 = FloatVector.broadcast(SPECIES, w[0]);
    FloatVector w1 = FloatVector.broadcast(SPECIES, w[1]);
    FloatVector w2 = FloatVector.broadcast(SPECIES, w[2]);
    FloatVector w3 = FloatVector.broadcast(SPECIES, w[3]);
    FloatVector w4 = FloatVector.broadcast(SPECIES, w[4]);
    FloatVector w5 = FloatVector.broadcast(SPECIES, w[5]);
    FloatVector w6 = FloatVector.broadcast(SPECIES, w[6]);
    FloatVector w7 = FloatVector.broadcast(SPECIES, w[7]);
    FloatVector w8 = FloatVector.broadcast(SPECIES, w[8]);
    int c1 = o[1] - o[0];
    int c2 = o[2] - o[0];
    int r0 = from + o[0];
    int r1 = r0 + step;
    int r2 = r1 + step;
    int r3 = r2 + step;
    int r4 = r3 + step;
    int r5 = r4 + step;
    int to1 = to + outStep;
    int to2 = to1 + outStep;
    int to3 = to2 + outStep;
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, r0 + i);
      FloatVector a0 = w0.mul(v);
      v = FloatVector.fromArray(SPECIES, x, r0 + i + c1);
      a0 = w1.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r0 + i + c2);
      a0 = w2.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r1 + i);
      a0 = w3.fma(v, a0);
      FloatVector a1 = w0.mul(v);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c1);
      a0 = w4.fma(v, a0);
      a1 = w1.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c2);
      a0 = w5.fma(v, a0);
      a1 = w2.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r2 + i);
      a0 = w6.fma(v, a0);
      a1 = w3.fma(v, a1);
      FloatVector a2 = w0.mul(v);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c1);
      a0 = w7.fma(v, a0);
      a1 = w4.fma(v, a1);
      a2 = w1.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c2);
      a0 = w8.fma(v, a0);
      a0.intoArray(out, to + i);
      a1 = w5.fma(v, a1);
      a2 = w2.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r3 + i);
      a1 = w6.fma(v, a1);
      a2 = w3.fma(v, a2);
      FloatVector a3 = w0.mul(v);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c1);
      a1 = w7.fma(v, a1);
      a2 = w4.fma(v, a2);
      a3 = w1.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c2);
      a1 = w8.fma(v, a1);
      a1.intoArray(out, to1 + i);
      a2 = w5.fma(v, a2);
      a3 = w2.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r4 + i);
      a2 = w6.fma(v, a2);
      a3 = w3.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c1);
      a2 = w7.fma(v, a2);
      a3 = w4.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c2);
      a2 = w8.fma(v, a2);
      a2.intoArray(out, to2 + i);
      a3 = w5.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r5 + i);
      a3 = w6.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c1);
      a3 = w7.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c2);
      a3 = w8.fma(v, a3);
      a3.intoArray(out, to3 + i);
    }
  }

  /**
   * lanes[t * LANES + lane] += sum over i of g[at + i] * x[from + i + o[t]], for two rows.
   *
   * @param step how far apart the rows lie, of x as of g
   */
  static void weightsOfRows(
      float[] x, int from, int step, int[] o, float[] g, int at, int n, float[] lanes) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, lanes, 0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, lanes, 1 * LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, lanes, 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, lanes, 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, lanes, 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, lanes, 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, lanes, 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, lanes, 7 * LANES);
    FloatVector s8 = FloatVector.fromArray(SPECIES, lanes, 8 * LANES);
    int c1 = o[1] - o[0];
    int c2 = o[2] - o[0];
    int r0 = from + o[0];
    int r1 = r0 + step;
    int r2 = r1 + step;
    int r3 = r2 + step;
    int at1 = at + step;
    for (int i = 0; i < n; i += LANES) {
      FloatVector g0 = FloatVector.fromArray(SPECIES, g, at + i);
      FloatVector g1 = FloatVector.fromArray(SPECIES, g, at1 + i);
      FloatVector v = FloatVector.fromArray(SPECIES, x, r0 + i);
      s0 = g0.fma(v, s0);
      v = FloatVector.fromArray(SPECIES, x, r0 + i + c1);
      s1 = g0.fma(v, s1);
      v = FloatVector.fromArray(SPECIES, x, r0 + i + c2);
      s2 = g0.fma(v, s2);
      v = FloatVector.fromArray(SPECIES, x, r1 + i);
      s3 = g0.fma(v, s3);
      s0 = g1.fma(v, s0);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c1);
      s4 = g0.fma(v, s4);
      s1 = g1.fma(v, s1);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c2);
      s5 = g0.fma(v, s5);
      s2 = g1.fma(v, s2);
      v = FloatVector.fromArray(SPECIES, x, r2 + i);
      s6 = g0.fma(v, s6);
      s3 = g1.fma(v, s3);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c1);
      s7 = g0.fma(v, s7);
      s4 = g1.fma(v, s4);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c2);
      s8 = g0.fma(v, s8);
      s5 = g1.fma(v, s5);
      v = FloatVector.fromArray(SPECIES, x, r3 + i);
      s6 = g1.fma(v, s6);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c1);
      s7 = g1.fma(v, s7);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c2);
      s8 = g1.fma(v, s8);
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, 1 * LANES);
    s2.intoArray(lanes, 2 * LANES);
    s3.intoArray(lanes, 3 * LANES);
    s4.intoArray(lanes, 4 * LANES);
    s5.intoArray(lanes, 5 * LANES);
    s6.intoArray(lanes, 6 * LANES);
    s7.intoArray(lanes, 7 * LANES);
    s8.intoArray(lanes, 8 * LANES);
  }
}
