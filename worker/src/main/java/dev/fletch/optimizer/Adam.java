package dev.fletch.optimizer;

import dev.fletch.engine.FlatKernels;
import dev.fletch.engine.Floats;
import java.util.Arrays;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1) with L2 in the gradient, in PyTorch's form:
 *
 * <pre>{@code
 * g = gradient + decay * w
 * m = beta1 * m + (1 - beta1) * g        v = beta2 * v + (1 - beta2) * g^2
 * w = w - rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * }</pre>
 *
 * <p>Arithmetic in double, storage in float.
 */
final class Adam implements Optimizer {
  private final AdamSettings settings;
  private final Floats first;
  private final Floats second;
  private long steps;

  Adam(AdamSettings settings, int parameters) {
    this(settings, Floats.of(new float[parameters]), Floats.of(new float[parameters]), 0);
  }

  private Adam(AdamSettings settings, Floats first, Floats second, long steps) {
    this.settings = settings;
    this.first = first;
    this.second = second;
    this.steps = steps;
  }

  @Override
  public void step(Floats parameters, Floats gradient, double rate) {
    first.requireLength("take an Adam step (state, parameters)", parameters);
    parameters.requireLength("take an Adam step (parameters, gradient)", gradient);
    steps++;
    FlatKernels.AdamStep step =
        new FlatKernels.AdamStep(
            rate,
            settings.beta1(),
            settings.beta2(),
            1 - Math.pow(settings.beta1(), steps),
            1 - Math.pow(settings.beta2(), steps),
            settings.epsilon(),
            settings.weightDecay());
    first.kernels().adam(parameters, first, second, gradient, step);
  }

  @Override
  public Floats lookAhead(Floats parameters, Floats gradient, double rate) {
    SgdSettings virtual = new SgdSettings(0, settings.weightDecay());
    try (Sgd plain = new Sgd(virtual, first.kernels().zeros(first.length()), 0)) {
      return plain.lookAhead(parameters, gradient, rate);
    }
  }

  @Override
  public Optimizer at(FlatKernels place) {
    return first.kernels() == place
        ? this
        : new Adam(settings, place.of(first.onHost()), place.of(second.onHost()), steps);
  }

  @Override
  public OptimizerState state() {
    int length = first.length();
    float[] values = new float[2 * length];
    System.arraycopy(first.onHost(), 0, values, 0, length);
    System.arraycopy(second.onHost(), 0, values, length, length);
    return new OptimizerState(values, steps);
  }

  @Override
  public void restore(OptimizerState state) {
    int length = first.length();
    state.checkLength("Adam", 2 * length);
    first.write(Arrays.copyOf(state.values(), length));
    second.write(Arrays.copyOfRange(state.values(), length, 2 * length));
    steps = state.steps();
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
