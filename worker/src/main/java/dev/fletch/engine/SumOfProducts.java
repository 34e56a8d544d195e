package dev.fletch.engine;

import java.util.List;

/**
 * To be computed: out = shift + sum over i of a[i] x[i]; at least one. What is in out before does
 * not matter; it may be one of the x.
 *
 * @param shift a value per row, or null
 */
public record SumOfProducts(List<Matrix> a, List<Matrix> x, Matrix out, Doubles shift) {
  /** Refuses shapes that do not fit: in native code they would be a crash. */
  public SumOfProducts {
    for (int i = 0; i < a.size(); i++) {
      Matrix left = a.get(i);
      Matrix right = x.get(i);
      Kernels.check(
          left.rowCount(), left.columnCount(), right.rowCount(), right.columnCount(), out);
    }
  }

  public SumOfProducts(List<Matrix> a, List<Matrix> x, Matrix out) {
    this(a, x, out, null);
  }
}
