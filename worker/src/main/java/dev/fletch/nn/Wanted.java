package dev.fletch.nn;

/** Which gradients a step needs; the others are not computed where that saves work. */
public enum Wanted {
  WEIGHTS,
  MIXING,
  BOTH;

  public boolean weights() {
    return this != MIXING;
  }

  public boolean mixing() {
    return this != WEIGHTS;
  }
}
