package dev.fletch.engine.recurrent;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;
import static dev.fletch.engine.recurrent.Packs.ROWS;
import static dev.fletch.engine.recurrent.Panels.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loop of products. The result's values stay in registers while all terms are added,
 * ten vectors of them: fewer would wait for one another, and more would not leave registers for the
 * operands. All strides are constants, since the JIT leaves bounds checks away for no others.
 */
final class PanelLoops {
  private PanelLoops() {}

  /**
   * {@code sums[r][0..WIDTH) += sum over k of a[k][r] * x[k][0..WIDTH)} for the {@link Packs#ROWS}
   * rows r of a group.
   */
  static void addProducts(float[] a, int at, float[] x, int from, int terms, float[] sums, int to) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, to + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, to + WIDTH);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, to + WIDTH + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, to + 2 * WIDTH);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, to + 2 * WIDTH + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, to + 3 * WIDTH);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, to + 3 * WIDTH + LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, sums, to + 4 * WIDTH);
    FloatVector c41 = FloatVector.fromArray(SPECIES, sums, to + 4 * WIDTH + LANES);
    for (int k = 0; k < terms; k++) {
      int i = from + k * WIDTH;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, i);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, i + LANES);
      int j = at + k * ROWS;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[j]);
      c00 = a0.fma(x0, c00);
      c01 = a0.fma(x1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[j + 1]);
      c10 = a1.fma(x0, c10);
      c11 = a1.fma(x1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[j + 2]);
      c20 = a2.fma(x0, c20);
      c21 = a2.fma(x1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[j + 3]);
      c30 = a3.fma(x0, c30);
      c31 = a3.fma(x1, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[j + 4]);
      c40 = a4.fma(x0, c40);
      c41 = a4.fma(x1, c41);
    }
    c00.intoArray(sums, to);
    c01.intoArray(sums, to + LANES);
    c10.intoArray(sums, to + WIDTH);
    c11.intoArray(sums, to + WIDTH + LANES);
    c20.intoArray(sums, to + 2 * WIDTH);
    c21.intoArray(sums, to + 2 * WIDTH + LANES);
    c30.intoArray(sums, to + 3 * WIDTH);
    c31.intoArray(sums, to + 3 * WIDTH + LANES);
    c40.intoArray(sums, to + 4 * WIDTH);
    c41.intoArray(sums, to + 4 * WIDTH + LANES);
  }
}
