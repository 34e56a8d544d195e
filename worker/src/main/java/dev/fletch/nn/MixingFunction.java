package dev.fletch.nn;

/**
 * How architecture parameters become mixing weights, as those see it who only need values and
 * gradients. Both vectors have the layout of {@link TrainableNetwork}'s mixing weights.
 */
public interface MixingFunction {
  /** The mixing weights p that {@code alpha} stands for, as a new vector. */
  float[] mixing(float[] alpha);

  /** dL/dalpha as a new vector, given dL/dp at {@code alpha}. Linear in {@code mixingGradient}. */
  float[] alphaGradient(float[] alpha, float[] mixingGradient);
}
