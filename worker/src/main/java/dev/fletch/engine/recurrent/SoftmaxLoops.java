package dev.fletch.engine.recurrent;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;
import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.ElementLoops;
import jdk.incubator.vector.FloatVector;

/** The loops of a softmax over values that lie side by side; n is a multiple of a vector's. */
final class SoftmaxLoops {
  private SoftmaxLoops() {}

  /**
   * x[from + i] = e^(x[from + i] - references[i]), which is added to sums[i], and largest[i] is the
   * larger of itself and that.
   */
  static void powers(
      float[] x, int from, float[] references, float[] sums, float[] largest, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, from + i);
      FloatVector power =
          ElementLoops.exp(value.sub(FloatVector.fromArray(SPECIES, references, i)));
      power.intoArray(x, from + i);
      FloatVector.fromArray(SPECIES, sums, i).add(power).intoArray(sums, i);
      FloatVector.fromArray(SPECIES, largest, i).max(power).intoArray(largest, i);
    }
  }

  /** sums[to + i] += x[from + i]. */
  static void add(float[] x, int from, float[] sums, int to, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector.fromArray(SPECIES, sums, to + i)
          .add(FloatVector.fromArray(SPECIES, x, from + i))
          .intoArray(sums, to + i);
    }
  }

  /** Sums of the products of {@link Packs#ROWS} rows with two others, a vector for each. */
  static final int DOTS = 2 * Packs.ROWS * LANES;

  /**
   * Adds the products of some rows of x with two neighbouring ones of y, over some panels, to
   * partial sums: lane k gets those of columns k, k + LANES, ...
   *
   * @param x rows one behind the other in each panel, from {@code at} on
   * @param apart how far apart the panels of x lie
   * @param first where the two rows of y begin
   * @param apartY how far apart the panels of y lie
   * @param sums from {@code to} on the {@link #DOTS} lanes
   */
  static void addDots(
      float[] x,
      int at,
      int apart,
      float[] y,
      int first,
      int apartY,
      int panels,
      float[] sums,
      int to) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, to + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, to + 2 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, to + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, to + 4 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, to + 5 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, to + 6 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, to + 7 * LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, sums, to + 8 * LANES);
    FloatVector c41 = FloatVector.fromArray(SPECIES, sums, to + 9 * LANES);
    for (int p = 0; p < panels; p++) {
      for (int half = 0; half < WIDTH; half += LANES) {
        int j = first + p * apartY + half;
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, j);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, j + WIDTH);
        int i = at + p * apart + half;
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, i);
        c00 = x0.fma(y0, c00);
        c01 = x0.fma(y1, c01);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, i + WIDTH);
        c10 = x1.fma(y0, c10);
        c11 = x1.fma(y1, c11);
        FloatVector x2 = FloatVector.fromArray(SPECIES, x, i + 2 * WIDTH);
        c20 = x2.fma(y0, c20);
        c21 = x2.fma(y1, c21);
        FloatVector x3 = FloatVector.fromArray(SPECIES, x, i + 3 * WIDTH);
        c30 = x3.fma(y0, c30);
        c31 = x3.fma(y1, c31);
        FloatVector x4 = FloatVector.fromArray(SPECIES, x, i + 4 * WIDTH);
        c40 = x4.fma(y0, c40);
        c41 = x4.fma(y1, c41);
      }
    }
    c00.intoArray(sums, to);
    c01.intoArray(sums, to + LANES);
    c10.intoArray(sums, to + 2 * LANES);
    c11.intoArray(sums, to + 3 * LANES);
    c20.intoArray(sums, to + 4 * LANES);
    c21.intoArray(sums, to + 5 * LANES);
    c30.intoArray(sums, to + 6 * LANES);
    c31.intoArray(sums, to + 7 * LANES);
    c40.intoArray(sums, to + 8 * LANES);
    c41.intoArray(sums, to + 9 * LANES);
  }

  /** The sum of one of {@link #DOTS}. */
  static float dot(float[] sums, int at, int row, int other) {
    int from = at + (2 * row + other) * LANES;
    float sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
      sum += sums[from + lane];
    }
    return sum;
  }
}
