package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

class PlanTest {
  private static double[] filled(Slot slot, double value) {
    double[] values = new double[slot.channels() * slot.columns()];
    Arrays.fill(values, value);
    return values;
  }

  /** target += w * source. */
  private record Scaled(Kernels kernels, Slot source, WeightSlot weight, Slot target)
      implements Step {
    @Override
    public void forward(Pass pass) {
      target.value().zero();
      kernels.addScaled(source.value(), pass.weights().array()[weight.offset()], target.value());
    }

    @Override
    public void backward(Pass pass) {
      kernels.addScaled(
          target.gradient(), pass.weights().array()[weight.offset()], source.gradient());
      if (pass.wantsWeights()) {
        Doubles dots = kernels.doubles(source.channels());
        kernels.rowDots(source.value(), target.gradient(), dots);
        pass.weightGradient().array()[weight.offset()] += Arrays.stream(dots.array()).sum();
      }
    }
  }

  /** loss = sum of all values of both slots. */
  private record Ends(Slot left, Slot right) implements Step {
    @Override
    public void forward(Pass pass) {
      // the loss itself is not needed
    }

    @Override
    public void backward(Pass pass) {
      left.gradient().write(filled(left, 1));
      right.gradient().write(filled(right, 1));
    }
  }

  /** start -w0-> middle -w1-> left, middle -w2-> right. */
  private static Plan diamond(DataType type) {
    PlanBuilder builder = new PlanBuilder(type, 1, 0);
    Slot start = builder.slot(2, 3, 2, 2);
    Slot middle = builder.slot(2, 3, 2, 2);
    Slot left = builder.slot(2, 3, 2, 2);
    Slot right = builder.slot(2, 3, 2, 2);
    addScaled(builder, start, middle);
    addScaled(builder, middle, left);
    addScaled(builder, middle, right);
    builder.add(new Ends(left, right), List.of(left, right), List.of());
    long predicted = builder.bytes();
    Plan plan = builder.build();
    assertThat(plan.bytes()).isEqualTo(predicted);
    start.value().write(filled(start, 0.5));
    return plan;
  }

  /** start -w0-> end, for operation 0 and, as turns out later, operation 2. */
  private static Plan guarded(boolean sampled) {
    PlanBuilder builder = new PlanBuilder(DataType.FLOAT, 1, 3);
    if (sampled) {
      builder.sampled();
    }
    Slot start = builder.slot(2, 3, 2, 2);
    Slot end = builder.slot(2, 3, 2, 2);
    Guard users = Guard.of(0);
    builder.guarded(
        users,
        () -> {
          addScaled(builder, start, end);
          return end;
        });
    users.and(2);
    builder.add(new Ends(end, end), List.of(end), List.of());
    Plan plan = builder.build();
    start.value().write(filled(start, 0.5));
    plan.pass().weights().array()[0] = 2;
    return plan;
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0, 0", "1, 0, 0, 12", "0, 0, -1, 12"})
  void samplesLeaveOutStepsThatOnlyWorkForOtherOperations(
      double first, double second, double third, double gradient) {
    try (Plan sampled = guarded(true);
        Plan all = guarded(false)) {
      for (Plan plan : List.of(sampled, all)) {
        System.arraycopy(
            new double[] {first, second, third}, 0, plan.pass().mixing().array(), 0, 3);
        plan.forward(true);
        plan.backward(true);
      }
      assertThat(sampled.pass().weightGradient().array()).containsExactly(gradient);
      assertThat(all.pass().weightGradient().array()).containsExactly(12);
    }
  }

  @Test
  void anEvaluationThatLeftStepsOutCannotBeDifferentiated() {
    try (Plan plan = guarded(false)) {
      plan.forward(false);
      assertThatThrownBy(() -> plan.backward(false)).isInstanceOf(IllegalStateException.class);
      plan.forwardInEvaluation();
      assertThatThrownBy(() -> plan.backward(true))
          .hasMessage(
              "Cannot differentiate an evaluation by weights, nor one that left operations out");
      plan.backward(false);
    }
  }

  private static void addScaled(PlanBuilder builder, Slot source, Slot target) {
    WeightSlot weight = builder.weight("w", WeightSlot.Initialization.ONES, 1);
    builder.add(
        new Scaled(builder.kernels(), source, weight, target), List.of(source), List.of(target));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void everyRunGivesTheSameBits(DataType type) {
    try (Plan plan = diamond(type)) {
      System.arraycopy(new double[] {2, 3, -5}, 0, plan.pass().weights().array(), 0, 3);
      for (int run = 0; run < 3; run++) {
        plan.forward(true);
        plan.backward(true);
        // 24 values of 0.5; w0 (w1 + w2) is the product
        assertThat(plan.pass().weightGradient().array())
            .containsExactly(12 * (3 - 5), 12 * 2, 12 * 2);
      }
    }
  }

  @Test
  void weightGradientsStayZeroWhereTheyAreNotWanted() {
    try (Plan plan = diamond(DataType.FLOAT)) {
      plan.forward(true);
      plan.backward(false);
      assertThat(plan.pass().weightGradient().array()).containsOnly(0);
    }
  }

  @Test
  void bytesCountActivationsGradientsAndScratch() {
    // four slots of 24 values; two gradients of 24, rounded up to 32, are alive with a third
    long values = 4 * 24 + 3 * 32;
    try (Plan floats = diamond(DataType.FLOAT);
        Plan doubles = diamond(DataType.DOUBLE)) {
      assertThat(floats.bytes()).isEqualTo(4 * values);
      assertThat(doubles.bytes()).isEqualTo(8 * values);
    }
  }

  /**
   * start to end through four steps. The two in the middle are repeated: their outputs share memory
   * with each other and with gradients.
   */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void whatIsRepeatedIsThereAgainInTheBackwardPass(DataType type) {
    PlanBuilder builder = new PlanBuilder(type, 1, 0);
    Slot start = builder.slot(2, 3, 2, 2);
    Slot first = builder.slot(2, 3, 2, 2);
    Slot kept = builder.slot(2, 3, 2, 2);
    Slot second = builder.slot(2, 3, 2, 2);
    Slot end = builder.slot(2, 3, 2, 2);
    builder.addRepeatable(scaled(builder, start, first), List.of(start), first);
    builder.add(scaled(builder, first, kept), List.of(first), List.of(kept));
    builder.addRepeatable(scaled(builder, kept, second), List.of(kept), second);
    builder.add(scaled(builder, second, end), List.of(second), List.of(end));
    builder.add(new Ends(end, end), List.of(end), List.of());
    try (Plan plan = builder.build()) {
      start.value().write(filled(start, 0.5));
      System.arraycopy(new double[] {2, 3, -5, 7}, 0, plan.pass().weights().array(), 0, 4);
      plan.forward(true);
      plan.backward(true);
      // every gradient: 24 values of 0.5 times the other weights
      assertThat(plan.pass().weightGradient().array())
          .containsExactly(12 * 3 * -5 * 7, 12 * 2 * -5 * 7, 12 * 2 * 3 * 7, 12 * 2 * 3 * -5);
    }
  }

  @Test
  void aStepThatReadsWhatIsNotKeptCannotBeRepeated() {
    PlanBuilder builder = new PlanBuilder(DataType.FLOAT, 1, 0);
    Slot start = builder.slot(1, 1, 1, 1);
    Slot middle = builder.slot(1, 1, 1, 1);
    Slot end = builder.slot(1, 1, 1, 1);
    builder.addRepeatable(scaled(builder, start, middle), List.of(start), middle);
    assertThatThrownBy(
            () -> builder.addRepeatable(scaled(builder, middle, end), List.of(middle), end))
        .hasMessage(
            "Step 1 cannot be laid out with repeated steps: it reads what is itself not kept");
  }

  @Test
  void aProfileCountsEveryStepOfBothPasses() {
    try (Plan plan = diamond(DataType.FLOAT)) {
      Profile profile = new Profile();
      plan.profile(profile);
      plan.forward(true);
      plan.backward(true);
      plan.profile(null);
      plan.forward(true);
      assertThat(profile.lines())
          .extracting(Profile.Line::kind, Profile.Line::backward, Profile.Line::calls)
          .containsExactlyInAnyOrder(
              tuple("Scaled", false, 3L),
              tuple("Scaled", true, 3L),
              tuple("Ends", false, 1L),
              tuple("Ends", true, 1L));
      // each of the three reads and writes 24 floats
      assertThat(profile.lines())
          .filteredOn(l -> l.kind().equals("Scaled") && !l.backward())
          .extracting(Profile.Line::bytes)
          .containsExactly(3L * 2 * 24 * 4);
      assertThat(profile.lines()).allSatisfy(l -> assertThat(l.seconds()).isPositive());
    }
  }

  private static Scaled scaled(PlanBuilder builder, Slot source, Slot target) {
    WeightSlot weight = builder.weight("w", WeightSlot.Initialization.ONES, 1);
    return new Scaled(builder.kernels(), source, weight, target);
  }

  @Test
  void slotsOutsideThePlanHaveNoGradient() {
    Slot slot = new PlanBuilder(DataType.FLOAT, 1, 0).slot(1, 1, 2, 2);
    assertThatThrownBy(() -> slot.gradient().zero())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This slot has no gradient: it is an input, or the plan is not built yet");
  }

  @Test
  void productsOfMismatchedShapesAreRefused() {
    Matrix a = Matrix.allocate(DataType.FLOAT, 2, 3);
    Matrix b = Matrix.allocate(DataType.FLOAT, 4, 5);
    try (Kernels kernels = Kernels.choose(DataType.FLOAT, 1)) {
      assertThatThrownBy(() -> kernels.multiply(a, b, a, 0))
          .hasMessage("Cannot multiply [2, 3] with [4, 5] into [2, 3]");
      assertThatThrownBy(() -> kernels.multiplyTransposed(a, b, a, 1))
          .hasMessage("Cannot multiply [2, 3] with [5, 4] into [2, 3]");
    }
  }
}
