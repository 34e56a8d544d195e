package dev.fletch.network.dl4j;

import dev.fletch.nn.operation.Convolutions;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The blocks of a candidate network as DL4J layers. A layer with parameters is called what their
 * names in the engine start with; others get a name beside it.
 */
final class GraphBlocks {
  /** As in the engine. */
  private static final double EPSILON = 1e-5;

  /** Share of the old running statistics that a training keeps: PyTorch's momentum of 0.1. */
  private static final double DECAY = 0.9;

  private final GraphBuilder graph;

  /** Layers whose kernel is laid out with {@code dilation - 1} zeros between its values. */
  private final Map<String, Integer> dilations = new TreeMap<>();

  GraphBlocks(GraphBuilder graph) {
    this.graph = graph;
  }

  /**
   * What a vertex puts out, {@code [N, channels, height, width]}.
   *
   * @param vertex its name
   */
  record State(String vertex, int channels, int height, int width) {
    private State of(String other, int itsChannels, int stride) {
      return new State(
          other, itsChannels, (height + stride - 1) / stride, (width + stride - 1) / stride);
    }
  }

  /** By layer, for those that are not 1. */
  Map<String, Integer> dilations() {
    return dilations;
  }

  /** Conv 3x3 and batch norm. */
  State stem(State images, int channels) {
    return norm("stem.1", convolution("stem.0", images, channels, 3, 1));
  }

  /** For large images: two convolutions of stride 2 with batch norm; a quarter of the side. */
  State quarter(State images, int channels) {
    State half = norm("stem0.1", convolution("stem0.0", images, channels / 2, 3, 2));
    return norm("stem0.4", convolution("stem0.3", relu("stem0.2", half), channels, 3, 2));
  }

  /** One more such convolution: an eighth of the side. */
  State eighth(State quarter) {
    State rectified = relu("stem1.0", quarter);
    return norm("stem1.2", convolution("stem1.1", rectified, quarter.channels(), 3, 2));
  }

  /** ReLU, conv 1x1, batch norm. */
  State convNorm(String name, State input, int channels) {
    State rectified = relu(name + ".op.0", input);
    return norm(name + ".op.2", convolution(name + ".op.1", rectified, channels, 1, 1));
  }

  /** Rounds of ReLU, depthwise, conv 1x1, batch norm. */
  State convolutions(String name, Convolutions form, State input) {
    State at = input;
    for (int i = 0; i < form.rounds().size(); i++) {
      Convolutions.Round round = form.rounds().get(i);
      State rectified = relu(Convolutions.layer(name, i, 0), at);
      State depthwise =
          depthwise(
              Convolutions.layer(name, i, 1),
              rectified,
              round.kernel(),
              round.stride(),
              round.dilation());
      String pointwise = Convolutions.layer(name, i, 2);
      at =
          norm(
              Convolutions.layer(name, i, 3),
              convolution(pointwise, depthwise, input.channels(), 1, 1));
    }
    return at;
  }

  /**
   * ReLU, two 1x1 convolutions of stride 2, the second a pixel further on, concatenated; batch
   * norm. Where a side is odd, the second reads zeros beyond its end.
   */
  State factorizedReduction(String name, State input, int channels) {
    State rectified = relu(name + ".relu", input);
    State even = convolution(name + ".conv_1", rectified, channels / 2, 1, 2);
    State shifted = shifted(name, rectified);
    State odd = convolution(name + ".conv_2", shifted, channels - channels / 2, 1, 2);
    graph.addVertex(name + ".concat", new MergeVertex(), even.vertex(), odd.vertex());
    return norm(name + ".bn", even.of(name + ".concat", channels, 1));
  }

  private State shifted(String name, State input) {
    int below = input.height() % 2;
    int right = input.width() % 2;
    String from = input.vertex();
    if (below + right > 0) {
      graph.addLayer(name + ".pad", new ZeroPaddingLayer(0, below, 0, right), from);
      from = name + ".pad";
    }
    graph.addLayer(name + ".shift", new Cropping2D(1, 0, 1, 0), from);
    return new State(
        name + ".shift", input.channels(), input.height() + below - 1, input.width() + right - 1);
  }

  /** 3x3 pooling with padding that never wins and does not count. */
  State pool(String name, boolean max, State input, int stride) {
    graph.addLayer(
        name,
        new SubsamplingLayer.Builder(max ? PoolingType.MAX : PoolingType.AVG)
            .kernelSize(3, 3)
            .stride(stride, stride)
            .padding(1, 1)
            .avgPoolIncludePadInDivisor(false)
            .build(),
        input.vertex());
    return input.of(name, input.channels(), stride);
  }

  /**
   * 2x2 max pooling, halves rounded up, then conv 1x1 to twice the channels and batch norm, without
   * a ReLU.
   */
  State reduction(String name, State input) {
    graph.addLayer(
        name + ".pool",
        new SubsamplingLayer.Builder(PoolingType.MAX)
            .kernelSize(2, 2)
            .stride(2, 2)
            .convolutionMode(
                ConvolutionMode.Same) // what is beyond the end of an odd side never wins
            .build(),
        input.vertex());
    State halved = input.of(name + ".pool", input.channels(), 2);
    return norm(name + ".1", convolution(name + ".0", halved, 2 * input.channels(), 1, 1));
  }

  /** A function of every value; the state itself for the identity. */
  State activation(String name, dev.fletch.architecture.Activation function, State input) {
    if (function == dev.fletch.architecture.Activation.IDENTITY) {
      return input;
    }
    graph.addLayer(name, new ActivationLayer(Activation.valueOf(function.name())), input.vertex());
    return input.of(name, input.channels(), 1);
  }

  /** A copy of a state under another name, for a sum that would read the state twice. */
  State again(String name, State input) {
    graph.addVertex(name, new ScaleVertex(1), input.vertex());
    return input.of(name, input.channels(), 1);
  }

  State sum(String name, State... terms) {
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), vertices(terms));
    return terms[0].of(name, terms[0].channels(), 1);
  }

  State product(String name, State... factors) {
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Product), vertices(factors));
    return factors[0].of(name, factors[0].channels(), 1);
  }

  State concatenation(String name, State... parts) {
    graph.addVertex(name, new MergeVertex(), vertices(parts));
    int channels = 0;
    for (State part : parts) {
      channels += part.channels();
    }
    return parts[0].of(name, channels, 1);
  }

  /** Global average pool, linear classifier and softmax; the graph's output. */
  void classifier(String name, State input, int classes) {
    graph.addLayer(
        name + ".pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), input.vertex());
    graph.addLayer(
        name,
        new OutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nOut(classes)
            .build(),
        name + ".pool");
    graph.setOutputs(name);
  }

  private static String[] vertices(State... states) {
    String[] vertices = new String[states.length];
    for (int i = 0; i < states.length; i++) {
      vertices[i] = states[i].vertex();
    }
    return vertices;
  }

  private State relu(String name, State input) {
    graph.addLayer(name, new ActivationLayer(Activation.RELU), input.vertex());
    return input.of(name, input.channels(), 1);
  }

  private State convolution(String name, State input, int channels, int kernel, int stride) {
    graph.addLayer(
        name,
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .padding(kernel / 2, kernel / 2)
            .nOut(channels)
            .hasBias(false)
            .build(),
        input.vertex());
    return input.of(name, channels, stride);
  }

  private State depthwise(String name, State input, int kernel, int stride, int dilation) {
    int side = dilation * (kernel - 1) + 1;
    if (dilation > 1) {
      dilations.put(name, dilation);
    }
    graph.addLayer(
        name,
        new DepthwiseConvolution2D.Builder(side, side)
            .stride(stride, stride)
            .padding(side / 2, side / 2)
            .depthMultiplier(1)
            .nOut(input.channels())
            .hasBias(false)
            .build(),
        input.vertex());
    return input.of(name, input.channels(), stride);
  }

  private State norm(String name, State input) {
    graph.addLayer(
        name,
        new BatchNormalization.Builder().eps(EPSILON).decay(DECAY).useLogStd(false).build(),
        input.vertex());
    return input.of(name, input.channels(), 1);
  }
}
