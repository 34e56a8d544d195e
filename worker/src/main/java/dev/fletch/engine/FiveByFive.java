package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of convolutions with 5x5 windows, written out straight as in {@link
 * CorrelationLoops}. Four rows are worked on together, so that what is loaded once is used by
 * several of them; that many rows have no registers left for all 25 weights.
 */
final class FiveByFive {
  private FiveByFive() {}

  /**
   * out[to + i] = sum over all taps of w[t] * x[from + i + o[t]], for four rows of outputs.
   *
   * @param step how far apart rows lie that are looked at by neighbouring rows of taps
   * @param outStep how far apart the rows of outputs lie whose windows so overlap
   */
  static void rows(
      float[] x, int from, int step, int[] o, float[] w, float[] out, int to, int outStep, int n) {
    upperTaps(x, from, step, o, w, out, to, outStep, n);
    lowerTaps(x, from, step, o, w, out, to, outStep, n);
  }

  /** Those of the first three rows of taps: as many weights as registers hold. */
  private static void upperTaps(
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
    FloatVector w9 = FloatVector.broadcast(SPECIES, w[9]);
    FloatVector w10 = FloatVector.broadcast(SPECIES, w[10]);
    FloatVector w11 = FloatVector.broadcast(SPECIES, w[11]);
    FloatVector w12 = FloatVector.broadcast(SPECIES, w[12]);
    FloatVector w13 = FloatVector.broadcast(SPECIES, w[13]);
    FloatVector w14 = FloatVector.broadcast(SPECIES, w[14]);
    int c1 = o[1] - o[0];
    int c2 = o[2] - o[0];
    int c3 = o[3] - o[0];
    int c4 = o[4] - o[0];
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
      v = FloatVector.fromArray(SPECIES, x, r0 + i + c3);
      a0 = w3.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r0 + i + c4);
      a0 = w4.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r1 + i);
      a0 = w5.fma(v, a0);
      FloatVector a1 = w0.mul(v);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c1);
      a0 = w6.fma(v, a0);
      a1 = w1.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c2);
      a0 = w7.fma(v, a0);
      a1 = w2.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c3);
      a0 = w8.fma(v, a0);
      a1 = w3.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c4);
      a0 = w9.fma(v, a0);
      a1 = w4.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r2 + i);
      a0 = w10.fma(v, a0);
      a1 = w5.fma(v, a1);
      FloatVector a2 = w0.mul(v);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c1);
      a0 = w11.fma(v, a0);
      a1 = w6.fma(v, a1);
      a2 = w1.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c2);
      a0 = w12.fma(v, a0);
      a1 = w7.fma(v, a1);
      a2 = w2.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c3);
      a0 = w13.fma(v, a0);
      a1 = w8.fma(v, a1);
      a2 = w3.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c4);
      a0 = w14.fma(v, a0);
      a0.intoArray(out, to + i);
      a1 = w9.fma(v, a1);
      a2 = w4.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r3 + i);
      a1 = w10.fma(v, a1);
      a2 = w5.fma(v, a2);
      FloatVector a3 = w0.mul(v);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c1);
      a1 = w11.fma(v, a1);
      a2 = w6.fma(v, a2);
      a3 = w1.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c2);
      a1 = w12.fma(v, a1);
      a2 = w7.fma(v, a2);
      a3 = w2.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c3);
      a1 = w13.fma(v, a1);
      a2 = w8.fma(v, a2);
      a3 = w3.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c4);
      a1 = w14.fma(v, a1);
      a1.intoArray(out, to1 + i);
      a2 = w9.fma(v, a2);
      a3 = w4.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r4 + i);
      a2 = w10.fma(v, a2);
      a3 = w5.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c1);
      a2 = w11.fma(v, a2);
      a3 = w6.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c2);
      a2 = w12.fma(v, a2);
      a3 = w7.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c3);
      a2 = w13.fma(v, a2);
      a3 = w8.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c4);
      a2 = w14.fma(v, a2);
      a2.intoArray(out, to2 + i);
      a3 = w9.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r5 + i);
      a3 = w10.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c1);
      a3 = w11.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c2);
      a3 = w12.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c3);
      a3 = w13.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c4);
      a3 = w14.fma(v, a3);
      a3.intoArray(out, to3 + i);
    }
  }

  /** Adds those of the last two rows of taps. */
  private static void lowerTaps(
      float[] x, int from, int step, int[] o, float[] w, float[] out, int to, int outStep, int n) {
    FloatVector w15 = FloatVector.broadcast(SPECIES, w[15]);
    FloatVector w16 = FloatVector.broadcast(SPECIES, w[16]);
    FloatVector w17 = FloatVector.broadcast(SPECIES, w[17]);
    FloatVector w18 = FloatVector.broadcast(SPECIES, w[18]);
    FloatVector w19 = FloatVector.broadcast(SPECIES, w[19]);
    FloatVector w20 = FloatVector.broadcast(SPECIES, w[20]);
    FloatVector w21 = FloatVector.broadcast(SPECIES, w[21]);
    FloatVector w22 = FloatVector.broadcast(SPECIES, w[22]);
    FloatVector w23 = FloatVector.broadcast(SPECIES, w[23]);
    FloatVector w24 = FloatVector.broadcast(SPECIES, w[24]);
    int c1 = o[1] - o[0];
    int c2 = o[2] - o[0];
    int c3 = o[3] - o[0];
    int c4 = o[4] - o[0];
    int r3 = from + o[0] + 3 * step;
    int r4 = r3 + step;
    int r5 = r4 + step;
    int r6 = r5 + step;
    int r7 = r6 + step;
    int to1 = to + outStep;
    int to2 = to1 + outStep;
    int to3 = to2 + outStep;
    for (int i = 0; i < n; i += LANES) {
      FloatVector a0 = FloatVector.fromArray(SPECIES, out, to + i);
      FloatVector a1 = FloatVector.fromArray(SPECIES, out, to1 + i);
      FloatVector a2 = FloatVector.fromArray(SPECIES, out, to2 + i);
      FloatVector a3 = FloatVector.fromArray(SPECIES, out, to3 + i);
      FloatVector v = FloatVector.fromArray(SPECIES, x, r3 + i);
      a0 = w15.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c1);
      a0 = w16.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c2);
      a0 = w17.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c3);
      a0 = w18.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c4);
      a0 = w19.fma(v, a0);
      v = FloatVector.fromArray(SPECIES, x, r4 + i);
      a0 = w20.fma(v, a0);
      a1 = w15.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c1);
      a0 = w21.fma(v, a0);
      a1 = w16.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c2);
      a0 = w22.fma(v, a0);
      a1 = w17.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c3);
      a0 = w23.fma(v, a0);
      a1 = w18.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c4);
      a0 = w24.fma(v, a0);
      a0.intoArray(out, to + i);
      a1 = w19.fma(v, a1);
      v = FloatVector.fromArray(SPECIES, x, r5 + i);
      a1 = w20.fma(v, a1);
      a2 = w15.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c1);
      a1 = w21.fma(v, a1);
      a2 = w16.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c2);
      a1 = w22.fma(v, a1);
      a2 = w17.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c3);
      a1 = w23.fma(v, a1);
      a2 = w18.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c4);
      a1 = w24.fma(v, a1);
      a1.intoArray(out, to1 + i);
      a2 = w19.fma(v, a2);
      v = FloatVector.fromArray(SPECIES, x, r6 + i);
      a2 = w20.fma(v, a2);
      a3 = w15.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r6 + i + c1);
      a2 = w21.fma(v, a2);
      a3 = w16.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r6 + i + c2);
      a2 = w22.fma(v, a2);
      a3 = w17.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r6 + i + c3);
      a2 = w23.fma(v, a2);
      a3 = w18.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r6 + i + c4);
      a2 = w24.fma(v, a2);
      a2.intoArray(out, to2 + i);
      a3 = w19.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r7 + i);
      a3 = w20.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r7 + i + c1);
      a3 = w21.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r7 + i + c2);
      a3 = w22.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r7 + i + c3);
      a3 = w23.fma(v, a3);
      v = FloatVector.fromArray(SPECIES, x, r7 + i + c4);
      a3 = w24.fma(v, a3);
      a3.intoArray(out, to3 + i);
    }
  }
}
