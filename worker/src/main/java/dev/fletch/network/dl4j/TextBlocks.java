package dev.fletch.network.dl4j;

import dev.fletch.data.TokenShape;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.nn.operation.Convolutions;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;

/**
 * The blocks of a network for texts: numbers of words {@code [N, T]} to {@code [N, C, T]}, where
 * shorter texts end with words for padding. A state has any values behind the end of a text;
 * whatever looks at neighbours, or at all positions, sets them to what does not count first.
 */
final class TextBlocks extends GraphBlocks {
  static final String INPUT = "words";

  private final TokenShape shape;
  private final TextEnds ends;

  TextBlocks(TokenShape shape) {
    super(INPUT, InputType.recurrent(shape.vocabulary()));
    this.shape = shape;
    this.ends = new TextEnds(this, shape);
  }

  @Override
  State stem(int channels, EmbeddingSettings embedding) {
    String name = "stem.embedding";
    int width = embedding.width(channels);
    graph().addLayer(name, lookup(shape, width).build(), INPUT);
    parameters().add(name, "W", values -> values.weight(name + ".weight"));
    State vectors = new State(name, width, 0);
    return norm("stem.1", width == channels ? vectors : pointwise("stem.0", vectors, channels));
  }

  /** A row of a table {@code [vocabulary, channels]} for every word. */
  static EmbeddingSequenceLayer.Builder lookup(TokenShape shape, int channels) {
    return new EmbeddingSequenceLayer.Builder()
        .nIn(shape.vocabulary())
        .nOut(channels)
        .hasBias(false)
        .inferInputLength(true);
  }

  @Override
  State pointwise(String name, State input, int channels) {
    return convolution(name, input, channels, 1, 1, values -> values.weight(name + ".weight"));
  }

  /**
   * @param weights {@code [channels, C, side]}
   */
  private State convolution(
      String name,
      State input,
      int channels,
      int side,
      int stride,
      Function<NetworkValues, float[]> weights) {
    Convolution1D.Builder convolution = new Convolution1D.Builder(side).stride(stride);
    convolution.padding(side / 2).nOut(channels).hasBias(false);
    graph().addLayer(name, convolution.build(), input.vertex());
    parameters()
        .add(
            name,
            "W",
            values -> ConvolutionKernels.alongTexts(weights.apply(values), channels, side));
    return input.of(name).withChannels(channels).strided(stride);
  }

  /** One convolution: no layer along a text is depthwise. */
  @Override
  State separable(String depthwise, String pointwise, Convolutions.Round round, State rectified) {
    int kernel = round.kernel();
    int side = ConvolutionKernels.side(kernel, round.dilation());
    return convolution(
        pointwise,
        side == 1 ? rectified : ends.zeroed(depthwise + ".masked", rectified),
        rectified.channels(),
        side,
        round.stride(),
        values ->
            ConvolutionKernels.separable(
                values.weight(depthwise + ".weight"),
                values.weight(pointwise + ".weight"),
                kernel,
                round.dilation()));
  }

  @Override
  State factorizedReduction(String name, State input, int channels) {
    State rectified = ends.zeroed(name + ".masked", relu(name + ".relu", input));
    State halves =
        convolution(
            name + ".conv",
            rectified,
            channels,
            3,
            2,
            values ->
                ConvolutionKernels.alternating(
                    values.weight(name + ".conv_1.weight"),
                    values.weight(name + ".conv_2.weight")));
    return norm(name + ".bn", halves);
  }

  @Override
  State pool(String name, boolean max, int kernel, State input, int stride) {
    Subsampling1DLayer pool = window(max ? PoolingType.MAX : PoolingType.AVG, kernel, stride);
    State from =
        max ? ends.lowered(name + ".lowered", input) : ends.zeroed(name + ".masked", input);
    graph().addLayer(name, pool, from.vertex());
    State pooled = input.of(name).strided(stride);
    if (max) {
      return ends.zeroed(name + ".raised", pooled);
    }
    State factor = ends.averageFactor(kernel, input.halvings(), stride);
    return elementWise(name + ".counted", ElementWiseVertex.Op.Product, List.of(pooled, factor));
  }

  /** Padded on both sides; averages divide by the kernel. */
  private static Subsampling1DLayer window(PoolingType type, int kernel, int stride) {
    Subsampling1DLayer.Builder window = new Subsampling1DLayer.Builder();
    window.kernelSize(kernel).stride(stride).avgPoolIncludePadInDivisor(true);
    Subsampling1DLayer pool = window.build();
    pool.setPoolingType(type); // which the builder leaves out
    pool.setPadding(new int[] {kernel / 2, 0}); // the builder would pad the other side as well
    return pool;
  }

  @Override
  State halvingPool(String name, State input) {
    Subsampling1DLayer.Builder window = new Subsampling1DLayer.Builder(PoolingType.MAX);
    window.kernelSize(2).stride(2).convolutionMode(ConvolutionMode.Same);
    graph().addLayer(name, window.build(), ends.lowered(name + ".lowered", input).vertex());
    return ends.zeroed(name + ".raised", input.of(name).strided(2));
  }

  @Override
  State attend(String name, int heads, State input) {
    return selfAttention(
        name, heads, input, ends.mask(input.halvings()), ends.beyond(input.halvings()));
  }

  /** So that what two large values behind an end come to cannot grow without bounds. */
  @Override
  State product(String name, List<State> factors) {
    return factors.size() == 1
        ? factors.get(0)
        : ends.zeroed(name, super.product(name + ".product", factors));
  }

  /** Positions where all channels are 0 are left out, which those with a mask of 1 are not. */
  @Override
  String mean(String name, State input) {
    State zeroed = ends.zeroed(name + ".masked", input);
    State marked = concatenation(name + ".marked", zeroed, ends.mask(input.halvings()));
    graph()
        .addLayer(
            name + ".means",
            new MaskZeroLayer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), 0),
            marked.vertex())
        .addVertex(name, new SubsetVertex(0, input.channels() - 1), name + ".means");
    return name;
  }

  /** At every position by itself: DL4J's batch norm knows vectors and images. */
  @Override
  Layer normalizing(BatchNormalization norm) {
    return new TimeDistributed(norm);
  }
}
