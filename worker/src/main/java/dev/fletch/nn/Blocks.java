package dev.fletch.nn;

import dev.fletch.engine.Geometry;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import java.util.ArrayList;
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

  /** Conv 3x3 and affine batch norm of images: {@code [Cin, N, H, W]} to {@code [C, N, H, W]}. */
  public Slot stem(Slot images, int channels) {
    Geometry window = new Geometry(images.height(), images.width(), 3, 1, 1);
    Slot unfolded =
        plan.slot(
            images.channels() * window.taps(), images.batch(), images.height(), images.width());
    Centred taps = new Centred(unfolded, new double[unfolded.channels()]);
    plan.addRepeatable(
        new Unfold(plan.kernels(), images, window, false, false, taps), List.of(), unfolded);
    WeightSlot weight =
        plan.weight("stem.0.weight", Initialization.UNIFORM, channels, images.channels(), 3, 3);
    Slot output = plan.slot(channels, images.batch(), images.height(), images.width());
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
    Slot product = plan.slot(channels, input.batch(), even.height(), even.width());
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
    Slot output = plan.slot(channels, from.batch(), from.height(), from.width());
    Centred centred = new Centred(output, input.means() == null ? null : new double[channels]);
    plan.add(new Pointwise(plan, input, weights, centred), List.of(from), List.of(output));
    return centred;
  }

  private WeightSlot pointwiseWeight(String name, Slot input, int channels) {
    return plan.weight(name, Initialization.UNIFORM, channels, input.channels(), 1, 1);
  }

  /** Batch norms of the rows of a product: without gamma and beta in place. */
  private Slot normalized(List<String> names, List<Integer> channels, Centred product) {
    Slot slot = product.slot();
    if (!affine) {
      plan.add(
          new Normalization(plan.kernels(), slot, plan.statistics(slot.channels())),
          List.of(slot),
          List.of(slot));
      return slot;
    }
    Slot output = plan.slot(slot.channels(), slot.batch(), slot.height(), slot.width());
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
      String weightName, int rows, int inputs, int statistics, int statisticsChannels) {
    WeightSlot weight = plan.weight(weightName, Initialization.UNIFORM, rows, inputs, 1, 1);
    return new NormalizedProduct(rows, inputs, weight.offset(), statistics, statisticsChannels);
  }

  /** (ReLU and) every stride-th pixel from {@code shift} on, centred. */
  public Centred gather(Slot input, int stride, int shift, boolean relu) {
    Slot output = gathered(input, stride);
    Centred centred = new Centred(output, new double[input.channels()]);
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
    Geometry window = new Geometry(input.height(), input.width(), 1, stride, 1);
    return plan.slot(input.channels(), input.batch(), window.outHeight(), window.outWidth());
  }

  private void addGather(Slot input, int stride, int shift, boolean relu, Centred centred) {
    Geometry window = new Geometry(input.height(), input.width(), 1, stride, 1);
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
        plan.weight(weightName, Initialization.UNIFORM, input.channels(), 1, kernel, kernel);
    Geometry window = new Geometry(input.height(), input.width(), kernel, stride, dilation);
    Centred centred = new Centred(output, new double[output.channels()]);
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
      NormalizedProduct product = product(weightName, input.slot().channels(), channels);
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
    NormalizedProduct product = product(weightName, input.slot().channels(), output.channels());
    plan.addRepeatable(
        new PointwiseNorm(plan, input, product, null, true, output), List.of(input.slot()), output);
  }

  /**
   * The weights and statistics of a 1x1 convolution with batch norm, for a step that mixes several.
   */
  public NormalizedProduct product(String weightName, int inputs, int channels) {
    WeightSlot weight = plan.weight(weightName, Initialization.UNIFORM, channels, inputs, 1, 1);
    return new NormalizedProduct(
        channels, inputs, weight.offset(), plan.statistics(channels), channels);
  }

  /** 3x3 pooling, with batch norm (without gamma and beta) in a search only. */
  public Slot pool(boolean max, Slot input, int stride) {
    Geometry window = new Geometry(input.height(), input.width(), 3, stride, 1);
    Slot output = plan.slot(input.channels(), input.batch(), window.outHeight(), window.outWidth());
    plan.add(new Pool(plan.kernels(), max, input, window, output), List.of(input), List.of(output));
    if (!affine) {
      plan.add(
          new Normalization(plan.kernels(), output, plan.statistics(input.channels())),
          List.of(output),
          List.of(output));
    }
    return output;
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
