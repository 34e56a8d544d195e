package dev.fletch.optimizer;

import dev.fletch.gradient.Vectors;

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
  private final float[] first;
  private final float[] second;
  private long steps;

  Adam(AdamSettings settings, int parameters) {
    this.settings = settings;
    this.first = new float[parameters];
    this.second = new float[parameters];
  }

  @Override
  public void step(float[] parameters, float[] gradient, double rate) {
    Vectors.checkSameLength("take an Adam step (state, parameters)", first, parameters);
    Vectors.checkSameLength("take an Adam step (parameters, gradient)", parameters, gradient);
    steps++;
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    double firstCorrection = 1 - Math.pow(beta1, steps);
    double secondCorrection = 1 - Math.pow(beta2, steps);
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i] + settings.weightDecay() * parameters[i];
      first[i] = (float) (beta1 * first[i] + (1 - beta1) * g);
      second[i] = (float) (beta2 * second[i] + (1 - beta2) * g * g);
      double denominator = Math.sqrt(second[i] / secondCorrection) + settings.epsilon();
      parameters[i] = (float) (parameters[i] - rate * (first[i] / firstCorrection) / denominator);
    }
  }

  @Override
  public float[] lookAhead(float[] parameters, float[] gradient, double rate) {
    SgdSettings virtual = new SgdSettings(0, settings.weightDecay());
    return new Sgd(virtual, first.length).lookAhead(parameters, gradient, rate);
  }

  @Override
  public OptimizerState state() {
    float[] values = new float[2 * first.length];
    System.arraycopy(first, 0, values, 0, first.length);
    System.arraycopy(second, 0, values, first.length, second.length);
    return new OptimizerState(values, steps);
  }

  @Override
  public void restore(OptimizerState state) {
    state.checkLength("Adam", 2 * first.length);
    System.arraycopy(state.values(), 0, first, 0, first.length);
    System.arraycopy(state.values(), first.length, second, 0, second.length);
    steps = state.steps();
  }
}
