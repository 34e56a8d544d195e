package dev.fletch.optimizer;

import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;

/**
 * SGD with heavy-ball momentum, in PyTorch's form: {@code v = momentum * v + (g + decay * w); w = w
 * - rate * v}, v starting at 0. Arithmetic in double, storage in float.
 */
final class Sgd implements Optimizer {
  private final SgdSettings settings;
  private final Floats velocity;
  private long steps;

  Sgd(SgdSettings settings, int parameters) {
    this(settings, Floats.of(new float[parameters]), 0);
  }

  /** Goes on with {@code velocity}, which it takes over. */
  Sgd(SgdSettings settings, Floats velocity, long steps) {
    this.settings = settings;
    this.velocity = velocity;
    this.steps = steps;
  }

  @Override
  public void step(Floats parameters, Floats gradient, double rate) {
    checkLengths(parameters, gradient);
    velocity.kernels().descend(parameters, velocity, gradient, descent(rate));
    steps++;
  }

  /** Where {@link #step} would lead. */
  @Override
  public Floats lookAhead(Floats parameters, Floats gradient, double rate) {
    checkLengths(parameters, gradient);
    FlatKernels kernels = velocity.kernels();
    Floats ahead = kernels.room(parameters.length());
    kernels.descendAhead(parameters, velocity, gradient, descent(rate), ahead);
    return ahead;
  }

  private FlatKernels.Descent descent(double rate) {
    return new FlatKernels.Descent(rate, settings.momentum(), settings.weightDecay());
  }

  @Override
  public Optimizer at(FlatKernels place) {
    return velocity.kernels() == place
        ? this
        : new Sgd(settings, place.of(velocity.onHost()), steps);
  }

  @Override
  public OptimizerState state() {
    return new OptimizerState(velocity.toFloats(), steps);
  }

  @Override
  public void restore(OptimizerState state) {
    state.checkLength("SGD", velocity.length());
    velocity.write(state.values());
    steps = state.steps();
  }

  private void checkLengths(Floats parameters, Floats gradient) {
    velocity.requireLength("take an SGD step (state, parameters)", parameters);
    parameters.requireLength("take an SGD step (parameters, gradient)", gradient);
  }

  @Override
  public void close() {
    velocity.close();
  }
}
