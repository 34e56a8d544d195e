package dev.fletch.method;

import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.RecurrentSpace;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.supernet.SupernetSpace;

/**
 * What a method is given: the space it searches, and for how long.
 *
 * @param supernet as configured; a method may search with another size
 * @param dimensions sides of an example: 2 of images, 1 of texts
 * @param seed of the run
 * @param epochs of the whole search
 * @param temperature T of the softmax or Gumbel softmax per epoch
 * @param alphaL1 weight of the sum of |alpha| in alpha's loss; 0 for none
 */
public record SearchSpace(
    SupernetSpace supernet,
    int dimensions,
    long seed,
    int epochs,
    TemperatureSettings temperature,
    double alphaL1) {
  /** Of images. */
  public SearchSpace(
      SupernetSpace supernet,
      long seed,
      int epochs,
      TemperatureSettings temperature,
      double alphaL1) {
    this(supernet, 2, seed, epochs, temperature, alphaL1);
  }

  /** What the operations of its edges cost, see {@link SupernetSpace#shares}. */
  public double[] shares() {
    return supernet.shares(dimensions);
  }

  /** Whether recurrent cells are searched. */
  public boolean isRecurrent() {
    return supernet instanceof RecurrentSpace;
  }

  /**
   * The supernet for images or texts; what asks for it says {@link Method#withoutRecurrentCells}.
   *
   * @throws IllegalArgumentException if recurrent cells are searched
   */
  SupernetSettings cells() {
    return SupernetSettings.of(supernet);
  }

  /** The layout of alpha and of the mixing weights of operations. */
  public ArchitectureParameters layout() {
    return ArchitectureParameters.of(supernet);
  }

  /** Candidate operations of an edge. */
  public int operations() {
    return supernet.operations().size();
  }

  /** The T that divides alpha in {@code epoch}. */
  public double temperature(int epoch) {
    return temperature.inSoftmax(epoch, epochs);
  }
}
