package dev.fletch.supernet;

/**
 * Mixing weights that are given and not learned: those of an architecture that was drawn. Alpha has
 * no influence and no gradient.
 */
public final class FixedMixing implements Relaxation {
  private final float[] mixing;

  public FixedMixing(float[] mixing) {
    this.mixing = mixing.clone();
  }

  @Override
  public float[] mixing(float[] alpha) {
    return mixing.clone();
  }

  @Override
  public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
    SoftmaxRows.checkGradient("fixed mixing", mixing.length, mixingGradient);
    return new float[alpha.length];
  }
}
