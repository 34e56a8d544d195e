package dev.fletch.optimizer;

import dev.fletch.engine.Floats;

/**
 * Clipping by the global L2 norm, as PyTorch's {@code clip_grad_norm_} does it: the gradient is
 * multiplied by {@code maximum / (norm + 1e-6)} where that is below 1.
 *
 * @param maximum largest norm left alone; 0 switches clipping off
 */
public record GradientClip(double maximum) {
  public GradientClip {
    if (!(maximum >= 0)) {
      throw new IllegalArgumentException("gradient-clip must be >= 0, got " + maximum);
    }
  }

  /** Scales {@code gradient} in place; returns its norm before that. */
  public double apply(Floats gradient) {
    double norm = gradient.norm();
    double factor = maximum / (norm + 1e-6);
    if (maximum > 0 && factor < 1) {
      gradient.scale(factor);
    }
    return norm;
  }

  /** The same on the host. */
  public double apply(float[] gradient) {
    return apply(Floats.of(gradient));
  }
}
