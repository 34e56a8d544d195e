package dev.fletch.network.dl4j;

import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.network.ArchitectureNetwork;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies the flat vectors of a candidate network into a graph whose layers have its names. */
final class ParameterTransfer {
  private final ComputationGraph graph;
  private final Map<String, Integer> dilations;
  private final Set<String> filled = new TreeSet<>();

  ParameterTransfer(ComputationGraph graph, Map<String, Integer> dilations) {
    this.graph = graph;
    this.dilations = dilations;
  }

  /**
   * Copies all but the auxiliary head.
   *
   * @throws IllegalStateException if a parameter of the network or of the graph stays behind
   */
  void copy(ArchitectureNetwork network, float[] weights, float[] statistics) {
    for (WeightSlot slot : network.weightSlots()) {
      if (!ArchitectureNetwork.isAuxiliary(slot.name())) {
        weight(slot, range(weights, slot.offset(), slot.length()));
      }
    }
    for (StatisticsSlot slot : network.statisticsSlots()) {
      if (!ArchitectureNetwork.isAuxiliary(slot.name())) {
        fill(slot.name(), "mean", range(statistics, slot.offset(), slot.channels()));
        fill(slot.name(), "var", range(statistics, slot.variances(), slot.channels()));
      }
    }
    Set<String> all = new TreeSet<>();
    for (Layer layer : graph.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      layer.paramTable().keySet().forEach(key -> all.add(name + " " + key));
    }
    all.removeAll(filled);
    if (!all.isEmpty()) {
      throw new IllegalStateException("The exported graph has parameters without values: " + all);
    }
  }

  private static float[] range(float[] vector, int from, int length) {
    return Arrays.copyOfRange(vector, from, from + length);
  }

  private void weight(WeightSlot slot, float[] values) {
    int dot = slot.name().lastIndexOf('.');
    String name = slot.name().substring(0, dot);
    boolean bias = slot.name().substring(dot + 1).equals("bias");
    org.deeplearning4j.nn.conf.layers.Layer layer = layer(name).conf().getLayer();
    if (layer instanceof BatchNormalization) {
      fill(name, bias ? "beta" : "gamma", values);
    } else if (bias) {
      fill(name, "b", values);
    } else if (layer instanceof OutputLayer) {
      fill(name, "W", transposed(values, slot.shape()[0], slot.shape()[1]));
    } else if (layer instanceof DepthwiseConvolution2D) {
      fill(name, "W", depthwise(values, slot.shape()[2], dilations.getOrDefault(name, 1)));
    } else {
      fill(name, "W", values);
    }
  }

  /** {@code [rows, columns]} to {@code [columns, rows]}. */
  private static float[] transposed(float[] values, int rows, int columns) {
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % columns * rows + i / columns] = values[i];
    }
    return turned;
  }

  /** {@code [C, 1, kernel, kernel]} to {@code [side, side, C, 1]}, with zeros for the dilation. */
  private static float[] depthwise(float[] values, int kernel, int dilation) {
    int taps = kernel * kernel;
    int channels = values.length / taps;
    int side = dilation * (kernel - 1) + 1;
    float[] turned = new float[side * side * channels];
    for (int c = 0; c < channels; c++) {
      for (int tap = 0; tap < taps; tap++) {
        int at = tap / kernel * dilation * side + tap % kernel * dilation;
        turned[at * channels + c] = values[c * taps + tap];
      }
    }
    return turned;
  }

  private Layer layer(String name) {
    Layer layer = graph.getLayer(name);
    if (layer == null) {
      throw new IllegalStateException("The exported graph has no layer " + name);
    }
    return layer;
  }

  /** {@code values} in C order of the parameter's shape. */
  private void fill(String layer, String key, float[] values) {
    INDArray parameter = layer(layer).getParam(key);
    if (parameter == null || parameter.length() != values.length) {
      throw new IllegalStateException(
          "The parameter %s of layer %s has %d values, the network has %d"
              .formatted(key, layer, parameter == null ? 0 : parameter.length(), values.length));
    }
    try (INDArray source = Nd4j.create(values, parameter.shape(), 'c')) {
      parameter.assign(source);
    }
    filled.add(layer + " " + key);
  }
}
