package dev.fletch.supernet;

import dev.fletch.architecture.Operation;
import dev.fletch.settings.Checks;
import java.util.List;

/**
 * softmax(alpha / T) over the operations that an edge still has; the others have mixing weight 0
 * and their alphas no gradient (P-DARTS: Chen et al., 2019, section 3.2).
 *
 * @param operations of the space: the columns of alpha
 */
public record MaskedSoftmaxRelaxation(
    List<Operation> operations, OperationMask mask, double temperature) implements Relaxation {
  public MaskedSoftmaxRelaxation {
    operations = List.copyOf(operations);
    new Checks().positive("temperature", temperature).orThrow();
  }

  @Override
  public float[] mixing(float[] alpha) {
    SoftmaxRows.checkRows("alpha", alpha, operations.size());
    float[] mixing = new float[alpha.length];
    for (int row = 0; row < alpha.length; row += operations.size()) {
      double[] p = masked(alpha, row);
      for (int k = 0; k < p.length; k++) {
        mixing[row + k] = (float) p[k];
      }
    }
    return mixing;
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkGradient("alpha", alpha.length, mixingGradient);
    int columns = operations.size();
    SoftmaxRows rows = new SoftmaxRows(columns, temperature);
    float[] gradient = new float[alpha.length];
    for (int row = 0; row < alpha.length; row += columns) {
      double[] dp = SoftmaxRows.row(mixingGradient, row, columns);
      double[] dx = rows.backward(masked(alpha, row), dp);
      for (int k = 0; k < columns; k++) {
        gradient[row + k] = (float) dx[k];
      }
    }
    return gradient;
  }

  private double[] masked(float[] alpha, int row) {
    int columns = operations.size();
    double[] x = SoftmaxRows.row(alpha, row, columns);
    for (int k = 0; k < columns; k++) {
      if (!mask.has(row / columns, operations.get(k))) {
        x[k] = Double.NEGATIVE_INFINITY;
      }
    }
    return new SoftmaxRows(columns, temperature).of(x);
  }
}
