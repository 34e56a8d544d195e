package dev.fletch.nn;

/** Which gradients a step needs; the others are not computed where that saves work. */
public enum Wanted {
  WEIGHTS,
  MIXING,
  BOTH,
  /** No gradient: batch statistics and the loss, which a forward pass gives. */
  STATISTICS;

  public boolean weights() {
    return this == WEIGHTS || this == BOTH;
  }

  public boolean mixing() {
    return this == MIXING || this == BOTH;
  }
}
