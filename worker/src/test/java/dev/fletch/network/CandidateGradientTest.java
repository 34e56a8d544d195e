package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellPair;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.task.Classification;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A whole candidate network with every operation, some of its paths dropped. */
class CandidateGradientTest {
  private static final CellPair GENOTYPE =
      CellPair.parse(
          "normal=[sep_conv_3x3:0,skip_connect:1|max_pool_3x3:1,dil_conv_5x5:2] "
              + "reduction=[skip_connect:0,avg_pool_3x3:1|sep_conv_5x5:0,dil_conv_3x3:2]");

  /** Node 0 of the one cell and node 1 of the other. */
  private static final CellPair WITH_ISOLATED_NODES =
      CellPair.parse(
          "normal=[|sep_conv_3x3:0,skip_connect:1|dil_conv_3x3:3] "
              + "reduction=[avg_pool_3x3:1,sep_conv_5x5:0||skip_connect:0,max_pool_3x3:2]");

  private static final ImageShape SHAPE = new ImageShape(2, 7, 9);
  private static final int CLASSES = 3;
  private static final int BATCH = 4;

  /** Drop path acts from the second epoch on, with probability 0.15. */
  private static final StepId AT = new StepId(1, 0);

  @Test
  void ofAllWeights() {
    check(GENOTYPE);
  }

  @Test
  void ofAllWeightsWithIsolatedNodes() {
    check(WITH_ISOLATED_NODES);
  }

  private static void check(CellPair genotype) {
    try (CandidateNetwork network = network(genotype, 0);
        DoublePlan plan = plan(network)) {
      plan.differentiate();
      CentralDifferences.check(
          "weight", plan::loss, plan.pass().weights().array(), gradient(plan), 20);
    }
  }

  /** Most of the weights, and of the time, are the auxiliary head's: a few of each part of it. */
  @Test
  void withAnAuxiliaryHead() {
    try (CandidateNetwork network = network(GENOTYPE, 0.4);
        DoublePlan plan = plan(network)) {
      List<WeightSlot> slots = network.weightSlots();
      IntStream ofTheHead =
          slots.stream()
              .filter(slot -> slot.name().startsWith(AuxiliaryHead.NAME))
              .mapToInt(slot -> slot.offset() + slot.length() / 3);
      IntStream ofTheCells =
          slots.stream()
              .filter(slot -> slot.name().contains("preprocess1"))
              .mapToInt(slot -> slot.offset() + 1);
      int[] indices = IntStream.concat(ofTheHead, ofTheCells).toArray();
      assertThat(indices).hasSize(8 + 9);
      plan.differentiate();
      CentralDifferences.check(
          "weight", plan::loss, plan.pass().weights().array(), gradient(plan), indices);
    }
  }

  private static double[] gradient(DoublePlan plan) {
    return plan.pass().weightGradient().array().clone();
  }

  private static CandidateNetwork network(CellPair genotype, double auxiliaryWeight) {
    CandidateSettings settings = new CandidateSettings(4, 3, 2, auxiliaryWeight, 0.3, 2);
    return new CandidateNetwork(genotype, settings, SHAPE, new Classification(CLASSES), BATCH, 1);
  }

  private static DoublePlan plan(CandidateNetwork network) {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    return DoublePlan.of(network, batch, AT, network.initialWeights(3), new float[0]);
  }
}
