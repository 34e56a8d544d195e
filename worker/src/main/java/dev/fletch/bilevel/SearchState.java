package dev.fletch.bilevel;

import dev.fletch.engine.FlatKernels;
import dev.fletch.optimizer.Optimizer;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.optimizer.TrainingState;

/**
 * What a search carries from step to step: the training of w, and alpha with its optimizer. Alpha
 * is mutated in place by the steps; whoever saves it copies. It stays on the host wherever w is: it
 * has some hundred values, relaxations and penalties of any kind work on it, and what a network is
 * given of it fits into a message.
 */
public final class SearchState implements AutoCloseable {
  private final TrainingState training;
  private final float[] alpha;
  private final Optimizer alphaOptimizer;

  /** Takes over the array. */
  public SearchState(TrainingState training, float[] alpha, Optimizer alphaOptimizer) {
    this.training = training;
    this.alpha = alpha;
    this.alphaOptimizer = alphaOptimizer;
  }

  /** The same search with its w at another place; takes this one over. */
  public SearchState at(FlatKernels place) {
    return new SearchState(training.at(place), alpha, alphaOptimizer);
  }

  /** Weights, their optimizer and the running statistics. */
  public TrainingState training() {
    return training;
  }

  public float[] alpha() {
    return alpha;
  }

  public Optimizer alphaOptimizer() {
    return alphaOptimizer;
  }

  /**
   * Multiplies alpha by {@code factor}: what {@link TemperatureSettings#rescaling} asks for at the
   * start of an epoch. The optimizer's state stays as it is.
   */
  public void rescaleAlpha(double factor) {
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] = (float) (alpha[i] * factor);
    }
  }

  /** Gives memory of a card back. */
  @Override
  public void close() {
    training.close();
  }
}
