package dev.fletch.bilevel;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;
import dev.fletch.settings.Checks;

/**
 * beta-DARTS (Ye et al., 2022, arXiv:2203.01665, equation 10; Sunshine-Ye/Beta-DARTS, {@code
 * optimizers/darts/architect.py}): {@code weight(e) * mean over edges of ln sum_k exp(alpha_k)},
 * where weight(e) rises linearly from 0 to {@code weight} at the end of the search. Its gradient is
 * softmax(alpha): large alphas are pushed down most, so the softmax stays flat. The mean is taken
 * over the edges of both kinds of cells, as the code does for a space that has one kind.
 *
 * @param operations candidate operations per edge: the row length of alpha
 * @param weight of epoch {@code epochs}, which is the first after the search
 */
public record LogSumExpPenalty(int operations, double weight, int epochs) implements AlphaPenalty {
  public LogSumExpPenalty {
    new Checks()
        .atLeast("operations", operations, 1)
        .positive("weight", weight)
        .atLeast("epochs", epochs, 1)
        .orThrow();
  }

  /** The weight in {@code epoch}. */
  public double weightAt(int epoch) {
    return weight * epoch / epochs;
  }

  @Override
  public double value(float[] alpha, MixingFunction relaxation, StepId at) {
    double sum = 0;
    for (int row = 0; row < alpha.length; row += operations) {
      double largest = largest(alpha, row);
      sum += largest + Math.log(sumOfExponentials(alpha, row, largest));
    }
    return weightAt(at.epoch()) * sum * operations / alpha.length;
  }

  @Override
  public void addGradient(float[] gradient, float[] alpha, MixingFunction relaxation, StepId at) {
    double share = weightAt(at.epoch()) * operations / alpha.length;
    for (int row = 0; row < alpha.length; row += operations) {
      double largest = largest(alpha, row);
      double sum = sumOfExponentials(alpha, row, largest);
      for (int k = row; k < row + operations; k++) {
        gradient[k] += (float) (share * Math.exp(alpha[k] - largest) / sum);
      }
    }
  }

  private double largest(float[] alpha, int row) {
    double largest = alpha[row];
    for (int k = row + 1; k < row + operations; k++) {
      largest = Math.max(largest, alpha[k]);
    }
    return largest;
  }

  private double sumOfExponentials(float[] alpha, int row, double largest) {
    double sum = 0;
    for (int k = row; k < row + operations; k++) {
      sum += Math.exp(alpha[k] - largest);
    }
    return sum;
  }
}
