package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Operation;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Supernets with what {@link EdgeSettings} add to edges or take from them. */
class SupernetEdgesTest {
  private static final ImageShape SHAPE = new ImageShape(2, 5, 7);
  private static final int CLASSES = 3;
  private static final int BATCH = 3;
  private static final StepId AT = new StepId(2, 1);
  private static final SupernetSettings SETTINGS =
      new SupernetSettings(4, 3, 2, 3, Operation.DARTS);
  private static final SkipDropout DROPOUT = new SkipDropout(0.4, 0, 25, 10);

  /** Edges with all operations, with few, with one without weights and with none at all. */
  private static final OperationMask MASK =
      new OperationMask(
          List.of(
              Operation.DARTS,
              List.of(Operation.SEP_CONV_3X3, Operation.SKIP_CONNECT),
              List.of(Operation.NONE),
              List.of(Operation.MAX_POOL_3X3),
              List.of(Operation.NONE, Operation.AVG_POOL_3X3, Operation.DIL_CONV_5X5)),
          List.of(
              List.of(Operation.SKIP_CONNECT),
              List.of(),
              List.of(Operation.SKIP_CONNECT, Operation.SEP_CONV_5X5),
              List.of(),
              List.of()));

  private static Stream<EdgeSettings> everySetting() {
    EdgeSettings plain = EdgeSettings.PLAIN;
    return Stream.of(
        plain.withAuxiliarySkip(),
        plain.withPartial(2),
        plain.with(MASK),
        plain.with(DROPOUT),
        plain.with(DROPOUT).with(MASK),
        plain.withPartial(2).withAuxiliarySkip(),
        plain.withPartial(2).withAuxiliarySkip().with(DROPOUT).with(MASK));
  }

  private static Supernet network(EdgeSettings edges) {
    return new Supernet(SETTINGS, edges, SHAPE, new Classification(CLASSES), BATCH, 2);
  }

  private static ImageBatch batch() {
    return DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
  }

  private static float[] mixing(Supernet network) {
    Random random = new Random(17);
    float[] mixing = new float[network.mixingCount()];
    for (int i = 0; i < mixing.length; i++) {
      mixing[i] = (float) (0.2 + 0.1 * random.nextGaussian());
    }
    return mixing;
  }

  @ParameterizedTest
  @MethodSource("everySetting")
  void gradientsAreThoseOfDifferences(EdgeSettings edges) {
    try (Supernet network = network(edges);
        DoublePlan plan =
            DoublePlan.of(network, batch(), AT, network.initialWeights(3), mixing(network))) {
      plan.differentiate();
      double[] weights = plan.pass().weightGradient().array().clone();
      double[] mixing = plan.pass().mixingGradient().array().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), weights, 12);
      CentralDifferences.check(
          "mixing weight", plan::loss, plan.pass().mixing().array(), mixing, 8);
    }
  }

  @ParameterizedTest
  @MethodSource("everySetting")
  void inFloatAgreesWithDouble(EdgeSettings edges) {
    try (Supernet network = network(edges)) {
      float[] weights = network.initialWeights(3);
      float[] mixing = mixing(network);
      BatchGradients actual = network.gradients(batch(), 1, AT, weights, mixing, Wanted.BOTH);
      try (DoublePlan plan = DoublePlan.of(network, batch(), AT, weights, mixing)) {
        plan.differentiate();
        assertClose(actual.weights().array(), plan.pass().weightGradient().array());
        assertClose(actual.mixing(), plan.pass().mixingGradient().array());
        assertThat(actual.score().lossSum() / BATCH).isCloseTo(plan.loss(), within(1e-5));
      }
    }
  }

  /** Float rounding of a few thousand terms, a few layers deep. */
  private static void assertClose(float[] actual, double[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += expected[i] * expected[i];
    }
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(Math.sqrt(difference / norm)).isLessThan(1e-4);
  }

  @Test
  void anOperationThatIsMaskedIsOneOfWeightZero() {
    try (Supernet dense = network(EdgeSettings.PLAIN);
        Supernet masked = network(EdgeSettings.PLAIN.with(MASK))) {
      float[] weights = dense.initialWeights(3);
      float[] anything = mixing(dense);
      float[] zeros = anything.clone();
      List<Integer> absent = absent();
      absent.forEach(i -> zeros[i] = 0);
      BatchGradients expected = dense.gradients(batch(), 1, AT, weights, zeros, Wanted.BOTH);
      BatchGradients actual =
          masked.gradients(batch(), 1, AT, chosen(dense, weights, masked), anything, Wanted.BOTH);
      assertThat(masked.weightCount()).isLessThan(dense.weightCount() / 2);
      assertThat(actual.score().lossSum()).isCloseTo(expected.score().lossSum(), within(1e-5));
      float[] mixingGradient = expected.mixing().clone();
      absent.forEach(i -> mixingGradient[i] = 0);
      assertThat(actual.mixing()).containsExactly(mixingGradient, within(1e-5f));
      assertThat(actual.weights().array())
          .containsExactly(chosen(dense, expected.weights().array(), masked), within(1e-5f));
    }
  }

  /** Indices of the mixing weights of operations that the mask takes away. */
  private static List<Integer> absent() {
    List<Integer> absent = new ArrayList<>();
    int columns = Operation.DARTS.size();
    for (int row = 0; row < SETTINGS.topology().rows(); row++) {
      for (int o = 0; o < columns; o++) {
        int edge = row % SETTINGS.topology().edges();
        if (!MASK.has(row >= SETTINGS.topology().edges(), edge, Operation.DARTS.get(o))) {
          absent.add(row * columns + o);
        }
      }
    }
    return absent;
  }

  /** Of a vector of {@code from}'s weights those that {@code to} has too, by name. */
  private static float[] chosen(Supernet from, float[] weights, Supernet to) {
    Map<String, WeightSlot> slots =
        from.weightSlots().stream()
            .collect(Collectors.toMap(WeightSlot::name, Function.identity()));
    float[] chosen = to.initialWeights(5);
    for (WeightSlot slot : to.weightSlots()) {
      WeightSlot source = slots.get(slot.name());
      if (source != null) {
        System.arraycopy(weights, source.offset(), chosen, slot.offset(), slot.length());
      }
    }
    return chosen;
  }

  @Test
  void anAuxiliarySkipOfWeightZeroChangesNothing() {
    try (Supernet plain = network(EdgeSettings.PLAIN);
        Supernet auxiliary = network(EdgeSettings.PLAIN.withAuxiliarySkip())) {
      float[] weights = plain.initialWeights(3);
      float[] more = chosen(plain, weights, auxiliary);
      float[] mixing = mixing(plain);
      float[] wide = new float[auxiliary.mixingCount()];
      for (int i = 0; i < mixing.length; i++) {
        wide[i / 8 * 9 + i % 8] = mixing[i];
      }
      double expected =
          plain.gradients(batch(), 1, AT, weights, mixing, Wanted.BOTH).score().lossSum();
      BatchGradients actual = auxiliary.gradients(batch(), 1, AT, more, wide, Wanted.BOTH);
      assertThat(actual.score().lossSum()).isCloseTo(expected, within(1e-5));
      Arrays.fill(wide, 0.1f);
      assertThat(auxiliary.gradients(batch(), 1, AT, more, wide, Wanted.BOTH).score().lossSum())
          .isNotCloseTo(expected, within(1e-3));
    }
  }

  /** Whatever else is built or not. */
  @Test
  void namesKeepTheOperationsPlaceInTheSpace() {
    try (Supernet masked = network(EdgeSettings.PLAIN.with(MASK).withAuxiliarySkip())) {
      assertThat(masked.weightSlots().stream().map(WeightSlot::name))
          .contains("cells.0._ops.1._ops.4.op.1.weight", "cells.1._ops.0._ops.3.conv_1.weight")
          .contains("cells.1._ops.1.auxiliary_op.conv_2.weight")
          .doesNotContain("cells.0._ops.1._ops.5.op.1.weight")
          .noneMatch(name -> name.startsWith("cells.0._ops.1.auxiliary_op"));
    }
  }
}
