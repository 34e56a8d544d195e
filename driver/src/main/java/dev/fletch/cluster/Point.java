package dev.fletch.cluster;

import java.io.Serializable;
import java.util.List;

/** Where gradients or scores are wanted: the state an exchange broadcasts, as plain arrays. */
final class Point implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[][] weights;
  private final float[] mixing;
  private final float[] statistics;

  Point(List<float[]> weights, float[] mixing, float[] statistics) {
    this.weights = weights.toArray(float[][]::new);
    this.mixing = mixing;
    this.statistics = statistics;
  }

  List<float[]> weights() {
    return List.of(weights);
  }

  float[] mixing() {
    return mixing;
  }

  float[] statistics() {
    return statistics;
  }
}
