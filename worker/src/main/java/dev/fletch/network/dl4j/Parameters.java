package dev.fletch.network.dl4j;

import dev.fletch.network.ArchitectureNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the parameters of a graph's layers are made of. */
final class Parameters {
  private record Parameter(String layer, String key) {
    @Override
    public String toString() {
      return layer + " " + key;
    }
  }

  private final Map<Parameter, Function<NetworkValues, float[]>> sources = new LinkedHashMap<>();

  /**
   * @param key what DL4J calls it: {@code W}
   * @param source its values, in C order of its shape
   */
  void add(String layer, String key, Function<NetworkValues, float[]> source) {
    sources.put(new Parameter(layer, key), source);
  }

  /** Whatever the network has learned. */
  void addConstant(String layer, String key, float... values) {
    add(layer, key, unused -> values);
  }

  /**
   * Fills all parameters of {@code graph}.
   *
   * @throws IllegalStateException if a parameter of the network or of the graph stays behind
   */
  void copy(
      ArchitectureNetwork network, float[] weights, float[] statistics, ComputationGraph graph) {
    NetworkValues values = new NetworkValues(network, weights, statistics);
    sources.forEach((parameter, source) -> fill(graph, parameter, source.apply(values)));
    Set<String> unfilled = new TreeSet<>();
    for (Layer layer : graph.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      for (String key : layer.paramTable().keySet()) {
        Parameter parameter = new Parameter(name, key);
        if (!sources.containsKey(parameter)) {
          unfilled.add(parameter.toString());
        }
      }
    }
    if (!unfilled.isEmpty() || !values.unread().isEmpty()) {
      throw new IllegalStateException(
          "The exported graph has parameters without values: %s; it leaves out of the network: %s"
              .formatted(unfilled, values.unread()));
    }
  }

  private static void fill(ComputationGraph graph, Parameter of, float[] values) {
    Layer layer = graph.getLayer(of.layer());
    INDArray parameter = layer == null ? null : layer.getParam(of.key());
    if (parameter == null || parameter.length() != values.length) {
      throw new IllegalStateException(
          "The parameter %s of layer %s has %d values, the network has %d"
              .formatted(
                  of.key(), of.layer(), parameter == null ? 0 : parameter.length(), values.length));
    }
    try (INDArray source = Nd4j.create(values, parameter.shape(), 'c')) {
      parameter.assign(source);
    }
  }
}
