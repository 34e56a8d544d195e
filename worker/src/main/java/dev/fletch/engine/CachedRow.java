package dev.fletch.engine;

/** One row of a matrix in an array of the heap: how it gets there, what is done to it, and back. */
final class CachedRow {
  private static final int PIECE = 2048;

  private CachedRow() {}

  static float[] channel(Workspace ws, int index, Matrix x, int row) {
    float[] values = ws.array(index, x.columnCount() + VectorLoops.LANES);
    x.host().get(row * x.columnCount(), values, 0, x.columnCount());
    return values;
  }

  static void put(float[] values, Matrix x, int row) {
    x.host().put(row * x.columnCount(), values, 0, x.columnCount());
  }

  /** Writes a row, centred if the mean is asked for. */
  static void store(float[] values, Matrix out, int row, double[] means) {
    int n = out.columnCount();
    if (means != null) {
      means[row] = VectorLoops.sum(values, n) / n;
      // piece by piece, so that what is written is still in the first level cache
      for (int from = 0; from < n; from += PIECE) {
        int count = Math.min(PIECE, n - from);
        shift(values, from, (float) -means[row], count);
        out.host().put(row * n + from, values, from, count);
      }
      return;
    }
    put(values, out, row);
  }

  static void shift(float[] x, float by, int n) {
    shift(x, 0, by, n);
  }

  private static void shift(float[] x, int from, float by, int n) {
    for (int i = from; i < from + n; i++) {
      x[i] += by;
    }
  }

  static void scale(float[] x, float by, float plus, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] * by + plus;
    }
  }

  static void addScaled(float[] x, float by, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += by * x[i];
    }
  }
}
