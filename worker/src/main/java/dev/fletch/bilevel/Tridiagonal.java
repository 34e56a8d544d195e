package dev.fletch.bilevel;

import java.util.ArrayList;
import java.util.List;

/** A symmetric tridiagonal matrix, grown from its upper left corner. */
final class Tridiagonal {
  private static final int HALVINGS = 100;

  private final List<Double> diagonal = new ArrayList<>();
  private final List<Double> beside = new ArrayList<>();

  /** Adds a row with {@code value} on the diagonal. */
  void add(double value) {
    diagonal.add(value);
  }

  /** The element between the last row and the one that is added next. */
  void couple(double value) {
    beside.add(value);
  }

  /** By bisection between the bounds of Gershgorin. */
  double largestEigenvalue() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < diagonal.size(); i++) {
      double radius = Math.abs(before(i)) + Math.abs(before(i + 1));
      low = Math.min(low, diagonal.get(i) - radius);
      high = Math.max(high, diagonal.get(i) + radius);
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = low + (high - low) / 2;
      if (isAboveAll(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** Whether the matrix minus {@code x} has negative pivots only (Sylvester's law of inertia). */
  private boolean isAboveAll(double x) {
    double pivot = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < diagonal.size(); i++) {
      pivot = diagonal.get(i) - x - before(i) * before(i) / pivot;
      if (!(pivot < 0)) {
        return false;
      }
    }
    return true;
  }

  /** The element between row {@code i - 1} and row {@code i}; 0 where there is none. */
  private double before(int i) {
    return i >= 1 && i < diagonal.size() ? beside.get(i - 1) : 0;
  }
}
