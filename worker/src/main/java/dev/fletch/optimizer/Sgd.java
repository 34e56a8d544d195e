package dev.fletch.optimizer;

import dev.fletch.gradient.Vectors;

/**
 * SGD with heavy-ball momentum, in PyTorch's form: {@code v = momentum * v + (g + decay * w); w = w
 * - rate * v}, v starting at 0. Arithmetic in double, storage in float.
 */
final class Sgd implements Optimizer {
  private final SgdSettings settings;
  private final float[] velocity;
  private long steps;

  Sgd(SgdSettings settings, int parameters) {
    this(settings, new float[parameters]);
  }

  /** Goes on with {@code velocity}, which it takes over. */
  Sgd(SgdSettings settings, float[] velocity) {
    this.settings = settings;
    this.velocity = velocity;
  }

  @Override
  public void step(float[] parameters, float[] gradient, double rate) {
    checkLengths(parameters, gradient);
    for (int i = 0; i < parameters.length; i++) {
      velocity[i] = nextVelocity(i, parameters[i], gradient[i]);
      parameters[i] = (float) (parameters[i] - rate * velocity[i]);
    }
    steps++;
  }

  /** Where {@link #step} would lead. */
  @Override
  public float[] lookAhead(float[] parameters, float[] gradient, double rate) {
    checkLengths(parameters, gradient);
    float[] ahead = new float[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      ahead[i] = (float) (parameters[i] - rate * nextVelocity(i, parameters[i], gradient[i]));
    }
    return ahead;
  }

  @Override
  public OptimizerState state() {
    return new OptimizerState(velocity.clone(), steps);
  }

  @Override
  public void restore(OptimizerState state) {
    state.checkLength("SGD", velocity.length);
    System.arraycopy(state.values(), 0, velocity, 0, velocity.length);
    steps = state.steps();
  }

  private float nextVelocity(int i, float parameter, float gradient) {
    return (float)
        (settings.momentum() * velocity[i] + (gradient + settings.weightDecay() * parameter));
  }

  private void checkLengths(float[] parameters, float[] gradient) {
    Vectors.checkSameLength("take an SGD step (state, parameters)", velocity, parameters);
    Vectors.checkSameLength("take an SGD step (parameters, gradient)", parameters, gradient);
  }
}
