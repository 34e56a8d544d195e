package dev.fletch.evolution;

import dev.fletch.data.SeededRandom;

/** Draws that do not give all the same chance. */
final class Draws {
  private Draws() {}

  /**
   * A number from 0 on, with probability in proportion to its weight; any if all weights are 0.
   *
   * @param weights at least one, none of them negative
   */
  static int of(double[] weights, SeededRandom random) {
    double sum = 0;
    int last = -1;
    for (int n = 0; n < weights.length; n++) {
      sum += weights[n];
      last = weights[n] > 0 ? n : last;
    }
    if (last < 0) {
      return random.below(weights.length);
    }
    double drawn = random.unit() * sum;
    for (int n = 0; n < last; n++) {
      drawn -= weights[n];
      if (drawn < 0) {
        return n;
      }
    }
    return last;
  }
}
