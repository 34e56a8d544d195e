package dev.fletch.supernet;

import dev.fletch.nn.TrainableNetwork;

/** The network that a search trains, which mixes all candidate operations of its edges. */
public interface SupernetNetwork extends TrainableNetwork {
  /** Weights, laid out for it without taking memory. */
  long plannedWeights();

  /**
   * Lays the network out for full minibatches, and nothing else: takes no memory and little time.
   *
   * @throws dev.fletch.engine.PlanTooLargeException if no memory could hold it
   */
  void requireBuildable();
}
