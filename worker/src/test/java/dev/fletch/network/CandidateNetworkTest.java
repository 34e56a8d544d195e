package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.Wanted;
import dev.fletch.task.Classification;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateNetworkTest {
  private static final ImageShape SHAPE = new ImageShape(1, 9, 9);
  private static final int CLASSES = 4;
  private static final int BATCH = 6;

  @ParameterizedTest
  @CsvSource({
    "DARTS_V1, 3169414",
    "DARTS_V2, 3349342",
    "PC_DARTS_cifar, 3634678",
    "PDARTS, 3433798",
    "SDARTS_RS, 3606166",
    "SDARTS_ADV, 3344806"
  })
  void hasThePublishedSize(String genotype, int size) {
    CandidateSettings settings = new CandidateSettings(36, 20, 3, 0.4, 0.2, 600);
    ImageShape shape = new ImageShape(3, 32, 32);
    try (CandidateNetwork network =
        new CandidateNetwork(
            PublishedGenotypes.find(genotype), settings, shape, new Classification(10), 1, 1)) {
      assertThat(network.publishedSize()).isEqualTo(size);
      assertThat(network.weightCount()).isGreaterThan(size);
      assertThat(network.bytes()).isLessThan(200L << 20);
    }
  }

  private static CandidateNetwork network(double auxiliaryWeight, double dropPath) {
    CandidateSettings settings = new CandidateSettings(4, 3, 3, auxiliaryWeight, dropPath, 10);
    return new CandidateNetwork(
        PublishedGenotypes.find("DARTS_V2"),
        settings,
        SHAPE,
        new Classification(CLASSES),
        BATCH,
        1);
  }

  private static BatchGradients gradients(
      CandidateNetwork network, ImageBatch batch, long seed, int epoch) {
    return network.gradients(
        batch, seed, new StepId(epoch, 0), network.initialWeights(1), new float[0], Wanted.WEIGHTS);
  }

  @Test
  void droppedPathsAreAFunctionOfSeedAndEpoch() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    try (CandidateNetwork network = network(0, 0.5)) {
      float[] gradient = gradients(network, batch, 1, 9).weights().array();
      assertThat(gradients(network, batch, 2, 9).weights().array()).isNotEqualTo(gradient);
      assertThat(gradients(network, batch, 1, 8).weights().array()).isNotEqualTo(gradient);
      assertThat(gradients(network, batch, 1, 9).weights().array()).isEqualTo(gradient);
    }
  }

  @Test
  void noPathIsDroppedInTheFirstEpoch() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    try (CandidateNetwork dropping = network(0, 0.5);
        CandidateNetwork whole = network(0, 0)) {
      assertThat(gradients(dropping, batch, 1, 0).weights().array())
          .isEqualTo(gradients(whole, batch, 2, 5).weights().array());
    }
  }

  /** Its loss is not part of the score, and neither head changes what the other computes. */
  @Test
  void theAuxiliaryHeadActsOnGradientsOnly() {
    ImageBatch batch = DoublePlan.randomBatch(SHAPE, BATCH, CLASSES);
    try (CandidateNetwork with = network(0.4, 0);
        CandidateNetwork without = network(0, 0)) {
      float[] weights = with.initialWeights(1);
      float[] shared = withoutAuxiliary(with, weights);
      assertThat(shared)
          .hasSize(Math.toIntExact(with.publishedSize()))
          .hasSize(without.weightCount());
      StepId at = new StepId(0, 0);
      BatchGradients ofBoth = with.gradients(batch, 0, at, weights, new float[0], Wanted.WEIGHTS);
      BatchGradients ofOne = without.gradients(batch, 0, at, shared, new float[0], Wanted.WEIGHTS);
      assertThat(ofBoth.score()).isEqualTo(ofOne.score());
      assertThat(withoutAuxiliary(with, ofBoth.weights().array()))
          .isNotEqualTo(ofOne.weights().array());
      assertThat(with.evaluate(batch, weights, new float[0], with.initialStatistics()))
          .isEqualTo(without.evaluate(batch, shared, new float[0], without.initialStatistics()));
    }
  }

  private static float[] withoutAuxiliary(CandidateNetwork network, float[] vector) {
    float[] rest = new float[Math.toIntExact(network.publishedSize())];
    int at = 0;
    for (var slot : network.weightSlots()) {
      if (!slot.name().startsWith(AuxiliaryHead.NAME)) {
        System.arraycopy(vector, slot.offset(), rest, at, slot.length());
        at += slot.length();
      }
    }
    return Arrays.copyOf(rest, at);
  }
}
