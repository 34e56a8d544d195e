package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.CellPair;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.task.Classification;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Candidate networks with one kind of cell. */
class OneKindNetworkTest {
  private static final ImageShape SHAPE = new ImageShape(2, 7, 9);
  private static final TokenShape TEXTS = new TokenShape(7, 6);
  private static final int CLASSES = 3;
  private static final CellPair CELL =
      CellPair.parse("cell=[sep_conv_3+relu:0,identity:1|max_pool_3:1,dil_conv_5+tanh:2]");

  @Test
  void haveTheGradientForImagesAndTexts() {
    check(DoublePlan.randomBatch(SHAPE, 4, CLASSES));
    check(DoublePlan.randomTexts(TEXTS, CLASSES, 7, 1, 4, 2));
  }

  private static void check(Batch batch) {
    try (CandidateNetwork network =
            (CandidateNetwork)
                Networks.of(
                    CELL, settings(3, 0, 1, 2), batch.input(), new Classification(CLASSES), 4, 1);
        DoublePlan plan =
            DoublePlan.of(
                network, batch, new StepId(1, 0), network.initialWeights(3), new float[0])) {
      plan.differentiate();
      double[] gradient = plan.pass().weightGradient().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights(), gradient, 8);
    }
  }

  /** The cell after a pool has twice the channels, and so has the first input of the next one. */
  @Test
  void doubleTheirChannelsBehindEveryPool() {
    try (ArchitectureNetwork network =
        Networks.of(CELL, settings(3, 0, 1), SHAPE, new Classification(CLASSES), 4, 1)) {
      assertThat(network.weightSlots())
          .filteredOn(slot -> slot.name().matches("cells.[012].preprocess[01].op.1.weight"))
          .extracting(WeightSlot::length)
          .containsExactlyInAnyOrder(8 * 4, 8 * 4, 8 * 8, 8 * 8, 8 * 8, 16 * 8);
      assertThat(network.weightSlots())
          .extracting(WeightSlot::name)
          .noneMatch(name -> name.contains("conv_1"));
    }
  }

  @Test
  void haveNoAuxiliaryHead() {
    assertThatThrownBy(
            () -> Networks.of(CELL, settings(3, 0.4, 1), SHAPE, new Classification(CLASSES), 4, 1))
        .hasMessage(
            "A network of one kind of cell has neither an auxiliary head nor the stem for large"
                + " images: set auxiliary-weight to 0, got 0.4, and stem to cifar, got CIFAR");
  }

  private static CandidateSettings settings(
      int layers, double auxiliaryWeight, Integer... reduceAfter) {
    return new CandidateSettings(
        4, layers, Stem.CIFAR, 2, auxiliaryWeight, 0.3, 2, 0, List.of(reduceAfter));
  }
}
