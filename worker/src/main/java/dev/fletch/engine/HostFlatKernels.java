package dev.fletch.engine;

/** {@link FlatKernels} in loops over arrays, from the first element to the last. */
final class HostFlatKernels implements FlatKernels {
  @Override
  public Floats of(float[] values) {
    return Floats.of(values);
  }

  @Override
  public Floats zeros(int length) {
    return Floats.of(new float[length]);
  }

  @Override
  public Floats room(int length) {
    return zeros(length);
  }

  @Override
  public double norm(Floats x) {
    double sum = 0;
    for (float value : x.array()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  @Override
  public void scale(Floats x, double factor) {
    float[] values = x.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
  }

  @Override
  public void move(Floats from, double factor, Floats direction, Floats to) {
    float[] base = from.array();
    float[] along = direction.array();
    float[] moved = to.array();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (base[i] + factor * along[i]);
    }
  }

  @Override
  public void add(Floats x, Floats y, Floats sum) {
    float[] a = x.array();
    float[] b = y.array();
    float[] to = sum.array();
    for (int i = 0; i < to.length; i++) {
      to[i] = a[i] + b[i];
    }
  }

  @Override
  public void divide(Floats x, float divisor, Floats out) {
    float[] values = x.array();
    float[] to = out.array();
    for (int i = 0; i < to.length; i++) {
      to[i] = values[i] / divisor;
    }
  }

  @Override
  public void average(Floats running, float share, Floats next) {
    float[] to = running.array();
    float[] from = next.array();
    for (int i = 0; i < to.length; i++) {
      if (!Float.isNaN(from[i])) {
        to[i] = (1 - share) * to[i] + share * from[i];
      }
    }
  }

  @Override
  public void descend(Floats w, Floats v, Floats gradient, Descent step) {
    float[] parameters = w.array();
    float[] velocity = v.array();
    float[] slope = gradient.array();
    for (int i = 0; i < parameters.length; i++) {
      velocity[i] = nextVelocity(velocity[i], parameters[i], slope[i], step);
      parameters[i] = (float) (parameters[i] - step.rate() * velocity[i]);
    }
  }

  @Override
  public void descendAhead(Floats w, Floats v, Floats gradient, Descent step, Floats ahead) {
    float[] parameters = w.array();
    float[] velocity = v.array();
    float[] slope = gradient.array();
    float[] to = ahead.array();
    for (int i = 0; i < to.length; i++) {
      float next = nextVelocity(velocity[i], parameters[i], slope[i], step);
      to[i] = (float) (parameters[i] - step.rate() * next);
    }
  }

  private static float nextVelocity(float velocity, float parameter, float slope, Descent step) {
    return (float) (step.momentum() * velocity + (slope + step.decay() * parameter));
  }

  @Override
  public void adam(Floats w, Floats m, Floats v, Floats gradient, AdamStep step) {
    float[] parameters = w.array();
    float[] first = m.array();
    float[] second = v.array();
    float[] slope = gradient.array();
    double beta1 = step.beta1();
    double beta2 = step.beta2();
    for (int i = 0; i < parameters.length; i++) {
      double g = slope[i] + step.decay() * parameters[i];
      first[i] = (float) (beta1 * first[i] + (1 - beta1) * g);
      second[i] = (float) (beta2 * second[i] + (1 - beta2) * g * g);
      double denominator = Math.sqrt(second[i] / step.secondCorrection()) + step.epsilon();
      double change = step.rate() * (first[i] / step.firstCorrection()) / denominator;
      parameters[i] = (float) (parameters[i] - change);
    }
  }
}
