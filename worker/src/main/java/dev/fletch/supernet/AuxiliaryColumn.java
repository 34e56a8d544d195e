package dev.fletch.supernet;

import dev.fletch.settings.Checks;
import java.util.Arrays;

/**
 * Another relaxation with a column more: the weight of an auxiliary skip connection, the same on
 * every edge and not learned (DARTS-: Chu et al., 2021, arXiv:2009.01027, equation 5).
 *
 * @param columns of a row of {@code inner}
 * @param weight of the auxiliary skip connection, the paper's beta
 */
public record AuxiliaryColumn(Relaxation inner, int columns, double weight) implements Relaxation {
  public AuxiliaryColumn {
    new Checks().atLeast("columns", columns, 1).atLeast("beta", weight, 0).orThrow();
  }

  @Override
  public float[] mixing(float[] alpha) {
    float[] without = inner.mixing(alpha);
    int rows = without.length / columns;
    float[] mixing = new float[rows * (columns + 1)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(without, row * columns, mixing, row * (columns + 1), columns);
      mixing[row * (columns + 1) + columns] = (float) weight;
    }
    return mixing;
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkRows("the gradient", mixingGradient, columns + 1);
    int rows = mixingGradient.length / (columns + 1);
    float[] without = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      int from = row * (columns + 1);
      float[] ofRow = Arrays.copyOfRange(mixingGradient, from, from + columns);
      System.arraycopy(ofRow, 0, without, row * columns, columns);
    }
    return inner.alphaGradient(alpha, without);
  }
}
