package dev.fletch.optimizer;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Gradients;
import dev.fletch.nn.Wanted;
import java.util.Optional;

/**
 * What training w carries from step to step: weights, their optimizer and running batch-norm
 * statistics, all at the same place; on the host what a recurrent network remembers, and the
 * average of the weights where there is one. The vectors are mutated in place by the steps; whoever
 * saves them copies.
 */
public final class TrainingState implements AutoCloseable {
  private final Floats weights;
  private final Optimizer optimizer;
  private final Floats statistics;
  private final Carried carried;
  private WeightAverage average;

  /** Of a network that remembers nothing, on the host. Takes over the arrays. */
  public TrainingState(float[] weights, Optimizer optimizer, float[] statistics) {
    this(weights, optimizer, statistics, Carried.nothing(0));
  }

  /** On the host; takes over all. */
  public TrainingState(float[] weights, Optimizer optimizer, float[] statistics, Carried carried) {
    this(Floats.of(weights), optimizer, Floats.of(statistics), carried, null);
  }

  private TrainingState(
      Floats weights,
      Optimizer optimizer,
      Floats statistics,
      Carried carried,
      WeightAverage average) {
    this.weights = weights;
    this.optimizer = optimizer;
    this.statistics = statistics;
    this.carried = carried;
    this.average = average;
  }

  /**
   * The same training at another place, as {@link dev.fletch.gradient.GradientSource#place} names
   * one; the host's is this itself. Takes this one over, which is to be on the host.
   */
  public TrainingState at(FlatKernels place) {
    return weights.kernels() == place
        ? this
        : new TrainingState(
            place.of(weights.array()),
            optimizer.at(place),
            place.of(statistics.array()),
            carried,
            average);
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
    Floats.of(from.mean()).requireLength("average weights", weights);
    average = from;
  }

  /** Of the weights; empty where they are not averaged. */
  public Optional<WeightAverage> average() {
    return Optional.ofNullable(average);
  }

  /**
   * The weights that count: their average if there is one, which is on the host, else themselves.
   * Not a copy.
   */
  public Floats evaluatedWeights() {
    return average != null && average.steps() > 0 ? Floats.of(average.mean()) : weights;
  }

  /**
   * Takes a step of the optimizer, and its weights into the average, for which they are read to the
   * host.
   */
  public void step(Floats gradient, double rate) {
    optimizer.step(weights, gradient, rate);
    if (average != null) {
      average.add(weights.onHost());
    }
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
   * running = (1 - share) * running + share * batch, the share being that of {@code of}; NaN stands
   * for a batch norm that this minibatch did not go through, which leaves what is known of it as it
   * is.
   */
  public void updateStatistics(Gradients of) {
    statistics.requireLength("update the running statistics", of.statistics());
    statistics.kernels().average(statistics, of.statisticsShare(), of.statistics());
  }

  /** Gives memory of a card back. */
  @Override
  public void close() {
    weights.close();
    optimizer.close();
    statistics.close();
  }
}
