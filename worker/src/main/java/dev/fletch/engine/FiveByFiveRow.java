package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;

/** As {@link FiveByFive} for a single row, with all weights in registers where there are 32. */
final class FiveByFiveRow {
  private FiveByFiveRow() {}

  /** out[to + i] = sum over all taps of w[t] * x[from + i + o[t]]. */
  static void correlate(float[] x, int from, int[] o, float[] w, float[] out, int to, int n) {
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
    int r0 = from + o[0];
    int r1 = from + o[5];
    int r2 = from + o[10];
    int r3 = from + o[15];
    int r4 = from + o[20];
    for (int i = 0; i < n; i += LANES) {
      FloatVector a = w0.mul(FloatVector.fromArray(SPECIES, x, r0 + i));
      FloatVector b = w1.mul(FloatVector.fromArray(SPECIES, x, r0 + i + c1));
      FloatVector c = w2.mul(FloatVector.fromArray(SPECIES, x, r0 + i + c2));
      FloatVector d = w3.mul(FloatVector.fromArray(SPECIES, x, r0 + i + c3));
      FloatVector e = w4.mul(FloatVector.fromArray(SPECIES, x, r0 + i + c4));
      a = w5.fma(FloatVector.fromArray(SPECIES, x, r1 + i), a);
      b = w6.fma(FloatVector.fromArray(SPECIES, x, r1 + i + c1), b);
      c = w7.fma(FloatVector.fromArray(SPECIES, x, r1 + i + c2), c);
      d = w8.fma(FloatVector.fromArray(SPECIES, x, r1 + i + c3), d);
      e = w9.fma(FloatVector.fromArray(SPECIES, x, r1 + i + c4), e);
      a = w10.fma(FloatVector.fromArray(SPECIES, x, r2 + i), a);
      b = w11.fma(FloatVector.fromArray(SPECIES, x, r2 + i + c1), b);
      c = w12.fma(FloatVector.fromArray(SPECIES, x, r2 + i + c2), c);
      d = w13.fma(FloatVector.fromArray(SPECIES, x, r2 + i + c3), d);
      e = w14.fma(FloatVector.fromArray(SPECIES, x, r2 + i + c4), e);
      a = w15.fma(FloatVector.fromArray(SPECIES, x, r3 + i), a);
      b = w16.fma(FloatVector.fromArray(SPECIES, x, r3 + i + c1), b);
      c = w17.fma(FloatVector.fromArray(SPECIES, x, r3 + i + c2), c);
      d = w18.fma(FloatVector.fromArray(SPECIES, x, r3 + i + c3), d);
      e = w19.fma(FloatVector.fromArray(SPECIES, x, r3 + i + c4), e);
      a = w20.fma(FloatVector.fromArray(SPECIES, x, r4 + i), a);
      b = w21.fma(FloatVector.fromArray(SPECIES, x, r4 + i + c1), b);
      c = w22.fma(FloatVector.fromArray(SPECIES, x, r4 + i + c2), c);
      d = w23.fma(FloatVector.fromArray(SPECIES, x, r4 + i + c3), d);
      e = w24.fma(FloatVector.fromArray(SPECIES, x, r4 + i + c4), e);
      a.add(b).add(c.add(d)).add(e).intoArray(out, to + i);
    }
  }
}
