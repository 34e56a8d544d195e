package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of the weight gradients of 5x5 windows, written out straight as in {@link
 * CorrelationLoops}. Two rows are worked on together, so that what is loaded once is used by both.
 */
final class FiveByFiveWeights {
  private FiveByFiveWeights() {}

  /**
   * lanes[t * LANES + lane] += sum over i of g[at + i] * x[from + i + o[t]], for two rows.
   *
   * @param step how far apart the rows lie, of x as of g
   */
  static void weightsOfRows(
      float[] x, int from, int step, int[] o, float[] g, int at, int n, float[] lanes) {
    upperTaps(x, from, step, o, g, at, n, lanes);
    lowerTaps(x, from, step, o, g, at, n, lanes);
  }

  /** The first three rows of taps: as many sums as registers hold. */
  private static void upperTaps(
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
    FloatVector s9 = FloatVector.fromArray(SPECIES, lanes, 9 * LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, lanes, 10 * LANES);
    FloatVector s11 = FloatVector.fromArray(SPECIES, lanes, 11 * LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, lanes, 12 * LANES);
    FloatVector s13 = FloatVector.fromArray(SPECIES, lanes, 13 * LANES);
    FloatVector s14 = FloatVector.fromArray(SPECIES, lanes, 14 * LANES);
    int c1 = o[1] - o[0];
    int c2 = o[2] - o[0];
    int c3 = o[3] - o[0];
    int c4 = o[4] - o[0];
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
      v = FloatVector.fromArray(SPECIES, x, r0 + i + c3);
      s3 = g0.fma(v, s3);
      v = FloatVector.fromArray(SPECIES, x, r0 + i + c4);
      s4 = g0.fma(v, s4);
      v = FloatVector.fromArray(SPECIES, x, r1 + i);
      s5 = g0.fma(v, s5);
      s0 = g1.fma(v, s0);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c1);
      s6 = g0.fma(v, s6);
      s1 = g1.fma(v, s1);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c2);
      s7 = g0.fma(v, s7);
      s2 = g1.fma(v, s2);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c3);
      s8 = g0.fma(v, s8);
      s3 = g1.fma(v, s3);
      v = FloatVector.fromArray(SPECIES, x, r1 + i + c4);
      s9 = g0.fma(v, s9);
      s4 = g1.fma(v, s4);
      v = FloatVector.fromArray(SPECIES, x, r2 + i);
      s10 = g0.fma(v, s10);
      s5 = g1.fma(v, s5);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c1);
      s11 = g0.fma(v, s11);
      s6 = g1.fma(v, s6);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c2);
      s12 = g0.fma(v, s12);
      s7 = g1.fma(v, s7);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c3);
      s13 = g0.fma(v, s13);
      s8 = g1.fma(v, s8);
      v = FloatVector.fromArray(SPECIES, x, r2 + i + c4);
      s14 = g0.fma(v, s14);
      s9 = g1.fma(v, s9);
      v = FloatVector.fromArray(SPECIES, x, r3 + i);
      s10 = g1.fma(v, s10);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c1);
      s11 = g1.fma(v, s11);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c2);
      s12 = g1.fma(v, s12);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c3);
      s13 = g1.fma(v, s13);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c4);
      s14 = g1.fma(v, s14);
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
    s9.intoArray(lanes, 9 * LANES);
    s10.intoArray(lanes, 10 * LANES);
    s11.intoArray(lanes, 11 * LANES);
    s12.intoArray(lanes, 12 * LANES);
    s13.intoArray(lanes, 13 * LANES);
    s14.intoArray(lanes, 14 * LANES);
  }

  /** The last two rows of taps. */
  private static void lowerTaps(
      float[] x, int from, int step, int[] o, float[] g, int at, int n, float[] lanes) {
    FloatVector s15 = FloatVector.fromArray(SPECIES, lanes, 15 * LANES);
    FloatVector s16 = FloatVector.fromArray(SPECIES, lanes, 16 * LANES);
    FloatVector s17 = FloatVector.fromArray(SPECIES, lanes, 17 * LANES);
    FloatVector s18 = FloatVector.fromArray(SPECIES, lanes, 18 * LANES);
    FloatVector s19 = FloatVector.fromArray(SPECIES, lanes, 19 * LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, lanes, 20 * LANES);
    FloatVector s21 = FloatVector.fromArray(SPECIES, lanes, 21 * LANES);
    FloatVector s22 = FloatVector.fromArray(SPECIES, lanes, 22 * LANES);
    FloatVector s23 = FloatVector.fromArray(SPECIES, lanes, 23 * LANES);
    FloatVector s24 = FloatVector.fromArray(SPECIES, lanes, 24 * LANES);
    int c1 = o[1] - o[0];
    int c2 = o[2] - o[0];
    int c3 = o[3] - o[0];
    int c4 = o[4] - o[0];
    int r3 = from + o[15];
    int r4 = r3 + step;
    int r5 = r4 + step;
    int at1 = at + step;
    for (int i = 0; i < n; i += LANES) {
      FloatVector g0 = FloatVector.fromArray(SPECIES, g, at + i);
      FloatVector g1 = FloatVector.fromArray(SPECIES, g, at1 + i);
      FloatVector v = FloatVector.fromArray(SPECIES, x, r3 + i);
      s15 = g0.fma(v, s15);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c1);
      s16 = g0.fma(v, s16);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c2);
      s17 = g0.fma(v, s17);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c3);
      s18 = g0.fma(v, s18);
      v = FloatVector.fromArray(SPECIES, x, r3 + i + c4);
      s19 = g0.fma(v, s19);
      v = FloatVector.fromArray(SPECIES, x, r4 + i);
      s20 = g0.fma(v, s20);
      s15 = g1.fma(v, s15);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c1);
      s21 = g0.fma(v, s21);
      s16 = g1.fma(v, s16);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c2);
      s22 = g0.fma(v, s22);
      s17 = g1.fma(v, s17);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c3);
      s23 = g0.fma(v, s23);
      s18 = g1.fma(v, s18);
      v = FloatVector.fromArray(SPECIES, x, r4 + i + c4);
      s24 = g0.fma(v, s24);
      s19 = g1.fma(v, s19);
      v = FloatVector.fromArray(SPECIES, x, r5 + i);
      s20 = g1.fma(v, s20);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c1);
      s21 = g1.fma(v, s21);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c2);
      s22 = g1.fma(v, s22);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c3);
      s23 = g1.fma(v, s23);
      v = FloatVector.fromArray(SPECIES, x, r5 + i + c4);
      s24 = g1.fma(v, s24);
    }
    s15.intoArray(lanes, 15 * LANES);
    s16.intoArray(lanes, 16 * LANES);
    s17.intoArray(lanes, 17 * LANES);
    s18.intoArray(lanes, 18 * LANES);
    s19.intoArray(lanes, 19 * LANES);
    s20.intoArray(lanes, 20 * LANES);
    s21.intoArray(lanes, 21 * LANES);
    s22.intoArray(lanes, 22 * LANES);
    s23.intoArray(lanes, 23 * LANES);
    s24.intoArray(lanes, 24 * LANES);
  }
}
