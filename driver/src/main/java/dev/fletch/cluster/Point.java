package dev.fletch.cluster;

import dev.fletch.engine.Floats;
import dev.fletch.gradient.FloatWire;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Where gradients or scores are wanted: the state an exchange broadcasts, as plain arrays. */
final class Point implements Serializable {
  private static final long serialVersionUID = 1L;

  // not final only because they are read back from the wire
  private transient float[][] weights;
  private transient float[][] mixings;
  private transient float[] statistics;

  /** Several weights with one vector of mixing weights, or one with several. */
  Point(List<Floats> weights, List<float[]> mixings, Floats statistics) {
    this.weights = weights.stream().map(Floats::onHost).toArray(float[][]::new);
    this.mixings = mixings.toArray(float[][]::new);
    this.statistics = statistics.onHost();
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    write(out, weights);
    write(out, mixings);
    FloatWire.write(out, statistics);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    weights = read(in);
    mixings = read(in);
    statistics = FloatWire.read(in);
  }

  private static void write(ObjectOutputStream out, float[][] vectors) throws IOException {
    out.writeInt(vectors.length);
    for (float[] vector : vectors) {
      FloatWire.write(out, vector);
    }
  }

  private static float[][] read(ObjectInputStream in) throws IOException {
    float[][] vectors = new float[in.readInt()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = FloatWire.read(in);
    }
    return vectors;
  }

  List<Floats> weights() {
    return Arrays.stream(weights).map(Floats::of).toList();
  }

  List<float[]> mixings() {
    return List.of(mixings);
  }

  Floats statistics() {
    return Floats.of(statistics);
  }
}
