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
    check(CELL, DoublePlan.randomBatch(SHAPE, 4, CLASSES));
    check(CELL, DoublePlan.randomTexts(TEXTS, CLASSES, 7, 1, 4, 2));
  }

  /** Products of two operations, of a state with itself, and of a pool that a sum reads too. */
  @Test
  void haveTheGradientWhereNodesMultiply() {
    CellPair cell =
        CellPair.parse(
            "cell=[sep_conv_3+relu*:0,max_pool_3*:1|identity*:2,identity*:2"
                + "|max_pool_3:1,dil_conv_5+tanh:3|dil_conv_3*:2,identity*:4]");
    check(cell, DoublePlan.randomBatch(SHAPE, 4, CLASSES));
    check(cell, DoublePlan.randomTexts(TEXTS, CLASSES, 7, 1, 4, 2));
  }

  /** Of one pixel and with a classifier that only passes on, logits are the node itself. */
  @Test
  void aNodeIsTheProductOfItsTwoInputs() {
    float[] first = node("identity:0");
    float[] second = node("identity:1");
    float[] product = node("identity*:0,identity*:1");

    assertThat(product).hasSize(3 * 4);
    for (int i = 0; i < product.length; i++) {
      assertThat(product[i]).isEqualTo(first[i] * second[i]);
    }
  }

  private static float[] node(String genes) {
    int channels = 4;
    ImageShape pixel = new ImageShape(2, 1, 1);
    try (ArchitectureNetwork network =
        Networks.of(
            CellPair.parse("cell=[" + genes + "]"),
            settings(1, 0),
            pixel,
            new Classification(channels),
            3,
            1)) {
      float[] weights = network.initialWeights(3);
      for (WeightSlot slot : network.weightSlots()) {
        for (int i = 0; i < slot.length() && slot.name().startsWith("classifier"); i++) {
          weights[slot.offset() + i] =
              slot.name().endsWith("weight") && i / channels == i % channels ? 1 : 0;
        }
      }
      return network.logits(
          DoublePlan.randomBatch(pixel, 3, channels),
          weights,
          new float[0],
          network.initialStatistics());
    }
  }

  private static void check(CellPair cell, Batch batch) {
    try (CandidateNetwork network =
            (CandidateNetwork)
                Networks.of(
                    cell, settings(3, 0, 1, 2), batch.input(), new Classification(CLASSES), 4, 1);
        DoublePlan plan =
            DoublePlan.of(
                network, batch, new StepId(1, 0), network.initialWeights(3), new float[0])) {
      plan.differentiate();
      double[] gradient = plan.pass().weightGradient().array().clone();
      CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), gradient, 8);
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
