package dev.fletch.nn;

import dev.fletch.architecture.Operation;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenBatch;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.ElementFunction;
import dev.fletch.engine.NaivePlans;
import dev.fletch.engine.Plan;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Sequences;
import dev.fletch.engine.Slot;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.nn.operation.OperationBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The backward pass of everything that works on texts, and of every operation of whole structures
 * on texts and images, in double precision, by {@link CentralDifferences}.
 */
class TextGradientTest {
  private static final int CHANNELS = 8;
  private static final int SAMPLE = 12;

  private static Slot texts(PlanBuilder plan) {
    Sequences texts = plan.sequences(4, 9);
    texts.take(new int[] {5, 1, 8});
    return plan.slot(CHANNELS, texts);
  }

  private static Slot images(PlanBuilder plan) {
    return plan.slot(CHANNELS, 2, 5, 4);
  }

  static Stream<Operation> operations() {
    return Operation.known().stream()
        .filter(o -> Operation.STRUCTURES.contains(o) || o.isActivated())
        .filter(o -> !o.isNone());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void ofAnOperation(Operation operation) {
    // an activation changes neither of them
    int variants = operation.isActivated() ? 1 : 2;
    for (int stride = 1; stride <= variants; stride++) {
      for (boolean affine : List.of(false, true).subList(0, variants)) {
        int s = stride;
        BiFunction<PlanBuilder, Slot, Slot> block =
            (plan, slot) ->
                OperationBlock.formOf(operation, s).layOut(new Blocks(plan, affine), "op", slot);
        boolean isIdentity = operation.text().equals("identity") && stride == 1;
        if (!isIdentity) {
          check(TextGradientTest::texts, block);
          check(TextGradientTest::images, block);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofAnActivation(ElementFunction function) {
    check(TextGradientTest::texts, (plan, slot) -> Elementwise.of(plan, function, slot));
  }

  @Test
  void ofAProduct() {
    check(
        TextGradientTest::images,
        (plan, slot) -> Product.of(plan, slot, Elementwise.of(plan, ElementFunction.TANH, slot)));
    check(TextGradientTest::texts, (plan, slot) -> Product.of(plan, slot, slot));
  }

  @Test
  void ofAHalvingPool() {
    check(TextGradientTest::texts, HalvingPool::of);
  }

  private interface Source {
    Slot of(PlanBuilder plan);
  }

  private static void check(Source source, BiFunction<PlanBuilder, Slot, Slot> block) {
    PlanBuilder builder = NaivePlans.builder(0);
    Slot slot = source.of(builder);
    GivenInput input = GivenInput.of(builder, slot, 0, 1);
    WeightedSum sum = WeightedSum.of(builder, block.apply(builder, slot));
    try (Plan plan = builder.build()) {
      Random random = new Random(14);
      Arrays.setAll(plan.pass().weights().array(), i -> random.nextGaussian());
      double[] statistics = plan.pass().runningStatistics().array();
      Arrays.setAll(statistics, i -> random.nextDouble() - 0.5);
      for (StatisticsSlot norm : plan.statisticsSlots()) {
        for (int i = norm.variances(); i < norm.variances() + norm.channels(); i++) {
          statistics[i]++;
        }
      }
      DoubleSupplier loss =
          () -> {
            plan.forward(true);
            return sum.loss();
          };
      plan.forward(true);
      plan.backward(true);
      double[] weights = plan.pass().weights().array();
      if (weights.length > 0) {
        double[] gradient = plan.pass().weightGradient().array();
        CentralDifferences.check("weight", loss, weights, gradient, SAMPLE);
      }
      CentralDifferences.check("input", loss, input.values(), input.gradient(), SAMPLE);
      plan.forwardInEvaluation();
      plan.backward(false);
      DoubleSupplier evaluation =
          () -> {
            plan.forward(false);
            return sum.loss();
          };
      CentralDifferences.check("input", evaluation, input.values(), input.gradient(), SAMPLE);
    }
  }

  @Test
  void ofTheHeadOfTexts() {
    PlanBuilder builder = NaivePlans.builder(0);
    Slot slot = texts(builder);
    GivenInput input = GivenInput.of(builder, slot, 0, 1);
    Head head = new Blocks(builder, false).head("classifier", slot, 5, 0.4, 0.1);
    head.labels(new int[] {4, 0, 2});
    try (Plan plan = builder.build()) {
      Random random = new Random(14);
      Arrays.setAll(plan.pass().weights().array(), i -> random.nextGaussian());
      DoubleSupplier loss =
          () -> {
            plan.forward(true);
            return head.weightedLoss();
          };
      plan.forward(true);
      plan.backward(true);
      double[] gradient = plan.pass().weightGradient().array();
      CentralDifferences.check("weight", loss, plan.pass().weights().array(), gradient, SAMPLE);
      CentralDifferences.check("input", loss, input.values(), input.gradient(), SAMPLE);
    }
  }

  @Test
  void ofTheStemOfTexts() {
    checkStem(EmbeddingSettings.PLAIN);
    checkStem(new EmbeddingSettings(3, 0, 0));
    checkStem(new EmbeddingSettings(5, 0.4, 0));
    checkStem(new EmbeddingSettings(5, 0.4, 0.4));
  }

  private static void checkStem(EmbeddingSettings embedding) {
    TokenShape shape = new TokenShape(9, 7);
    PlanBuilder builder = NaivePlans.builder(0);
    Entry entry = Entry.of(shape, 4, builder);
    DropoutDraws draws = new DropoutDraws();
    Slot stem =
        InputStem.of(new Blocks(builder, false), shape, entry.slot(), CHANNELS, embedding, draws);
    Sequences texts = (Sequences) stem.extent();
    texts.take(new int[] {5, 1, 8});
    WeightedSum sum = WeightedSum.of(builder, stem);
    try (Plan plan = builder.build()) {
      TokenBatch batch = DoublePlan.randomTexts(shape, 2, 5, 1, 8);
      entry.load(batch);
      draws.draw(batch.examples(), 3, new StepId(1, 2));
      Random random = new Random(14);
      Arrays.setAll(plan.pass().weights().array(), i -> random.nextGaussian());
      DoubleSupplier loss =
          () -> {
            plan.forward(true);
            return sum.loss();
          };
      plan.forward(true);
      plan.backward(true);
      double[] gradient = plan.pass().weightGradient().array();
      CentralDifferences.check("weight", loss, plan.pass().weights().array(), gradient, 40);
    }
  }
}
