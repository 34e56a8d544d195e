package dev.fletch.network.dl4j;

import dev.fletch.data.ImageShape;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.nn.operation.Convolutions;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;

/** The blocks of a network for images, {@code [N, C, H, W]}. */
final class ImageBlocks extends GraphBlocks {
  private static final String INPUT = "images";

  private final ImageShape shape;

  ImageBlocks(ImageShape shape) {
    super(INPUT, InputType.convolutional(shape.height(), shape.width(), shape.channels()));
    this.shape = shape;
  }

  private State images() {
    return new State(INPUT, shape.channels(), 0);
  }

  @Override
  State stem(int channels, EmbeddingSettings unused) {
    return norm("stem.1", convolution("stem.0", images(), channels, 3, 1));
  }

  /** For large images: two convolutions of stride 2 with batch norm; a quarter of the side. */
  State quarter(int channels) {
    State half = norm("stem0.1", convolution("stem0.0", images(), channels / 2, 3, 2));
    return norm("stem0.4", convolution("stem0.3", relu("stem0.2", half), channels, 3, 2));
  }

  /** One more such convolution: an eighth of the side. */
  State eighth(State quarter) {
    State rectified = relu("stem1.0", quarter);
    return norm("stem1.2", convolution("stem1.1", rectified, quarter.channels(), 3, 2));
  }

  @Override
  State pointwise(String name, State input, int channels) {
    return convolution(name, input, channels, 1, 1);
  }

  private State convolution(String name, State input, int channels, int kernel, int stride) {
    graph()
        .addLayer(
            name,
            new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .padding(kernel / 2, kernel / 2)
                .nOut(channels)
                .hasBias(false)
                .build(),
            input.vertex());
    parameters().add(name, "W", values -> values.weight(name + ".weight"));
    return input.of(name).withChannels(channels).strided(stride);
  }

  @Override
  State separable(String depthwise, String pointwise, Convolutions.Round round, State rectified) {
    int side = ConvolutionKernels.side(round.kernel(), round.dilation());
    graph()
        .addLayer(
            depthwise,
            new DepthwiseConvolution2D.Builder(side, side)
                .stride(round.stride(), round.stride())
                .padding(side / 2, side / 2)
                .depthMultiplier(1)
                .nOut(rectified.channels())
                .hasBias(false)
                .build(),
            rectified.vertex());
    parameters()
        .add(
            depthwise,
            "W",
            values ->
                ConvolutionKernels.depthwise(
                    values.weight(depthwise + ".weight"), round.kernel(), round.dilation()));
    State filtered = rectified.of(depthwise).strided(round.stride());
    return pointwise(pointwise, filtered, rectified.channels());
  }

  /**
   * ReLU, two 1x1 convolutions of stride 2, the second a pixel further on, concatenated; batch
   * norm. Where a side is odd, the second reads zeros beyond its end.
   */
  @Override
  State factorizedReduction(String name, State input, int channels) {
    State rectified = relu(name + ".relu", input);
    State even = convolution(name + ".conv_1", rectified, channels / 2, 1, 2);
    State shifted = shifted(name, rectified);
    State odd = convolution(name + ".conv_2", shifted, channels - channels / 2, 1, 2);
    return norm(name + ".bn", concatenation(name + ".concat", even, odd));
  }

  private State shifted(String name, State input) {
    int below = input.halved(shape.height()) % 2;
    int right = input.halved(shape.width()) % 2;
    String from = input.vertex();
    if (below + right > 0) {
      graph().addLayer(name + ".pad", new ZeroPaddingLayer(0, below, 0, right), from);
      from = name + ".pad";
    }
    graph().addLayer(name + ".shift", new Cropping2D(1, 0, 1, 0), from);
    return input.of(name + ".shift");
  }

  @Override
  State pool(String name, boolean max, int kernel, State input, int stride) {
    graph()
        .addLayer(
            name,
            new SubsamplingLayer.Builder(max ? PoolingType.MAX : PoolingType.AVG)
                .kernelSize(kernel, kernel)
                .stride(stride, stride)
                .padding(kernel / 2, kernel / 2)
                .avgPoolIncludePadInDivisor(false)
                .build(),
            input.vertex());
    return input.of(name).strided(stride);
  }

  @Override
  State halvingPool(String name, State input) {
    graph()
        .addLayer(
            name,
            new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .convolutionMode(
                    ConvolutionMode.Same) // what is beyond the end of an odd side never wins
                .build(),
            input.vertex());
    return input.of(name).strided(2);
  }

  /** Among the pixels, row after row. */
  @Override
  State attend(String name, int heads, State input) {
    int height = input.halved(shape.height());
    int width = input.halved(shape.width());
    String pixels = name + ".pixels";
    graph()
        .addVertex(pixels, new ReshapeVertex(-1, input.channels(), height * width), input.vertex())
        .addVertex(name + ".channel", new SubsetVertex(0, 0), pixels)
        .addVertex(name + ".zeros", new ScaleVertex(0), name + ".channel")
        .addVertex(name + ".ones", new ShiftVertex(1), name + ".zeros");
    State ones = input.of(name + ".ones").withChannels(1);
    State attended = selfAttention(name, heads, input.of(pixels), ones);
    graph()
        .addVertex(
            name + ".image",
            new ReshapeVertex(-1, input.channels(), height, width),
            attended.vertex());
    return input.of(name + ".image");
  }

  @Override
  String mean(String name, State input) {
    graph().addLayer(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), input.vertex());
    return name;
  }

  @Override
  Layer normalizing(BatchNormalization norm) {
    return norm;
  }
}
