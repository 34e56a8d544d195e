package dev.fletch.nn;

/**
 * How architecture parameters become mixing weights, as those see it who only need values and
 * gradients. Both vectors have the layout of {@link TrainableNetwork}'s mixing weights.
 */
public interface MixingFunction {
  /** The mixing weights p that {@code alpha} stands for, as a new vector. */
  float[] mixing(float[] alpha);

  /**
   * The mixing weights that the w step sees in a search step whose alpha step sees this: another
   * draw where they are drawn.
   */
  default MixingFunction forWeights() {
    return this;
  }

  /** dL/dalpha as a new vector, given dL/dp at {@code alpha}. Linear in {@code mixingGradient}. */
  float[] alphaGradient(float[] alpha, float[] mixingGradient);
}
