package dev.fletch.optimizer;

import dev.fletch.data.Portion;

/**
 * What a recurrent network remembers of the streams that a training reads, from minibatch to
 * minibatch: one vector for the examples that train w, one for those that train alpha ({@link
 * Portion#ALPHA}). All replicas' parts one after the other, 0 at the beginning; length 0 for a
 * network that remembers nothing. Vectors are exchanged and never written to.
 */
public final class Carried {
  private float[] ofWeights;
  private float[] ofAlpha;

  /** Takes over both. */
  public Carried(float[] ofWeights, float[] ofAlpha) {
    if (ofWeights.length != ofAlpha.length) {
      throw new IllegalArgumentException(
          "A network cannot remember %d values of one stream and %d of another"
              .formatted(ofWeights.length, ofAlpha.length));
    }
    this.ofWeights = ofWeights;
    this.ofAlpha = ofAlpha;
  }

  /** Before the first minibatch. */
  public static Carried nothing(int length) {
    return new Carried(new float[length], new float[length]);
  }

  /** Values of each stream. */
  public int length() {
    return ofWeights.length;
  }

  /** Of the stream that trains w; not a copy, read only. */
  public float[] ofWeights() {
    return ofWeights;
  }

  /** Of the stream that trains alpha; not a copy, read only. */
  public float[] ofAlpha() {
    return ofAlpha;
  }

  /** What is remembered of the stream that {@code portion} is read from; not a copy, read only. */
  public float[] of(Portion portion) {
    return portion == Portion.ALPHA ? ofAlpha : ofWeights;
  }

  /**
   * Remembers what a minibatch of {@code portion} left behind.
   *
   * @throws IllegalArgumentException if that has another length
   */
  public void follow(Portion portion, float[] behind) {
    if (behind.length != length()) {
      throw new IllegalArgumentException(
          "A network that remembers %d values left %d behind a minibatch"
              .formatted(length(), behind.length));
    }
    if (portion == Portion.ALPHA) {
      ofAlpha = behind;
    } else {
      ofWeights = behind;
    }
  }

  /** To be called when an epoch begins. */
  public void beginEpoch(EpochStart start) {
    if (start == EpochStart.ZEROS) {
      ofWeights = new float[length()];
      ofAlpha = new float[length()];
    }
  }
}
