package dev.fletch.optimizer;

import dev.fletch.gradient.Vectors;

/**
 * What training w carries from step to step: weights, their optimizer, running batch-norm
 * statistics. The arrays are mutated in place by the steps; whoever saves them copies.
 */
public final class TrainingState {
  /** Share of a new minibatch in the running statistics (PyTorch's batch-norm momentum). */
  private static final float STATISTICS_SHARE = 0.1f;

  private final float[] weights;
  private final Optimizer optimizer;
  private final float[] statistics;

  /** Takes over the arrays. */
  public TrainingState(float[] weights, Optimizer optimizer, float[] statistics) {
    this.weights = weights;
    this.optimizer = optimizer;
    this.statistics = statistics;
  }

  public float[] weights() {
    return weights;
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  /** Running means and unbiased variances. */
  public float[] statistics() {
    return statistics;
  }

  /**
   * running = 0.9 * running + 0.1 * batch; NaN stands for a batch norm that this minibatch did not
   * go through, which leaves what is known of it as it is.
   */
  public void updateStatistics(float[] batch) {
    Vectors.checkSameLength("update the running statistics", statistics, batch);
    for (int i = 0; i < statistics.length; i++) {
      if (!Float.isNaN(batch[i])) {
        statistics[i] = (1 - STATISTICS_SHARE) * statistics[i] + STATISTICS_SHARE * batch[i];
      }
    }
  }
}
