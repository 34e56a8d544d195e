package dev.fletch.network.dl4j;

import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.TokenShape;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.nn.operation.Convolutions;
import dev.fletch.nn.operation.MultiHeadAttention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The blocks of a candidate network as DL4J layers. A layer with parameters is called what their
 * names in the engine start with; others get a name beside it.
 */
abstract sealed class GraphBlocks permits ImageBlocks, TextBlocks {
  /** As in the engine. */
  private static final double EPSILON = 1e-5;

  /** Share of the old running statistics that a training keeps: PyTorch's momentum of 0.1. */
  private static final double DECAY = 0.9;

  private final GraphBuilder graph;
  private final Parameters parameters = new Parameters();

  /**
   * @param input what the examples are called
   * @param type their sizes
   */
  GraphBlocks(String input, InputType type) {
    this.graph =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.ZERO) // all are overwritten
            .activation(Activation.IDENTITY) // convolutions would have a sigmoid
            .convolutionMode(ConvolutionMode.Truncate)
            .graphBuilder()
            .addInputs(input)
            .allowDisconnected(true) // a cell need not read both of its inputs
            .setInputTypes(type);
  }

  /** For a graph without any layer yet. */
  static GraphBlocks of(Input input) {
    return input instanceof TokenShape texts
        ? new TextBlocks(texts)
        : new ImageBlocks((ImageShape) input);
  }

  final GraphBuilder graph() {
    return graph;
  }

  /** What the layers' parameters are made of. */
  final Parameters parameters() {
    return parameters;
  }

  final ComputationGraphConfiguration configuration() {
    return graph.build();
  }

  /** What reads the examples: of images a convolution 3x3, of texts an embedding; batch norm. */
  abstract State stem(int channels, EmbeddingSettings embedding);

  /** Conv 1x1 alone, without bias. */
  abstract State pointwise(String name, State input, int channels);

  /** One round of {@link Convolutions}, after its ReLU and before its batch norm. */
  abstract State separable(
      String depthwise, String pointwise, Convolutions.Round round, State rectified);

  /** Halves the positions as {@link dev.fletch.nn.operation.FactorizedReduction} does. */
  abstract State factorizedReduction(String name, State input, int channels);

  /** Pooling with padding that never wins and does not count. */
  abstract State pool(String name, boolean max, int kernel, State input, int stride);

  /** The maxima of windows of 2 positions a side with stride 2, halves rounded up. */
  abstract State halvingPool(String name, State input);

  /** Self-attention among all positions of an example. */
  abstract State attend(String name, int heads, State input);

  /** Mean over the positions of each example. */
  abstract String mean(String name, State input);

  /** A batch norm for what this graph's layers put out. */
  abstract Layer normalizing(BatchNormalization norm);

  /** ReLU, conv 1x1, batch norm. */
  final State convNorm(String name, State input, int channels) {
    State rectified = relu(name + ".op.0", input);
    return norm(name + ".op.2", pointwise(name + ".op.1", rectified, channels));
  }

  /** Rounds of ReLU, depthwise, conv 1x1, batch norm. */
  final State convolutions(String name, Convolutions form, State input) {
    State at = input;
    for (int i = 0; i < form.rounds().size(); i++) {
      State rectified = relu(Convolutions.layer(name, i, 0), at);
      String depthwise = Convolutions.layer(name, i, 1);
      String pointwise = Convolutions.layer(name, i, 2);
      State product = separable(depthwise, pointwise, form.rounds().get(i), rectified);
      at = norm(Convolutions.layer(name, i, 3), product);
    }
    return at;
  }

  /** Half of the positions, then conv 1x1 to twice the channels and batch norm, without a ReLU. */
  final State reduction(String name, State input) {
    State halved = halvingPool(name + ".pool", input);
    return norm(name + ".1", pointwise(name + ".0", halved, 2 * input.channels()));
  }

  /** With stride 2 among the maxima of windows. */
  final State attention(String name, MultiHeadAttention form, State input) {
    State from = form.stride() == 1 ? input : halvingPool(name + ".pool", input);
    return attend(name, form.heads(), from);
  }

  /**
   * Self-attention with biases, which DL4J's has not.
   *
   * @param state what attends, as a series of positions
   * @param others a channel of ones, and for texts one of their ends
   * @see AttentionWeights
   */
  final State selfAttention(String name, int heads, State state, State... others) {
    State[] all = new State[others.length + 1];
    all[0] = state;
    System.arraycopy(others, 0, all, 1, others.length);
    State input = concatenation(name + ".input", all);
    AttentionWeights weights =
        new AttentionWeights(name, state.channels(), heads, input.channels());
    graph.addLayer(
        name,
        new SelfAttentionLayer.Builder()
            .nHeads(heads)
            .headSize(weights.headSize())
            .nIn(input.channels())
            .nOut(state.channels())
            .projectInput(true)
            .build(),
        input.vertex());
    parameters.add(name, "Wq", weights::queries);
    parameters.add(name, "Wk", weights::keys);
    parameters.add(name, "Wv", weights::values);
    parameters.add(name, "Wo", weights::output);
    return state.of(name);
  }

  /** A function of every value. */
  final State activation(String name, Enum<?> function, State input) {
    Activation activation = Activation.valueOf(function.name().toUpperCase(Locale.ROOT));
    graph.addLayer(name, new ActivationLayer(activation), input.vertex());
    return input.of(name);
  }

  final State relu(String name, State input) {
    return activation(name, Activation.RELU, input);
  }

  /** Batch norm with gamma and beta. */
  final State norm(String name, State input) {
    State output = addNorm(name, input, true);
    parameters.add(name, "gamma", values -> values.weight(name + ".weight"));
    parameters.add(name, "beta", values -> values.weight(name + ".bias"));
    return output;
  }

  /** Batch norm alone. */
  final State plainNorm(String name, State input) {
    return addNorm(name, input, false);
  }

  private State addNorm(String name, State input, boolean affine) {
    BatchNormalization norm =
        new BatchNormalization.Builder()
            .eps(EPSILON)
            .decay(DECAY)
            .useLogStd(false)
            .lockGammaBeta(!affine)
            .build();
    graph.addLayer(name, normalizing(norm), input.vertex());
    parameters.add(name, "mean", values -> values.means(name));
    parameters.add(name, "var", values -> values.variances(name));
    return input.of(name);
  }

  /** The sum of one or more states; a state alone is its own. */
  final State sum(String name, List<State> terms) {
    return elementWise(name, ElementWiseVertex.Op.Add, terms);
  }

  /** The product of one or more states; a state alone is its own. */
  State product(String name, List<State> factors) {
    return elementWise(name, ElementWiseVertex.Op.Product, factors);
  }

  final State elementWise(String name, ElementWiseVertex.Op op, List<State> states) {
    if (states.size() == 1) {
      return states.get(0);
    }
    graph.addVertex(name, new ElementWiseVertex(op), vertices(name, states));
    return states.get(0).of(name);
  }

  /** Channels of one state behind those of another; a state alone is its own. */
  final State concatenation(String name, State... parts) {
    if (parts.length == 1) {
      return parts[0];
    }
    graph.addVertex(name, new MergeVertex(), vertices(name, Arrays.asList(parts)));
    int channels = Arrays.stream(parts).mapToInt(State::channels).sum();
    return parts[0].of(name).withChannels(channels);
  }

  /** A vertex cannot read another one twice, so it reads copies. */
  private String[] vertices(String name, List<State> states) {
    List<String> vertices = new ArrayList<>();
    for (State state : states) {
      String vertex = state.vertex();
      if (vertices.contains(vertex)) {
        vertex = name + ".again." + vertices.size();
        graph.addVertex(vertex, new ScaleVertex(1), state.vertex());
      }
      vertices.add(vertex);
    }
    return vertices.toArray(String[]::new);
  }

  /** Mean over the positions, linear classifier and softmax; the graph's output. */
  final void classifier(String name, State input, int classes) {
    graph.addLayer(
        name,
        new OutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nOut(classes)
            .build(),
        mean(name + ".pool", input));
    parameters.add(
        name,
        "W",
        values -> ConvolutionKernels.transposed(values.weight(name + ".weight"), classes));
    parameters.add(name, "b", values -> values.weight(name + ".bias"));
    graph.setOutputs(name);
  }
}
