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

  /**
   * By what a gradient of this norm is to be multiplied, above 1 where it is short enough already;
   * 1 where clipping is off.
   */
  public double coefficient(double norm) {
    return maximum > 0 ? maximum / (norm + 1e-6) : 1;
  }

  /** Whether {@link #apply} changes a gradient of this norm. */
  public boolean shortens(double norm) {
    return coefficient(norm) < 1;
  }

  /** Scales {@code gradient} in place; returns its norm before that. */
  public double apply(Floats gradient) {
    double norm = gradient.norm();
    if (shortens(norm)) {
      gradient.scale(coefficient(norm));
    }
    return norm;
  }

  /** The same on the host. */
  public double apply(float[] gradient) {
    return apply(Floats.of(gradient));
  }
}
