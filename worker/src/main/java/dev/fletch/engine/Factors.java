package dev.fletch.engine;

import java.util.Arrays;

/**
 * Factors that lie at any places of a vector: mixing weights.
 *
 * @param in the vector
 * @param places where each of them lies in it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Factors(Doubles in, int... places) {
  /** A copy of them, on the host. */
  double[] values() {
    double[] all = in.array();
    return Arrays.stream(places).mapToDouble(place -> all[place]).toArray();
  }

  /** Adds to their places in another vector of the same length, on the host. */
  void add(double[] values, Doubles to) {
    double[] all = to.array();
    for (int i = 0; i < places.length; i++) {
      all[places[i]] += values[i];
    }
  }
}
