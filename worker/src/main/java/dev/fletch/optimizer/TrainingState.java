package dev.fletch.optimizer;

import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;

/**
 * What training w carries from step to step: weights, their optimizer, running batch-norm
 * statistics, all at the same place. The vectors are mutated in place by the steps; whoever saves
 * them copies.
 */
public final class TrainingState implements AutoCloseable {
  /** Share of a new minibatch in the running statistics (PyTorch's batch-norm momentum). */
  private static final float STATISTICS_SHARE = 0.1f;

  private final Floats weights;
  private final Optimizer optimizer;
  private final Floats statistics;

  /** On the host; takes over the arrays. */
  public TrainingState(float[] weights, Optimizer optimizer, float[] statistics) {
    this(Floats.of(weights), optimizer, Floats.of(statistics));
  }

  private TrainingState(Floats weights, Optimizer optimizer, Floats statistics) {
    this.weights = weights;
    this.optimizer = optimizer;
    this.statistics = statistics;
  }

  /**
   * The same training at another place, as {@link dev.fletch.gradient.GradientSource#place} names
   * one; the host's is this itself. Takes this one over, which is to be on the host.
   */
  public TrainingState at(FlatKernels place) {
    return weights.kernels() == place
        ? this
        : new TrainingState(
            place.of(weights.array()), optimizer.at(place), place.of(statistics.array()));
  }

  public Floats weights() {
    return weights;
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  /** Running means and unbiased variances. */
  public Floats statistics() {
    return statistics;
  }

  /** {@link #weights} in an array: the array itself if they are on the host. */
  public float[] weightsOnHost() {
    return weights.onHost();
  }

  /** {@link #statistics} in an array: the array itself if they are on the host. */
  public float[] statisticsOnHost() {
    return statistics.onHost();
  }

  /**
   * running = 0.9 * running + 0.1 * batch; NaN stands for a batch norm that this minibatch did not
   * go through, which leaves what is known of it as it is.
   */
  public void updateStatistics(Floats batch) {
    statistics.requireLength("update the running statistics", batch);
    statistics.kernels().average(statistics, STATISTICS_SHARE, batch);
  }

  /** Gives memory of a card back. */
  @Override
  public void close() {
    weights.close();
    optimizer.close();
    statistics.close();
  }
}
