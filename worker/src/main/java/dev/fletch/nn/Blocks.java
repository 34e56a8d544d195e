package dev.fletch.nn;

import dev.fletch.engine.Extent;
import dev.fletch.engine.Geometry;
import dev.fletch.engine.NormalizedProduct;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import dev.fletch.engine.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts blocks together in a plan. Weight names follow the reference implementation (quark0/darts,
 * {@code operations.py}), whose indices count the layers of a block, ReLU included.
 */
public final class Blocks {
  private final PlanBuilder plan;
  private final boolean affine;

  /**
   * @param affine whether batch norms inside cells have gamma and beta: not in a search, yes in a
   *     candidate network
   */
  public Blocks(PlanBuilder plan, boolean affine) {
    this.plan = plan;
    this.affine = affine;
  }

  public PlanBuilder plan() {
    return plan;
  }

  /** Conv 3x3 and affine batch norm of images: {@code [Cin, H, W, N]} to {@code [C, H, W, N]}. */
  public Slot stem(Slot images, int channels) {
    Geometry window = new Geometry(images.height(), images.width(), 3, 1, 1);
    Slot unfolded = plan.slot(images.channels() * window.taps(), images.extent());
    Centred taps = new Centred(unfolded, plan.kernels().doubles(unfolded.channels()));
    plan.addRepeatable(
        new Unfold(plan.kernels(), images, window, false, false, taps), List.of(), unfolded);
    WeightSlot weight =
        plan.weight("stem.0.weight", Initialization.UNIFORM, channels, images.channels(), 3, 3);
    Slot output = plan.slot(channels, images.extent());
    int statistics = plan.statistics("stem.1", channels);
    NormalizedProduct product =
        new NormalizedProduct(channels, unfolded.channels(), weight.offset(), statistics, channels);
    plan.add(
        new PointwiseNorm(plan, taps, product, affine("stem.1", channels), false, output),
        List.of(unfolded),
        List.of(output));
    return output;
  }

  /**
   * One of several 1x1 convolutions with batch norm that read the same input.
   *
   * @param name what its weights' names start with
   */
  public record Reader(String name, int channels) {}

  /**
   * ReLU once, then conv 1x1 and batch norm for each reader: one wide product costs less than
   * several narrow ones.
   */
  public List<Slot> convNorms(Slot input, List<Reader> readers) {
    Centred rectified = new Centred(rectified(input), null);
    List<WeightSlot> weights = new ArrayList<>();
    for (Reader reader : readers) {
      weights.add(pointwiseWeight(reader.name() + ".op.1.weight", input, reader.channels()));
    }
    int channels = readers.stream().mapToInt(Reader::channels).sum();
    Centred product = pointwise(rectified, weights, channels);
    List<String> norms = readers.stream().map(reader -> reader.name() + ".op.2").toList();
    Slot output = normalized(norms, readers.stream().map(Reader::channels).toList(), product);
    List<Slot> outputs = new ArrayList<>();
    int from = 0;
    for (Reader reader : readers) {
      outputs.add(readers.size() == 1 ? output : output.channels(from, reader.channels()));
      from += reader.channels();
    }
    return outputs;
  }

  /**
   * ReLU, then two 1x1 convolutions of stride 2, the second shifted by a pixel, concatenated; batch
   * norm.
   */
  public Slot factorizedReduction(String name, Slot input, int channels) {
    Slot even = uncentred(input, 2, 0);
    Slot odd = uncentred(input, 2, 1);
    Slot product = plan.slot(channels, even.extent());
    int half = channels / 2;
    pointwise(name + ".conv_1.weight", even, product.channels(0, half));
    pointwise(name + ".conv_2.weight", odd, product.channels(half, half));
    return normalized(List.of(name + ".bn"), List.of(channels), new Centred(product, null));
  }

  /** Conv 1x1 alone, of an input that is not centred. */
  public void pointwise(String weightName, Slot input, Slot output) {
    WeightSlot weight = pointwiseWeight(weightName, input, output.channels());
    Centred plain = new Centred(input, null);
    plan.add(
        new Pointwise(plan, plain, List.of(weight), new Centred(output, null)),
        List.of(input),
        List.of(output));
  }

  Centred pointwise(Centred input, List<WeightSlot> weights, int channels) {
    Slot from = input.slot();
    Slot output = plan.slot(channels, from.extent());
    Centred centred =
        new Centred(output, input.means() == null ? null : plan.kernels().doubles(channels));
    plan.add(new Pointwise(plan, input, weights, centred), List.of(from), List.of(output));
    return centred;
  }

  private WeightSlot pointwiseWeight(String name, Slot input, int channels) {
    return plan.weight(
        name, Initialization.UNIFORM, shape(channels, input.channels(), 1, input.extent()));
  }

  /** The shape of a convolution's weights: with a side for each of an example's. */
  private static int[] shape(int channels, int inputs, int kernel, Extent extent) {
    int[] shape = new int[2 + extent.dimensions()];
    Arrays.fill(shape, kernel);
    shape[0] = channels;
    shape[1] = inputs;
    return shape;
  }

  /** Batch norms of the rows of a product: without gamma and beta in place. */
  private Slot normalized(List<String> names, List<Integer> channels, Centred product) {
    Slot slot = product.slot();
    if (!affine) {
      return normalizedInPlace("", slot);
    }
    Slot output = plan.slot(slot.channels(), slot.extent());
    addNorm(names, channels, product, output);
    return output;
  }

  void addNorm(List<String> names, List<Integer> channels, Centred input, Slot output) {
    List<AffineNorm.Part> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int count = channels.get(i);
      PointwiseNorm.Affine of = affine(names.get(i), count);
      int statistics = plan.statistics(names.get(i), count);
      parts.add(new AffineNorm.Part(count, of.gamma(), of.beta(), statistics));
    }
    plan.add(
        new AffineNorm(plan.kernels(), input, parts, output),
        List.of(input.slot()),
        List.of(output));
  }

  /** One of two convolutions of a factorized reduction; its statistics are part of the whole's. */
  public NormalizedProduct halfReduction(
      String weightName, int rows, Slot input, int statistics, int statisticsChannels) {
    WeightSlot weight = pointwiseWeight(weightName, input, rows);
    return new NormalizedProduct(
        rows, input.channels(), weight.offset(), statistics, statisticsChannels);
  }

  /** (ReLU and) every stride-th pixel from {@code shift} on, centred. */
  public Centred gather(Slot input, int stride, int shift, boolean relu) {
    Slot output = gathered(input, stride);
    Centred centred = new Centred(output, plan.kernels().doubles(input.channels()));
    addGather(input, stride, shift, relu, centred);
    return centred;
  }

  /** ReLU of a slot as a slot of its own, not centred. */
  public Slot rectified(Slot input) {
    return uncentred(input, 1, 0);
  }

  private Slot uncentred(Slot input, int stride, int shift) {
    Slot output = gathered(input, stride);
    addGather(input, stride, shift, true, new Centred(output, null));
    return output;
  }

  private Slot gathered(Slot input, int stride) {
    return plan.slot(input.channels(), input.extent().strided(stride));
  }

  private void addGather(Slot input, int stride, int shift, boolean relu, Centred centred) {
    Window window = input.extent().window(1, stride, 1);
    Gather gather = new Gather(plan.kernels(), input, window, shift, relu, centred);
    if (affine) {
      // where little else is computed, the second computation costs more than the memory
      plan.add(gather, List.of(input), List.of(centred.slot()));
    } else {
      plan.addRepeatable(gather, List.of(input), centred.slot());
    }
  }

  /** ReLU and a depthwise convolution, into {@code output}. */
  public Centred depthwise(
      String weightName, Slot input, int kernel, int stride, int dilation, Slot output) {
    WeightSlot weight =
        plan.weight(
            weightName, Initialization.UNIFORM, shape(input.channels(), 1, kernel, input.extent()));
    Window window = input.extent().window(kernel, stride, dilation);
    Centred centred = new Centred(output, plan.kernels().doubles(output.channels()));
    plan.add(
        new Depthwise(plan.kernels(), input, window, weight, centred),
        List.of(input),
        List.of(output));
    return centred;
  }

  /** Conv 1x1 and batch norm of a centred input, into {@code output}. */
  public void pointwiseNorm(String weightName, String normName, Centred input, Slot output) {
    int channels = output.channels();
    if (affine) {
      WeightSlot weight = pointwiseWeight(weightName, input.slot(), channels);
      Centred product = pointwise(input, List.of(weight), channels);
      addNorm(List.of(normName), List.of(channels), product, output);
    } else {
      NormalizedProduct product = product(weightName, input.slot(), channels);
      plan.add(
          new PointwiseNorm(plan, input, product, null, true, output),
          List.of(input.slot()),
          List.of(output));
    }
  }

  /**
   * As {@link #pointwiseNorm}, where a depthwise convolution follows: in a search its output is
   * computed once more rather than kept.
   */
  public void innerPointwiseNorm(String weightName, String normName, Centred input, Slot output) {
    if (affine) {
      pointwiseNorm(weightName, normName, input, output);
      return;
    }
    NormalizedProduct product = product(weightName, input.slot(), output.channels());
    plan.addRepeatable(
        new PointwiseNorm(plan, input, product, null, true, output), List.of(input.slot()), output);
  }

  /**
   * The weights and statistics of a 1x1 convolution with batch norm, for a step that mixes several.
   */
  public NormalizedProduct product(String weightName, Slot input, int channels) {
    WeightSlot weight = pointwiseWeight(weightName, input, channels);
    return new NormalizedProduct(
        channels, input.channels(), weight.offset(), plan.statistics(channels), channels);
  }

  /** Pooling over 3 positions a side, with batch norm (without gamma and beta) in a search only. */
  public Slot pool(boolean max, Slot input, int stride) {
    Slot output = Pool.of(plan, max, 3, input, stride);
    return affine ? output : normalizedInPlace("", output);
  }

  /** Pooling over {@code kernel} positions a side, then batch norm without gamma and beta. */
  public Slot normalizedPool(String name, boolean max, int kernel, Slot input, int stride) {
    return normalizedInPlace(name + ".norm", Pool.of(plan, max, kernel, input, stride));
  }

  /** Batch norm without gamma and beta: the slot itself, changed. */
  private Slot normalizedInPlace(String name, Slot slot) {
    plan.add(
        new Normalization(plan.kernels(), slot, plan.statistics(name, slot.channels())),
        List.of(slot),
        List.of(slot));
    return slot;
  }

  /**
   * Global average pool, linear classifier and cross-entropy.
   *
   * @param smoothing part of a label that training spreads evenly over all classes
   */
  public Head head(String name, Slot input, int classes, double lossWeight, double smoothing) {
    WeightSlot weight =
        plan.weight(name + ".weight", Initialization.UNIFORM, classes, input.channels());
    WeightSlot bias = plan.bias(name + ".bias", classes, input.channels());
    Head head = new Head(plan.kernels(), input, weight, bias, lossWeight, smoothing);
    plan.add(head, List.of(input), List.of());
    return head;
  }

  private PointwiseNorm.Affine affine(String normName, int channels) {
    WeightSlot gamma = plan.weight(normName + ".weight", Initialization.ONES, channels);
    WeightSlot beta = plan.weight(normName + ".bias", Initialization.ZEROS, channels);
    return new PointwiseNorm.Affine(gamma.offset(), beta.offset());
  }
}
