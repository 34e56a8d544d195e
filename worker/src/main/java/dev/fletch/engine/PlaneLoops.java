package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.MANY_REGISTERS;

/** Convolutions of one channel of all images, and their weight gradients, row by row. */
final class PlaneLoops {
  private static final int THREE = 9;
  private static final int FIVE = 25;

  private PlaneLoops() {}

  /** Some rows of outputs. */
  private interface Rows {
    /**
     * @param first the first of them
     * @param together whether it is as many as can be worked on together; otherwise it is one
     */
    void work(int first, boolean together);
  }

  /**
   * Every row once. Rows that are worked on together are a dilation apart, so that one looks at
   * what the next one does.
   *
   * @param most how many can be worked on together
   */
  private static void forEachRows(Geometry g, int most, Rows rows) {
    int apart = g.dilation();
    int height = g.outHeight();
    // of stride 2, neighbouring rows look at others
    int block = g.stride() == 1 ? most * apart : height + 1;
    int y = 0;
    for (; y + block <= height; y += block) {
      for (int i = 0; i < apart; i++) {
        rows.work(y + i, true);
      }
    }
    for (; y < height; y++) {
      rows.work(y, false);
    }
  }

  /**
   * All outputs, without gaps.
   *
   * @param laidOut as {@link Taps} lays out
   */
  static void correlate(Taps taps, float[] laidOut, float[] kernel, float[] out) {
    int[] offsets = taps.offsets();
    int n = taps.outRow() / LANES * LANES;
    int step = taps.rowStride() * taps.geometry().dilation();
    int outStep = taps.outRow() * taps.geometry().dilation();
    boolean three = offsets.length == THREE;
    boolean five = offsets.length == FIVE;
    forEachRows(
        taps.geometry(),
        three || five ? 4 : 1,
        (y, together) -> {
          int from = y * taps.rowStride();
          int to = y * taps.outRow();
          if (three && together) {
            ThreeByThree.rows(laidOut, from, step, offsets, kernel, out, to, outStep, n);
          } else if (five && together) {
            FiveByFive.rows(laidOut, from, step, offsets, kernel, out, to, outStep, n);
          } else {
            CorrelationLoops.correlate(laidOut, from, offsets, kernel, out, to, n);
          }
        });
    for (int y = 0; n < taps.outRow() && y < taps.geometry().outHeight(); y++) {
      for (int i = n; i < taps.outRow(); i++) {
        out[y * taps.outRow() + i] = value(laidOut, y * taps.rowStride() + i, offsets, kernel);
      }
    }
  }

  private static float value(float[] x, int from, int[] offsets, float[] w) {
    float sum = 0;
    for (int t = 0; t < w.length; t++) {
      sum = Math.fma(w[t], x[from + offsets[t]], sum);
    }
    return sum;
  }

  /**
   * Adds to the partial sums of the taps' weight gradients, a vector each.
   *
   * @param gradient of the outputs, the first at {@code at} and rows as far apart as those of
   *     {@code laidOut}, with zeros between them
   */
  static void correlateWeights(
      Taps taps, float[] laidOut, float[] gradient, int at, float[] lanes) {
    int[] offsets = taps.offsets();
    int n = (taps.outRow() + LANES - 1) / LANES * LANES;
    int step = taps.rowStride() * taps.geometry().dilation();
    boolean three = offsets.length == THREE;
    boolean five = offsets.length == FIVE && MANY_REGISTERS;
    forEachRows(
        taps.geometry(),
        three || five ? 2 : 1,
        (y, together) -> {
          int from = y * taps.rowStride();
          int g = at + from;
          if (three && together) {
            ThreeByThree.weightsOfRows(laidOut, from, step, offsets, gradient, g, n, lanes);
          } else if (five && together) {
            FiveByFiveWeights.weightsOfRows(laidOut, from, step, offsets, gradient, g, n, lanes);
          } else {
            CorrelationLoops.correlateWeights(laidOut, from, offsets, gradient, g, n, lanes);
          }
        });
  }
}
