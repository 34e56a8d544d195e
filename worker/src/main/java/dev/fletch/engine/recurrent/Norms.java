package dev.fletch.engine.recurrent;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;
import static dev.fletch.engine.recurrent.Panels.WIDTH;

import jdk.incubator.vector.FloatVector;

/** Batch norm without scale and shift, of the columns of a panel over its rows. */
final class Norms {
  private static final float EPSILON = 1e-5f;

  private Norms() {}

  /**
   * Replaces x by (x - mean) / sqrt(var + 1e-5), with the biased variance of the rows.
   *
   * @param x {@code [rows, WIDTH]} from {@code at} on
   * @param means receives the mean of each column, from {@code column} on
   * @param variances receives the biased variances
   * @param scales receives 1 / sqrt(var + 1e-5), from {@code to} on
   */
  static void normalise(
      float[] x,
      int at,
      int rows,
      float[] means,
      float[] variances,
      int column,
      float[] scales,
      int to) {
    float share = 1f / rows;
    for (int c = 0; c < WIDTH; c += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int row = 0; row < rows; row++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, x, at + row * WIDTH + c));
      }
      FloatVector mean = sum.mul(share);
      FloatVector squares = FloatVector.zero(SPECIES);
      for (int row = 0; row < rows; row++) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, at + row * WIDTH + c).sub(mean);
        squares = d.fma(d, squares);
      }
      FloatVector variance = squares.mul(share);
      FloatVector scale = FloatVector.broadcast(SPECIES, 1f).div(variance.add(EPSILON).sqrt());
      for (int row = 0; row < rows; row++) {
        int i = at + row * WIDTH + c;
        FloatVector.fromArray(SPECIES, x, i).sub(mean).mul(scale).intoArray(x, i);
      }
      mean.intoArray(means, column + c);
      variance.intoArray(variances, column + c);
      scale.intoArray(scales, to + c);
    }
  }

  /** Replaces x by (x - mean) / sqrt(var + 1e-5) of given means and variances. */
  static void normaliseWith(
      float[] x,
      int at,
      int rows,
      float[] means,
      float[] variances,
      int column,
      float[] scales,
      int to) {
    for (int c = 0; c < WIDTH; c += LANES) {
      FloatVector mean = FloatVector.fromArray(SPECIES, means, column + c);
      FloatVector variance = FloatVector.fromArray(SPECIES, variances, column + c);
      FloatVector scale = FloatVector.broadcast(SPECIES, 1f).div(variance.add(EPSILON).sqrt());
      for (int row = 0; row < rows; row++) {
        int i = at + row * WIDTH + c;
        FloatVector.fromArray(SPECIES, x, i).sub(mean).mul(scale).intoArray(x, i);
      }
      scale.intoArray(scales, to + c);
    }
  }

  /**
   * Replaces dL/d(normalised) by dL/dx.
   *
   * @param normalised what {@link #normalise} made of x, from {@code y} on
   */
  static void backward(
      float[] gradient, int at, float[] normalised, int y, int rows, float[] scales, int from) {
    float share = 1f / rows;
    for (int c = 0; c < WIDTH; c += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector product = FloatVector.zero(SPECIES);
      for (int row = 0; row < rows; row++) {
        FloatVector g = FloatVector.fromArray(SPECIES, gradient, at + row * WIDTH + c);
        sum = sum.add(g);
        product = g.fma(FloatVector.fromArray(SPECIES, normalised, y + row * WIDTH + c), product);
      }
      FloatVector mean = sum.mul(share);
      FloatVector along = product.mul(share);
      FloatVector scale = FloatVector.fromArray(SPECIES, scales, from + c);
      for (int row = 0; row < rows; row++) {
        int i = at + row * WIDTH + c;
        FloatVector n = FloatVector.fromArray(SPECIES, normalised, y + row * WIDTH + c);
        FloatVector g = FloatVector.fromArray(SPECIES, gradient, i);
        g.sub(mean).sub(n.mul(along)).mul(scale).intoArray(gradient, i);
      }
    }
  }

  /** Replaces dL/d(normalised) by dL/dx where means and variances are constants. */
  static void backwardWithConstants(float[] gradient, int at, int rows, float[] scales, int from) {
    for (int c = 0; c < WIDTH; c += LANES) {
      FloatVector scale = FloatVector.fromArray(SPECIES, scales, from + c);
      for (int row = 0; row < rows; row++) {
        int i = at + row * WIDTH + c;
        FloatVector.fromArray(SPECIES, gradient, i).mul(scale).intoArray(gradient, i);
      }
    }
  }
}
