package dev.fletch.optimizer;

import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;

/**
 * Updates a flat parameter vector from its gradient. Holds the optimizer's own state (momentum,
 * moments, step count), one instance per parameter vector. Built by {@link
 * OptimizerSettings#optimizer}. Not thread-safe.
 *
 * <p>All vectors of a step lie at the same place, where the optimizer is too: it is made on the
 * host, and {@link #at} takes it elsewhere.
 */
public sealed interface Optimizer extends AutoCloseable permits Sgd, Adam, Nd4jOptimizer {
  /**
   * Takes one step: mutates {@code parameters} and this optimizer's state, leaves {@code gradient}
   * alone.
   *
   * @param gradient dL/d(parameters), without weight decay: the optimizer adds it
   * @param rate learning rate of this step
   */
  void step(Floats parameters, Floats gradient, double rate);

  /** The same on the host. */
  default void step(float[] parameters, float[] gradient, double rate) {
    step(Floats.of(parameters), Floats.of(gradient), rate);
  }

  /**
   * The virtual step of the unrolled alpha gradient, as a new vector; changes nothing: {@code w' =
   * w - rate * (momentum * v + gradient + decay * w)}, v the velocity of SGD or Nesterov.
   * Optimizers without momentum look ahead by plain gradient descent, {@code w' = w - rate *
   * (gradient + decay * w)}, whatever their own steps look like: so does the DARTS code, and the
   * implicit term, which takes dw'/dgradient to be -rate, is exact for no other step.
   */
  Floats lookAhead(Floats parameters, Floats gradient, double rate);

  /** The same on the host. */
  default float[] lookAhead(float[] parameters, float[] gradient, double rate) {
    return lookAhead(Floats.of(parameters), Floats.of(gradient), rate).array();
  }

  /**
   * This optimizer for parameters at a place: with its state there, or as it is if that stays on
   * the host whatever it works on. Takes this one over.
   */
  Optimizer at(FlatKernels place);

  /** A copy of the state, for a checkpoint. */
  OptimizerState state();

  /**
   * Goes on from a state taken earlier; later steps give the same bits as if they had followed it
   * directly.
   *
   * @throws IllegalArgumentException if the state belongs to another optimizer or another number of
   *     parameters
   */
  void restore(OptimizerState state);

  /** Gives memory of a card back. */
  @Override
  void close();
}
