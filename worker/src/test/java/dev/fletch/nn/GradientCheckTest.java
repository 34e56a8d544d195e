package dev.fletch.nn;

import dev.fletch.engine.NaivePlans;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Plan;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.operation.Convolutions;
import dev.fletch.nn.operation.Convolutions.Round;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The backward pass of every block, in double precision, by {@link CentralDifferences}. */
class GradientCheckTest {
  private static final int CHANNELS = 4;
  private static final int BATCH = 2;
  private static final int SAMPLE = 24;

  /** Lays out the block under test and returns its output. */
  private interface Block {
    Slot on(Blocks blocks, Slot input);
  }

  private record Case(String name, Block block) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Arguments> everyBlock() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("convNorm", (b, x) -> convNorms(b, x, 6)));
    cases.add(new Case("convNorm to fewer channels", (b, x) -> convNorms(b, x, 2)));
    cases.add(new Case("convNorm beside another", GradientCheckTest::besideAnother));
    cases.add(new Case("factorizedReduction", (b, x) -> b.factorizedReduction("block", x, 6)));
    cases.add(
        new Case(
            "strided convolution", (b, x) -> new StridedConvolution(b).of("conv", "norm", x, 6)));
    cases.add(new Case("rectified", (b, x) -> b.rectified(x)));
    for (int stride = 1; stride <= 2; stride++) {
      int s = stride;
      for (int kernel : new int[] {3, 5, 7}) {
        cases.add(
            new Case(
                "separable " + kernel + ", stride " + s, (b, x) -> separable(b, x, kernel, s)));
      }
      for (int kernel : new int[] {3, 5}) {
        cases.add(
            new Case("dilated " + kernel + ", stride " + s, (b, x) -> dilated(b, x, kernel, s)));
      }
      cases.add(new Case("max pool, stride " + s, (b, x) -> b.pool(true, x, s)));
      cases.add(new Case("average pool, stride " + s, (b, x) -> b.pool(false, x, s)));
    }
    return cases.stream().flatMap(c -> Stream.of(Arguments.of(c, true), Arguments.of(c, false)));
  }

  private static Slot convNorms(Blocks blocks, Slot x, int channels) {
    return blocks.convNorms(x, List.of(new Blocks.Reader("block", channels))).get(0);
  }

  private static Slot besideAnother(Blocks blocks, Slot x) {
    List<Blocks.Reader> readers =
        List.of(new Blocks.Reader("other", 3), new Blocks.Reader("block", 2));
    return blocks.convNorms(x, readers).get(1);
  }

  private static Slot separable(Blocks blocks, Slot x, int kernel, int stride) {
    return new Convolutions(List.of(new Round(kernel, stride, 1), new Round(kernel, 1, 1)))
        .layOut(blocks, "block", x);
  }

  private static Slot dilated(Blocks blocks, Slot x, int kernel, int stride) {
    return new Convolutions(List.of(new Round(kernel, stride, 2))).layOut(blocks, "block", x);
  }

  @ParameterizedTest(name = "{0}, affine {1}")
  @MethodSource("everyBlock")
  void ofAnOddImage(Case block, boolean affine) {
    checkBlock(block.block(), affine, 5, 7);
  }

  @ParameterizedTest(name = "{0}, affine {1}")
  @MethodSource("everyBlock")
  void ofAnEvenImage(Case block, boolean affine) {
    checkBlock(block.block(), affine, 4, 6);
  }

  @ParameterizedTest(name = "{0}, affine {1}")
  @MethodSource("everyBlock")
  void ofAnEvaluation(Case block, boolean affine) {
    PlanBuilder builder = NaivePlans.builder(0);
    Slot slot = builder.slot(CHANNELS, BATCH, 5, 6);
    GivenInput input = GivenInput.of(builder, slot, 0, 1);
    WeightedSum sum = WeightedSum.of(builder, block.block().on(new Blocks(builder, affine), slot));
    try (Plan plan = builder.build()) {
      drawWeights(plan.pass());
      Random random = new Random(18);
      Arrays.setAll(plan.pass().runningStatistics().array(), i -> 0.5 + random.nextDouble());
      plan.forwardInEvaluation();
      plan.backward(false);
      DoubleSupplier loss =
          () -> {
            plan.forward(false);
            return sum.loss();
          };
      CentralDifferences.check("input", loss, input.values(), input.gradient(), SAMPLE);
    }
  }

  private static void checkBlock(Block block, boolean affine, int height, int width) {
    PlanBuilder builder = NaivePlans.builder(0);
    Slot slot = builder.slot(CHANNELS, BATCH, height, width);
    GivenInput input = GivenInput.of(builder, slot, 0, 1);
    WeightedSum sum = WeightedSum.of(builder, block.on(new Blocks(builder, affine), slot));
    try (Plan plan = builder.build()) {
      drawWeights(plan.pass());
      plan.forward(true);
      plan.backward(true);
      double[] weights = plan.pass().weights().array();
      if (weights.length > 0) {
        CentralDifferences.check(
            "weight", () -> loss(plan, sum), weights, plan.pass().weightGradient().array(), SAMPLE);
      }
      CentralDifferences.check(
          "input", () -> loss(plan, sum), input.values(), input.gradient(), SAMPLE);
    }
  }

  /** Gamma and beta too get values that no special case hides behind. */
  private static void drawWeights(Pass pass) {
    Random random = new Random(14);
    Arrays.setAll(pass.weights().array(), i -> random.nextGaussian());
  }

  private static double loss(Plan plan, WeightedSum sum) {
    plan.forward(true);
    return sum.loss();
  }

  @Test
  void ofTheStem() {
    PlanBuilder builder = NaivePlans.builder(0);
    Slot images = builder.slot(3, BATCH, 5, 4);
    WeightedSum sum = WeightedSum.of(builder, new Blocks(builder, false).stem(images, 6));
    try (Plan plan = builder.build()) {
      Random random = new Random(15);
      images.value().write(random.doubles(3L * BATCH * 20, -1, 1).toArray());
      drawWeights(plan.pass());
      plan.forward(true);
      plan.backward(true);
      CentralDifferences.check(
          "weight",
          () -> loss(plan, sum),
          plan.pass().weights().array(),
          plan.pass().weightGradient().array(),
          200);
    }
  }

  @Test
  void ofTheFirstConvolutionForLargeImages() {
    PlanBuilder builder = NaivePlans.builder(0);
    Slot images = builder.slot(3, BATCH, 7, 6);
    StridedConvolution convolution = new StridedConvolution(new Blocks(builder, true));
    Slot output = convolution.ofImages("conv", "norm", images, 4);
    WeightedSum sum = WeightedSum.of(builder, output);
    try (Plan plan = builder.build()) {
      Random random = new Random(15);
      images.value().write(random.doubles(3L * BATCH * 42, -1, 1).toArray());
      drawWeights(plan.pass());
      plan.forward(true);
      plan.backward(true);
      double[] weights = plan.pass().weights().array();
      CentralDifferences.check(
          "weight", () -> loss(plan, sum), weights, plan.pass().weightGradient().array(), 200);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0.4, 0", "1, 0.1", "0.4, 0.3"})
  void ofTheHead(double lossWeight, double smoothing) {
    PlanBuilder builder = NaivePlans.builder(0);
    Slot slot = builder.slot(CHANNELS, 3, 3, 5);
    GivenInput input = GivenInput.of(builder, slot, 0, 1);
    Head head = new Blocks(builder, false).head("classifier", slot, 5, lossWeight, smoothing);
    head.labels(new int[] {4, 0, 2});
    try (Plan plan = builder.build()) {
      drawWeights(plan.pass());
      plan.forward(true);
      plan.backward(true);
      CentralDifferences.check(
          "weight",
          () -> loss(plan, head),
          plan.pass().weights().array(),
          plan.pass().weightGradient().array(),
          SAMPLE);
      CentralDifferences.check(
          "input", () -> loss(plan, head), input.values(), input.gradient(), SAMPLE);
    }
  }

  private static double loss(Plan plan, Head head) {
    plan.forward(true);
    return head.weightedLoss();
  }
}
