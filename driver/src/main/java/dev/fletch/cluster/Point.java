package dev.fletch.cluster;

import dev.fletch.bilevel.FloatWire;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;

/** Where gradients or scores are wanted: the state an exchange broadcasts, as plain arrays. */
final class Point implements Serializable {
  private static final long serialVersionUID = 1L;

  // not final only because they are read back from the wire
  private transient float[][] weights;
  private transient float[] mixing;
  private transient float[] statistics;

  Point(List<float[]> weights, float[] mixing, float[] statistics) {
    this.weights = weights.toArray(float[][]::new);
    this.mixing = mixing;
    this.statistics = statistics;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeInt(weights.length);
    for (float[] vector : weights) {
      FloatWire.write(out, vector);
    }
    FloatWire.write(out, mixing);
    FloatWire.write(out, statistics);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    weights = new float[in.readInt()][];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = FloatWire.read(in);
    }
    mixing = FloatWire.read(in);
    statistics = FloatWire.read(in);
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
