package dev.fletch.optimizer;

import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;
import dev.fletch.engine.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * One of ND4J's updaters on a flat vector: {@code w = w - rate * u(gradient + decay * w)}.
 *
 * <p>The updater runs at a learning rate of one. That keeps the rate out of its state, as in
 * PyTorch (ND4J's Nesterov would carry old rates on in its velocity), gives AdaDelta a rate at all,
 * and spares a trap: several updaters take a rate of 0 for epsilon.
 *
 * <p>Works on the host, where ND4J is: parameters on a card are read for every step, with their
 * gradient, and written back.
 *
 * <p>Native memory: the state and one vector, taken once.
 */
final class Nd4jOptimizer implements Optimizer {
  private final Nd4jUpdaterSettings settings;
  private final GradientUpdater<?> updater;
  private final Matrix state;
  private final Matrix update;
  private final float[] values;
  private long steps;

  Nd4jOptimizer(Nd4jUpdaterSettings settings, int parameters) {
    this.settings = settings;
    int stateLength = Math.multiplyExact(settings.statePerParameter(), parameters);
    this.state = Matrix.allocate(DataType.FLOAT, 1, stateLength);
    this.update = Matrix.allocate(DataType.FLOAT, 1, parameters);
    this.values = new float[parameters];
    this.updater = settings.updater().instantiate(state.array(), false);
  }

  @Override
  public void step(Floats parameters, Floats gradient, double rate) {
    Floats.of(values).requireLength("take a step (state, parameters)", parameters);
    parameters.requireLength("take a step (parameters, gradient)", gradient);
    float[] stepped = parameters.onHost();
    stepOnHost(stepped, gradient.onHost(), rate);
    if (!parameters.isOnHost()) {
      parameters.write(stepped);
    }
  }

  private void stepOnHost(float[] parameters, float[] gradient, double rate) {
    double decay = settings.weightDecay();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (gradient[i] + decay * parameters[i]);
    }
    update.write(values);
    // in place; ND4J counts steps from 0, and the epoch matters to its own schedules only
    updater.applyUpdater(update.array(), Math.toIntExact(steps), 0);
    update.read(values);
    for (int i = 0; i < values.length; i++) {
      parameters[i] = (float) (parameters[i] - rate * values[i]);
    }
    steps++;
  }

  @Override
  public Floats lookAhead(Floats parameters, Floats gradient, double rate) {
    SgdSettings virtual = new SgdSettings(settings.momentum(), settings.weightDecay());
    try (Sgd virtually = new Sgd(virtual, parameters.kernels().of(velocity()), steps)) {
      return virtually.lookAhead(parameters, gradient, rate);
    }
  }

  @Override
  public Optimizer at(FlatKernels place) {
    return this;
  }

  private float[] velocity() {
    float[] velocity = new float[values.length];
    if (settings.momentum() > 0) {
      state.read(velocity);
      for (int i = 0; i < velocity.length; i++) {
        velocity[i] = -velocity[i]; // ND4J's velocity points where w goes, PyTorch's against it
      }
    }
    return velocity;
  }

  @Override
  public OptimizerState state() {
    float[] copy = new float[state.columnCount()];
    state.read(copy);
    return new OptimizerState(copy, steps);
  }

  @Override
  public void restore(OptimizerState saved) {
    saved.checkLength(settings.updater().getClass().getSimpleName(), state.columnCount());
    state.write(saved.values());
    steps = saved.steps();
  }

  @Override
  public void close() {
    // ND4J's memory goes with its arrays
  }
}
