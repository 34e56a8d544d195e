package dev.fletch.supernet;

/** p = alpha: the architecture parameters weigh the operations directly, with either sign. */
public record DirectRelaxation() implements Relaxation {
  @Override
  public float[] mixing(float[] alpha) {
    return alpha.clone();
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkGradient("alpha", alpha.length, mixingGradient);
    return mixingGradient.clone();
  }
}
