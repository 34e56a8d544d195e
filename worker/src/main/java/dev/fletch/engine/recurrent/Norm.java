package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

/** How the states of a cell are normalised: by their minibatch, or by running statistics. */
final class Norm {
  private final float[] means;
  private final float[] variances;
  private final boolean ofBatch;

  private Norm(float[] means, float[] variances, boolean ofBatch) {
    this.means = means;
    this.variances = variances;
    this.ofBatch = ofBatch;
  }

  /** By the minibatch's own. */
  static Norm ofBatch(int columns) {
    return new Norm(new float[columns], new float[columns], true);
  }

  /**
   * By given ones.
   *
   * @param columns those of all panels
   * @param statistics C means, then C variances
   */
  static Norm running(int columns, int size, float[] statistics) {
    float[] means = new float[columns];
    float[] variances = new float[columns];
    if (statistics.length > 0) {
      System.arraycopy(statistics, 0, means, 0, size);
      System.arraycopy(statistics, size, variances, 0, size);
    }
    return new Norm(means, variances, false);
  }

  boolean isOfBatch() {
    return ofBatch;
  }

  /** Normalises some rows of a panel whose first column is {@code column} of the matrix. */
  void apply(float[] x, int at, int rows, float[] scales, int to, int column) {
    if (ofBatch) {
      Norms.normalise(x, at, rows, means, variances, column, scales, to);
    } else {
      Norms.normaliseWith(x, at, rows, means, variances, column, scales, to);
    }
  }

  /** The gradient of {@link #apply}, in place. */
  void backward(
      float[] gradient, int at, float[] normalised, int y, int rows, float[] scales, int from) {
    if (ofBatch) {
      Norms.backward(gradient, at, normalised, y, rows, scales, from);
    } else {
      Norms.backwardWithConstants(gradient, at, rows, scales, from);
    }
  }

  /** Of the panel that was normalised last in these columns. */
  float mean(int column) {
    return means[column];
  }

  /** Biased. */
  float variance(int column) {
    return variances[column];
  }

  static int columns(int size) {
    return Panels.count(size) * WIDTH;
  }
}
