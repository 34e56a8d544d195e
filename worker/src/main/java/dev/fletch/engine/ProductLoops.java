package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.MANY_REGISTERS;
import static dev.fletch.engine.VectorLoops.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of products. A block of the result stays in registers while all terms are
 * added, so every value that is loaded is used several times; written out straight, since the JIT
 * keeps vectors in registers only if no method call or inner loop comes between them.
 */
final class ProductLoops {
  /** Rows of a left operand whose values of one term lie side by side. */
  static final int PANEL = 8;

  /** Columns that the loops of sums work on together. */
  static final int COLUMNS = 2 * LANES;

  /** Rows of either side that {@link #addDots} works on together. */
  static final int DOTS = 4;

  private ProductLoops() {}

  /**
   * sums[r][0..COLUMNS) += sum over k of a[r, k] * x[k][0..COLUMNS) for up to PANEL rows r; the
   * next multiple of four is worked on.
   *
   * @param a a panel from {@code at} on: PANEL values for each term
   * @param width how far apart the rows of x, and those of sums, lie
   */
  static void addProducts(
      float[] a,
      int at,
      int rows,
      float[] x,
      int from,
      int width,
      int terms,
      float[] sums,
      int to) {
    if (rows > PANEL / 2) {
      if (MANY_REGISTERS) {
        addEightRows(a, at, x, from, width, terms, sums, to);
        return;
      }
      addFourRows(a, at + PANEL / 2, x, from, width, terms, sums, to + PANEL / 2 * width);
    }
    addFourRows(a, at, x, from, width, terms, sums, to);
  }

  /**
   * Adds the products of four rows r of a and four c of b to {@code lanes}, from {@code l} on a
   * vector of partial sums for each (r, c): lane k of it gets those of columns k, k + LANES, ...
   *
   * @param width how far apart the rows of a, and those of b, lie
   * @param n a multiple of LANES
   */
  static void addDots(float[] a, int i, float[] b, int j, int width, int n, float[] lanes, int l) {
    if (MANY_REGISTERS) {
      addDots4x4(a, i, b, j, width, n, lanes, l);
    } else {
      addDots4x2(a, i, b, j, width, n, lanes, l);
      addDots4x2(a, i, b, j + 2 * width, width, n, lanes, l + 2 * LANES);
    }
  }

  private static void addEightRows(
      float[] a, int at, float[] x, int from, int width, int terms, float[] sums, int to) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, to + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, to + width);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, to + width + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, to + 2 * width);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, to + 2 * width + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, to + 3 * width);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, to + 3 * width + LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, sums, to + 4 * width);
    FloatVector c41 = FloatVector.fromArray(SPECIES, sums, to + 4 * width + LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, sums, to + 5 * width);
    FloatVector c51 = FloatVector.fromArray(SPECIES, sums, to + 5 * width + LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, sums, to + 6 * width);
    FloatVector c61 = FloatVector.fromArray(SPECIES, sums, to + 6 * width + LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, sums, to + 7 * width);
    FloatVector c71 = FloatVector.fromArray(SPECIES, sums, to + 7 * width + LANES);
    for (int k = 0; k < terms; k++) {
      int i = from + k * width;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, i);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, i + LANES);
      int j = at + k * PANEL;
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
    c10.intoArray(sums, to + width);
    c11.intoArray(sums, to + width + LANES);
    c20.intoArray(sums, to + 2 * width);
    c21.intoArray(sums, to + 2 * width + LANES);
    c30.intoArray(sums, to + 3 * width);
    c31.intoArray(sums, to + 3 * width + LANES);
    c40.intoArray(sums, to + 4 * width);
    c41.intoArray(sums, to + 4 * width + LANES);
    c50.intoArray(sums, to + 5 * width);
    c51.intoArray(sums, to + 5 * width + LANES);
    c60.intoArray(sums, to + 6 * width);
    c61.intoArray(sums, to + 6 * width + LANES);
    c70.intoArray(sums, to + 7 * width);
    c71.intoArray(sums, to + 7 * width + LANES);
  }

  private static void addFourRows(
      float[] a, int at, float[] x, int from, int width, int terms, float[] sums, int to) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, sums, to);
    FloatVector c01 = FloatVector.fromArray(SPECIES, sums, to + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, to + width);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, to + width + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, sums, to + 2 * width);
    FloatVector c21 = FloatVector.fromArray(SPECIES, sums, to + 2 * width + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, sums, to + 3 * width);
    FloatVector c31 = FloatVector.fromArray(SPECIES, sums, to + 3 * width + LANES);
    for (int k = 0; k < terms; k++) {
      int i = from + k * width;
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, i);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, i + LANES);
      int j = at + k * PANEL;
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
    c10.intoArray(sums, to + width);
    c11.intoArray(sums, to + width + LANES);
    c20.intoArray(sums, to + 2 * width);
    c21.intoArray(sums, to + 2 * width + LANES);
    c30.intoArray(sums, to + 3 * width);
    c31.intoArray(sums, to + 3 * width + LANES);
  }

  private static void addDots4x4(
      float[] a, int i, float[] b, int j, int width, int n, float[] lanes, int l) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, lanes, l);
    FloatVector c01 = FloatVector.fromArray(SPECIES, lanes, l + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, lanes, l + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, lanes, l + 3 * LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, lanes, l + 4 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, lanes, l + 5 * LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, lanes, l + 6 * LANES);
    FloatVector c13 = FloatVector.fromArray(SPECIES, lanes, l + 7 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, lanes, l + 8 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, lanes, l + 9 * LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, lanes, l + 10 * LANES);
    FloatVector c23 = FloatVector.fromArray(SPECIES, lanes, l + 11 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, lanes, l + 12 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, lanes, l + 13 * LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, lanes, l + 14 * LANES);
    FloatVector c33 = FloatVector.fromArray(SPECIES, lanes, l + 15 * LANES);
    int i1 = i + 1 * width;
    int i2 = i + 2 * width;
    int i3 = i + 3 * width;
    int j1 = j + 1 * width;
    int j2 = j + 2 * width;
    int j3 = j + 3 * width;
    for (int k = 0; k < n; k += LANES) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j + k);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, j1 + k);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, j2 + k);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, j3 + k);
      FloatVector a0 = FloatVector.fromArray(SPECIES, a, i + k);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.fromArray(SPECIES, a, i1 + k);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.fromArray(SPECIES, a, i2 + k);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.fromArray(SPECIES, a, i3 + k);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    }
    c00.intoArray(lanes, l);
    c01.intoArray(lanes, l + LANES);
    c02.intoArray(lanes, l + 2 * LANES);
    c03.intoArray(lanes, l + 3 * LANES);
    c10.intoArray(lanes, l + 4 * LANES);
    c11.intoArray(lanes, l + 5 * LANES);
    c12.intoArray(lanes, l + 6 * LANES);
    c13.intoArray(lanes, l + 7 * LANES);
    c20.intoArray(lanes, l + 8 * LANES);
    c21.intoArray(lanes, l + 9 * LANES);
    c22.intoArray(lanes, l + 10 * LANES);
    c23.intoArray(lanes, l + 11 * LANES);
    c30.intoArray(lanes, l + 12 * LANES);
    c31.intoArray(lanes, l + 13 * LANES);
    c32.intoArray(lanes, l + 14 * LANES);
    c33.intoArray(lanes, l + 15 * LANES);
  }

  private static void addDots4x2(
      float[] a, int i, float[] b, int j, int width, int n, float[] lanes, int l) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, lanes, l);
    FloatVector c01 = FloatVector.fromArray(SPECIES, lanes, l + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, lanes, l + 4 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, lanes, l + 5 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, lanes, l + 8 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, lanes, l + 9 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, lanes, l + 12 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, lanes, l + 13 * LANES);
    int i1 = i + 1 * width;
    int i2 = i + 2 * width;
    int i3 = i + 3 * width;
    int j1 = j + 1 * width;
    for (int k = 0; k < n; k += LANES) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j + k);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, j1 + k);
      FloatVector a0 = FloatVector.fromArray(SPECIES, a, i + k);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.fromArray(SPECIES, a, i1 + k);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.fromArray(SPECIES, a, i2 + k);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.fromArray(SPECIES, a, i3 + k);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoArray(lanes, l);
    c01.intoArray(lanes, l + LANES);
    c10.intoArray(lanes, l + 4 * LANES);
    c11.intoArray(lanes, l + 5 * LANES);
    c20.intoArray(lanes, l + 8 * LANES);
    c21.intoArray(lanes, l + 9 * LANES);
    c30.intoArray(lanes, l + 12 * LANES);
    c31.intoArray(lanes, l + 13 * LANES);
  }
}
