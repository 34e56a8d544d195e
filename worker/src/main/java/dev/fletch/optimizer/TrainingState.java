package dev.fletch.optimizer;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Vectors;
import dev.fletch.nn.Wanted;
import java.util.Optional;

/**
 * What training w carries from step to step: weights, their optimizer, running batch-norm
 * statistics, what a recurrent network remembers, and the average of the weights where there is
 * one. The arrays are mutated in place by the steps; whoever saves them copies.
 */
public final class TrainingState {
  private final float[] weights;
  private final Optimizer optimizer;
  private final float[] statistics;
  private final Carried carried;
  private WeightAverage average;

  /** Of a network that remembers nothing. Takes over the arrays. */
  public TrainingState(float[] weights, Optimizer optimizer, float[] statistics) {
    this(weights, optimizer, statistics, Carried.nothing(0));
  }

  /** Takes over all. */
  public TrainingState(float[] weights, Optimizer optimizer, float[] statistics, Carried carried) {
    this.weights = weights;
    this.optimizer = optimizer;
    this.statistics = statistics;
    this.carried = carried;
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

  /** What the network remembers of the streams it reads. */
  public Carried carried() {
    return carried;
  }

  /** A request to the network as it is: it goes on from what it remembers of the portion. */
  public GradientRequest request(Portion portion, StepId at, Wanted wanted) {
    return new GradientRequest(portion, at, wanted, carried.of(portion));
  }

  /** Averages weights from the next step on, or goes on doing so; takes {@code from} over. */
  public void averageFrom(WeightAverage from) {
    Vectors.checkSameLength("average weights", from.mean(), weights);
    average = from;
  }

  /** Of the weights; empty where they are not averaged. */
  public Optional<WeightAverage> average() {
    return Optional.ofNullable(average);
  }

  /** The weights that count: their average if there is one, else themselves. Not a copy. */
  public float[] evaluatedWeights() {
    return average != null && average.steps() > 0 ? average.mean() : weights;
  }

  /** Takes a step of the optimizer, and its weights into the average. */
  public void step(float[] gradient, double rate) {
    optimizer.step(weights, gradient, rate);
    if (average != null) {
      average.add(weights);
    }
  }

  /**
   * running = (1 - share) * running + share * batch, the share being that of {@code of}; NaN stands for a batch norm that this minibatch did not
   * go through, which leaves what is known of it as it is.
   */
  public void updateStatistics(Gradients of) {
    float[] batch = of.statistics();
    float share = of.statisticsShare();
    Vectors.checkSameLength("update the running statistics", statistics, batch);
    for (int i = 0; i < statistics.length; i++) {
      if (!Float.isNaN(batch[i])) {
        statistics[i] = (1 - share) * statistics[i] + share * batch[i];
      }
    }
  }
}
