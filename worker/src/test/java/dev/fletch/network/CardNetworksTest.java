package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.BaselineGenomes;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.cuda.DriverException;
import dev.fletch.cuda.EmulatedDriver;
import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.Device;
import dev.fletch.engine.Doubles;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.nn.Wanted;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Classification;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole networks give on a card what they give in double precision, and the same bits every time.
 */
@NeedsEmulator
class CardNetworksTest {
  private static final StepId AT = new StepId(3, 1);
  private static final ImageShape IMAGES = new ImageShape(2, 9, 7);
  private static final TokenShape TEXTS = new TokenShape(9, 12);
  private static final Classification CLASSES = new Classification(4);
  private static final int BATCH = 5;

  /** Of the L2 norm: sums in another order, through some dozen batch norms. */
  private static final double TOLERANCE = 2e-4;

  @AfterEach
  void onTheHost() {
    Device.HOST.bind();
  }

  private static Supernet supernet(boolean sampled) {
    EdgeSettings edges = sampled ? EdgeSettings.PLAIN.withSampling() : EdgeSettings.PLAIN;
    SupernetSettings settings = new SupernetSettings(4, 4, 2, 3, Operation.DARTS);
    return new Supernet(settings, edges, IMAGES, CLASSES, BATCH, 1);
  }

  private static float[] mixing(TrainableNetwork network, boolean sampled) {
    float[] mixing = new float[network.mixingCount()];
    for (int i = 0; i < mixing.length; i++) {
      int operation = i % Operation.DARTS.size();
      int chosen = (i / Operation.DARTS.size() + 3) % Operation.DARTS.size();
      mixing[i] = sampled ? (operation == chosen ? 1 : 0) : (1 + operation) / 36f;
    }
    return mixing;
  }

  private static Batch images() {
    return DoublePlan.randomBatch(IMAGES, BATCH, 4);
  }

  @Test
  void aSupernet() {
    Batch batch = images();
    checkGradients(() -> supernet(false), batch, false);
  }

  @Test
  void aSupernetOfWhichOperationsAreLeftOut() {
    Batch batch = images();
    checkGradients(() -> supernet(true), batch, true);
  }

  @Test
  void aCandidateWithAuxiliaryHeadAndDroppedPaths() {
    CandidateSettings settings = new CandidateSettings(4, 3, 3, 0.4, 0.3, 10);
    checkGradients(
        () ->
            new CandidateNetwork(
                PublishedGenotypes.find("DARTS_V2"), settings, IMAGES, CLASSES, BATCH, 1),
        images(),
        false);
  }

  @Test
  void aCandidateForTexts() {
    CellPair genotype =
        CellPair.parse(
            "normal=[sep_conv_3+relu:0,attention:1|max_pool_3:1,dil_conv_3:2] "
                + "reduction=[identity:0,avg_pool_3:1|sep_conv_5:0,max_pool_3:2]");
    CandidateSettings settings =
        new CandidateSettings(
            8, 2, Stem.CIFAR, 1, 0, 0, 2, 0, List.of(), new EmbeddingSettings(6, 0.3, 0.3), 0.4);
    checkGradients(
        () -> new CandidateNetwork(genotype, settings, TEXTS, CLASSES, BATCH, 1),
        DoublePlan.randomTexts(TEXTS, 4, 5, 1, 8, 3),
        false);
  }

  @Test
  void aStructureForTexts() {
    CandidateSettings settings =
        new CandidateSettings(
            8, 2, Stem.CIFAR, 1, 0, 0, 2, 0, List.of(), EmbeddingSettings.PLAIN, 0);
    checkGradients(
        () ->
            new GenomeNetwork(
                BaselineGenomes.find("baseline-transformer-block").orElseThrow(),
                settings,
                TEXTS,
                CLASSES,
                BATCH,
                1),
        DoublePlan.randomTexts(TEXTS, 4, 5, 1, 8, 3),
        false);
  }

  private static void checkGradients(Supplier<PlannedNetwork> made, Batch batch, boolean sampled) {
    TestCard.bind();
    try (PlannedNetwork card = made.get()) {
      float[] weights = card.initialWeights(1);
      float[] mixing = mixing(card, sampled);
      float[] statistics = card.initialStatistics();
      try (DoublePlan exact = DoublePlan.of(card, batch, AT, weights, mixing)) {
        exact.differentiate();
        BatchScore score = exact.score();
        BatchGradients first = card.gradients(batch, 1, AT, weights, mixing, wanted(card));
        assertClose("weights", first.weights().array(), exact.pass().weightGradient());
        assertClose("statistics", first.statistics().array(), exact.pass().batchStatistics());
        if (mixing.length > 0) {
          assertClose("mixing", first.mixing(), exact.pass().mixingGradient());
        }
        assertThat(first.score().lossSum()).isCloseTo(score.lossSum(), within(score));
        // the first time as it comes, the second time recorded, the third time replayed
        for (int i = 0; i < 2; i++) {
          BatchGradients again = card.gradients(batch, 1, AT, weights, mixing, wanted(card));
          assertThat(again.weights().array()).isEqualTo(first.weights().array());
          assertThat(again.mixing()).isEqualTo(first.mixing());
          assertThat(again.statistics().array()).isEqualTo(first.statistics().array());
        }
        BatchScore evaluated = exact.evaluate(statistics);
        for (int i = 0; i < 3; i++) {
          BatchScore actual = card.evaluate(batch, weights, mixing, statistics);
          assertThat(actual.lossSum()).isCloseTo(evaluated.lossSum(), within(evaluated));
          assertThat(actual.correct()).isEqualTo(evaluated.correct());
        }
        if (mixing.length > 0 && !sampled) {
          exact.differentiateEvaluation();
          assertClose(
              "mixing in evaluation",
              card.gradientsInEvaluation(batch, weights, mixing, statistics).mixing(),
              exact.pass().mixingGradient());
        }
      }
    }
  }

  private static Wanted wanted(TrainableNetwork network) {
    return network.mixingCount() > 0 ? Wanted.BOTH : Wanted.WEIGHTS;
  }

  private static Offset<Double> within(BatchScore score) {
    return Assertions.within(TOLERANCE * score.lossSum());
  }

  private static void assertClose(String what, float[] actual, Doubles exact) {
    double[] expected = exact.toDoubles();
    assertThat(actual.length).as(what).isEqualTo(expected.length);
    double difference = 0;
    double norm = 1e-12;
    for (int i = 0; i < expected.length; i++) {
      if (!Double.isNaN(expected[i]) || !Float.isNaN(actual[i])) {
        difference += Math.pow(actual[i] - expected[i], 2);
        norm += Math.pow(expected[i], 2);
      }
    }
    assertThat(Math.sqrt(difference / norm)).as(what).isLessThan(TOLERANCE);
  }

  /** From the minibatch that goes in to the sums that come out nothing is read, nor launched. */
  @Tag("emulated")
  @Test
  void aStepIsTwoLaunchesAndReadsNothingBetween() {
    List<EmulatedDriver> cards = TestCard.bindEmulated();
    try (Supernet network = supernet(false)) {
      float[] weights = network.initialWeights(1);
      float[] mixing = mixing(network, false);
      for (int i = 0; i < 2; i++) {
        network.gradients(images(), 1, AT, weights, mixing, Wanted.BOTH);
      }
      EmulatedDriver card = cards.get(0);
      assertThat(card.captures()).isEqualTo(2);
      int uploads = card.uploaded().size();
      int downloads = card.downloaded().size();
      int replays = card.replays();

      network.gradients(images(), 1, AT, weights, mixing, Wanted.BOTH);

      assertThat(card.replays() - replays).as("graphs: forward and backward").isEqualTo(2);
      assertThat(card.uploaded().size() - uploads)
          .as("weights, mixing, images, labels")
          .isEqualTo(4);
      assertThat(card.downloaded().size() - downloads)
          .as("logits, gradients of weights and mixing, statistics")
          .isEqualTo(4);
    }
  }

  @Tag("emulated")
  @Test
  void aNetworkThatACardHasNoRoomForIsRefused() {
    Device.card(() -> new EmulatedDriver(4, 3 << 20)).bind();
    SupernetSettings large = new SupernetSettings(16, 4, 2, 3, Operation.DARTS);
    ImageShape shape = new ImageShape(2, 16, 16);
    try (Supernet network = new Supernet(large, EdgeSettings.PLAIN, shape, CLASSES, BATCH, 1)) {
      long wanted = network.bytes() >> 20;
      assertThat(wanted).isBetween(1L, 100L);
      assertThatThrownBy(() -> network.initialWeights(1))
          .isInstanceOf(DriverException.class)
          .hasMessageStartingWith(
              "Cannot hold a network of " + wanted + " MiB on emulated card, where ")
          .hasMessageEndingWith(
              " MiB are free: use a smaller batch, or fewer replicas on the card");
    }
  }

  @Test
  void aSmallerMinibatchHasAPlanOfItsOwn() {
    TestCard.bind();
    try (Supernet network = supernet(false)) {
      float[] mixing = mixing(network, false);
      float[] weights = network.initialWeights(1);
      Batch some = DoublePlan.randomBatch(IMAGES, 2, 4);
      BatchGradients first = network.gradients(some, 1, AT, weights, mixing, Wanted.BOTH);
      network.gradients(images(), 1, AT, weights, mixing, Wanted.BOTH);
      BatchGradients second = network.gradients(some, 1, AT, weights, mixing, Wanted.BOTH);
      assertThat(Arrays.equals(first.weights().array(), second.weights().array())).isTrue();
    }
  }
}
