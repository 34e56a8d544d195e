package dev.fletch.nn;

/** Which gradients a step needs; the others are not computed where that saves work. */
public enum Wanted {
  WEIGHTS,
  MIXING,
  BOTH,
  /**
   * As {@link #WEIGHTS}, of the loss alone: without what a network adds to it when it trains its
   * weights. So are those of {@link #MIXING}.
   */
  LOSS_WEIGHTS,
  /** As {@link #BOTH}, of the loss alone. */
  LOSS_BOTH,
  /** No gradient: batch statistics and the loss, which a forward pass gives. */
  STATISTICS;

  public boolean weights() {
    return this == WEIGHTS || this == LOSS_WEIGHTS || mixingToo();
  }

  public boolean mixing() {
    return this == MIXING || mixingToo();
  }

  /** Of the loss with what a network adds to it when it trains its weights. */
  public boolean regularised() {
    return this == WEIGHTS || this == BOTH;
  }

  private boolean mixingToo() {
    return this == BOTH || this == LOSS_BOTH;
  }
}
