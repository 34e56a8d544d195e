package dev.fletch.supernet;

import dev.fletch.settings.Checks;

/**
 * Mixing weight 1 for the operation of each edge with the largest alpha, 0 for the others: the most
 * probable sample of GDAS. It is constant between ties, so it has no gradient.
 *
 * @param operations candidate operations per edge: the row length
 */
public record ArgmaxRelaxation(int operations) implements Relaxation {
  public ArgmaxRelaxation {
    new Checks().atLeast("operations", operations, 1).orThrow();
  }

  @Override
  public float[] mixing(float[] alpha) {
    SoftmaxRows.checkRows("alpha", alpha, operations);
    float[] mixing = new float[alpha.length];
    for (int row = 0; row < alpha.length; row += operations) {
      int largest = row;
      for (int k = row + 1; k < row + operations; k++) {
        largest = alpha[k] > alpha[largest] ? k : largest;
      }
      mixing[largest] = 1;
    }
    return mixing;
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkGradient("alpha", alpha.length, mixingGradient);
    return new float[alpha.length];
  }
}
