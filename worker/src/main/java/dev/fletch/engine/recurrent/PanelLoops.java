package dev.fletch.engine.recurrent;

import static dev.fletch.engine.ProductLoops.COLUMNS;
import static dev.fletch.engine.ProductLoops.PANEL;
import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;
import static dev.fletch.engine.recurrent.Panels.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of products whose left operand lies in panels too: 8 of a panel's columns are
 * rows of the result. As {@link dev.fletch.engine.ProductLoops}, but that all strides are those of
 * panels; they are written down as constants, since the JIT leaves bounds checks away for no
 * others.
 */
final class PanelLoops {
  private PanelLoops() {}

  /**
   * sums[r][0..WIDTH) += sum over k of a[k][r] * x[k][0..WIDTH) for 8 columns r of a panel.
   *
   * @param at first of the columns in the panel's first row
   */
  static void addProducts(float[] a, int at, float[] x, int from, int terms, float[] sums, int to) {
    for (int c = 0; c < WIDTH; c += COLUMNS) {
      if (LANES >= WIDTH / 2) {
        addEightRows(a, at, x, from + c, terms, sums, to + c);
      } else {
        int half = PANEL / 2;
        addFourRows(a, at, x, from + c, terms, sums, to + c);
        addFourRows(a, at + half, x, from + c, terms, sums, to + half * WIDTH + c);
      }
    }
  }

  private static void addEightRows(
      float[] a, int at, float[] x, int from, int terms, float[] sums, int to) {
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
    FloatVector c50 = FloatVector.fromArray(SPECIES, sums, to + 5 * WIDTH);
    FloatVector c51 = FloatVector.fromArray(SPECIES, sums, to + 5 * WIDTH + LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, sums, to + 6 * WIDTH);
    FloatVector c61 = FloatVector.fromArray(SPECIES, sums, to + 6 * WIDTH + LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, sums, to + 7 * WIDTH);
    FloatVector c71 = FloatVector.fromArray(SPECIES, sums, to + 7 * WIDTH + LANES);
    for (int k = 0; k < terms; k++) {
      int i = from + k * WIDTH;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, i);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, i + LANES);
      int j = at + k * WIDTH;
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
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[j + 5]);
      c50 = a5.fma(x0, c50);
      c51 = a5.fma(x1, c51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[j + 6]);
      c60 = a6.fma(x0, c60);
      c61 = a6.fma(x1, c61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[j + 7]);
      c70 = a7.fma(x0, c70);
      c71 = a7.fma(x1, c71);
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
    c50.intoArray(sums, to + 5 * WIDTH);
    c51.intoArray(sums, to + 5 * WIDTH + LANES);
    c60.intoArray(sums, to + 6 * WIDTH);
    c61.intoArray(sums, to + 6 * WIDTH + LANES);
    c70.intoArray(sums, to + 7 * WIDTH);
    c71.intoArray(sums, to + 7 * WIDTH + LANES);
  }

  private static void addFourRows(
      float[] a, int at, float[] x, int from, int terms, float[] sums, int to) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, to + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, to + WIDTH);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, to + WIDTH + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, to + 2 * WIDTH);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, to + 2 * WIDTH + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, to + 3 * WIDTH);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, to + 3 * WIDTH + LANES);
    for (int k = 0; k < terms; k++) {
      int i = from + k * WIDTH;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, i);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, i + LANES);
      int j = at + k * WIDTH;
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
    }
    c00.intoArray(sums, to);
    c01.intoArray(sums, to + LANES);
    c10.intoArray(sums, to + WIDTH);
    c11.intoArray(sums, to + WIDTH + LANES);
    c20.intoArray(sums, to + 2 * WIDTH);
    c21.intoArray(sums, to + 2 * WIDTH + LANES);
    c30.intoArray(sums, to + 3 * WIDTH);
    c31.intoArray(sums, to + 3 * WIDTH + LANES);
  }
}
