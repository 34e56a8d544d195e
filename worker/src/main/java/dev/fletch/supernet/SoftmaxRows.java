package dev.fletch.supernet;

/**
 * softmax(x / T) of the rows of a flat matrix, with its backward pass. Computed in double.
 *
 * @param columns length of a row
 * @param temperature T
 */
record SoftmaxRows(int columns, double temperature) {
  /** The softmax of the row of {@code values} that starts at {@code from}. */
  double[] row(float[] values, int from) {
    double[] x = new double[columns];
    for (int k = 0; k < columns; k++) {
      x[k] = values[from + k];
    }
    return of(x);
  }

  /** softmax(x / T); a value of negative infinity has probability 0. */
  double[] of(double[] x) {
    // Subtracting the largest keeps exp in range at any temperature.
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      largest = Math.max(largest, value);
    }
    double[] p = new double[x.length];
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      p[k] = Math.exp((x[k] - largest) / temperature);
      sum += p[k];
    }
    for (int k = 0; k < x.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /** dL/dx_k = p_k * (dL/dp_k - sum over j of p_j * dL/dp_j) / T. */
  double[] backward(double[] p, double[] dp) {
    double mean = 0;
    for (int k = 0; k < p.length; k++) {
      mean += p[k] * dp[k];
    }
    double[] dx = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      dx[k] = p[k] * (dp[k] - mean) / temperature;
    }
    return dx;
  }

  /** Row {@code from} of {@code values} in double. */
  static double[] row(float[] values, int from, int columns) {
    double[] row = new double[columns];
    for (int k = 0; k < columns; k++) {
      row[k] = values[from + k];
    }
    return row;
  }

  /** Refuses vectors that cannot be cut into rows of {@code columns}. */
  static void checkRows(String what, float[] values, int columns) {
    if (values.length % columns != 0) {
      throw new IllegalArgumentException(
          "Cannot relax: "
              + what
              + " has "
              + values.length
              + " values, which is no multiple of "
              + columns);
    }
  }

  /** Refuses a gradient that does not belong to {@code mixing} values. */
  static void checkGradient(String what, int length, float[] gradient) {
    if (gradient.length != length) {
      throw new IllegalArgumentException(
          "Cannot relax: "
              + what
              + " has "
              + length
              + " values, the gradient of the mixing weights "
              + gradient.length);
    }
  }
}
