package dev.fletch.nn;

import java.io.Serializable;

/** A part of a network's flat vector of weights: those from {@code from} on, before {@code to}. */
public record WeightRange(int from, int to) implements Serializable {
  public static final WeightRange NONE = new WeightRange(0, 0);

  public WeightRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "Invalid range of weights: %d to %d, must be ascending from 0".formatted(from, to));
    }
  }

  public int length() {
    return to - from;
  }
}
