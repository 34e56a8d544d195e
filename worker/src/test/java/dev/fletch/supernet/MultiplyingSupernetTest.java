package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.DiscreteMixing;
import dev.fletch.architecture.Operation;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.StepId;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.CentralDifferences;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.task.Classification;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Supernets whose nodes may multiply what enters them. */
class MultiplyingSupernetTest {
  private static final int CHANNELS = 4;
  private static final ImageShape PIXEL = new ImageShape(2, 1, 1);
  private static final List<Aggregation> BOTH = List.of(Aggregation.ADD, Aggregation.MULTIPLY);

  private static SupernetSettings settings(
      int layers, int nodes, List<Aggregation> aggregations, String... operations) {
    return new SupernetSettings(
        CHANNELS,
        layers,
        nodes,
        1,
        Operation.STRUCTURES.stream().filter(o -> List.of(operations).contains(o.text())).toList(),
        List.of(),
        aggregations,
        1,
        List.of(),
        EmbeddingSettings.PLAIN);
  }

  @Test
  void candidatesAreAddedAndMultiplied() {
    SupernetSettings settings =
        new SupernetSettings(
            4,
            2,
            2,
            1,
            List.of(Operation.NONE, Operation.IDENTITY),
            List.of(Activation.IDENTITY, Activation.RELU),
            BOTH,
            1,
            List.of(),
            EmbeddingSettings.PLAIN);

    assertThat(settings.operations())
        .extracting(Operation::text)
        .containsExactly("none", "identity", "identity+relu", "identity*", "identity+relu*");
    assertThat(settings.multiplies()).isTrue();
    assertThat(settings.aggregations()).containsExactly(Aggregation.ADD);
    assertThat(settings.withLayers(3).operations()).isEqualTo(settings.operations());
    assertThat(settings(2, 2, List.of(Aggregation.MULTIPLY), "none", "identity").operations())
        .extracting(Operation::text)
        .containsExactly("none", "identity*");
    assertThat(settings(2, 2, List.of(Aggregation.ADD), "none", "identity").multiplies()).isFalse();
  }

  @Test
  void whatCannotBeAskedForIsRefused() {
    assertThatThrownBy(() -> settings(2, 2, List.of(), "identity"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("aggregations must name add, multiply or both once, got []");
    assertThatThrownBy(
            () ->
                new SupernetSettings(
                    4,
                    2,
                    2,
                    1,
                    List.of(Operation.IDENTITY.multiplied()),
                    List.of(),
                    BOTH,
                    1,
                    List.of(),
                    EmbeddingSettings.PLAIN))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "aggregations must be left out where operations are multiplied by themselves");
  }

  @Test
  void haveTheGradientForImagesAndTexts() {
    SupernetSettings settings =
        settings(2, 2, BOTH, "none", "identity", "sep_conv_3", "max_pool_3");
    check(settings, EdgeSettings.PLAIN, DoublePlan.randomBatch(new ImageShape(2, 5, 7), 3, 3), 0);
    check(settings, EdgeSettings.PLAIN, DoublePlan.randomTexts(new TokenShape(7, 6), 3, 7, 4), 0);
  }

  /** With reduction cells, whose edges halve; an auxiliary skip connection is added. */
  @Test
  void haveTheGradientInReductionCells() {
    SupernetSettings settings =
        new SupernetSettings(
            4,
            2,
            2,
            1,
            List.of(
                Operation.SKIP_CONNECT,
                Operation.SKIP_CONNECT.multiplied(),
                Operation.DIL_CONV_3X3.multiplied()));
    Batch batch = DoublePlan.randomBatch(new ImageShape(2, 8, 8), 3, 3);
    check(settings, EdgeSettings.PLAIN.withAuxiliarySkip(), batch, 0);
  }

  /** Many mixing weights are 0, and what they weigh is left out. */
  @Test
  void haveTheGradientOfSamples() {
    SupernetSettings settings =
        settings(2, 2, BOTH, "none", "identity", "sep_conv_3", "max_pool_3");
    Batch batch = DoublePlan.randomBatch(new ImageShape(2, 5, 7), 3, 3);
    check(settings, EdgeSettings.PLAIN.withSampling(), batch, 0.6);
  }

  private static void check(
      SupernetSettings settings, EdgeSettings edges, Batch batch, double zeros) {
    Classification task = new Classification(3);
    Random random = new Random(17);
    try (Supernet network = new Supernet(settings, edges, batch.input(), task, 4, 1)) {
      float[] mixing = new float[network.mixingCount()];
      for (int i = 0; i < mixing.length; i++) {
        mixing[i] = random.nextDouble() < zeros ? 0 : 0.2f + random.nextFloat();
      }
      try (DoublePlan plan =
          DoublePlan.of(network, batch, new StepId(0, 0), network.initialWeights(3), mixing)) {
        plan.differentiate();
        double[] weights = plan.pass().weightGradient().array().clone();
        double[] mixed = plan.pass().mixingGradient().array().clone();
        CentralDifferences.check("weight", plan::loss, plan.pass().weights().array(), weights, 6);
        if (zeros == 0) {
          CentralDifferences.check(
              "mixing weight", plan::loss, plan.pass().mixing().array(), mixed, 4);
          float[] statistics = network.initialStatistics();
          for (int i = 0; i < statistics.length; i++) {
            plan.pass().runningStatistics().array()[i] = statistics[i];
          }
          plan.differentiateEvaluation();
          double[] inEvaluation = plan.pass().mixingGradient().array().clone();
          CentralDifferences.check(
              "mixing weight in evaluation",
              plan::evaluationLoss,
              plan.pass().mixing().array(),
              inEvaluation,
              4);
        }
      }
    }
  }

  /** Of one pixel and with a classifier that only passes on, logits are the last node itself. */
  private static float[] node(SupernetSettings settings, float... mixing) {
    Batch batch = DoublePlan.randomBatch(PIXEL, 3, CHANNELS);
    try (Supernet network = new Supernet(settings, PIXEL, new Classification(CHANNELS), 3, 1)) {
      float[] weights = network.initialWeights(3);
      for (WeightSlot slot : network.weightSlots()) {
        if (slot.name().startsWith("classifier")) {
          Arrays.fill(weights, slot.offset(), slot.offset() + slot.length(), 0);
        }
        if (slot.name().equals("classifier.weight")) {
          int inputs = slot.length() / CHANNELS;
          for (int c = 0; c < CHANNELS; c++) {
            weights[slot.offset() + c * inputs + inputs - CHANNELS + c] = 1;
          }
        }
      }
      return network.logits(batch, weights, mixing, network.initialStatistics());
    }
  }

  /** By identity and identity*, from two edges. */
  @Test
  void anEdgeThatAddsAndOneThatMultiplies() {
    SupernetSettings settings = settings(1, 1, BOTH, "identity");
    float[] first = node(settings, 1, 0, 0, 0);
    float[] second = node(settings, 0, 0, 1, 0);
    float[] product = node(settings, 0, 1, 0, 1);
    float[] mixed = node(settings, 0.5f, 0.25f, 2, 3);
    float[] alone = node(settings, 0, 1, 0, 0);

    for (int i = 0; i < first.length; i++) {
      assertThat(product[i]).isEqualTo(first[i] * second[i]);
      assertThat(mixed[i])
          .isCloseTo(0.5f * first[i] + 2 * second[i] + 0.75f * first[i] * second[i], within(1e-4f));
      assertThat(alone[i]).as("a product takes two").isZero();
    }
  }

  /** The mixing weights of a genotype make the supernet compute it, whichever edges it has. */
  @Test
  void genotypesAreWhatTheyAreMadeOf() {
    SupernetSettings settings = settings(1, 2, BOTH, "identity");
    float[] first = node(settings, discrete(settings, "identity:0|identity:0"));
    float[] second = node(settings, discrete(settings, "identity:0|identity:1"));
    float[] product = node(settings, discrete(settings, "identity:0|identity*:0,identity*:1"));
    float[] ofProduct =
        node(settings, discrete(settings, "identity*:0,identity*:1|identity*:2,identity*:0"));
    float[] ofSum =
        node(settings, discrete(settings, "identity:0,identity:1|identity*:1,identity*:2"));

    assertThat(product).hasSize(3 * CHANNELS);
    for (int i = 0; i < product.length; i++) {
      assertThat(product[i]).isEqualTo(first[i] * second[i]);
      assertThat(ofProduct[i]).isEqualTo(first[i] * second[i] * first[i]);
      assertThat(ofSum[i]).isEqualTo((first[i] + second[i]) * second[i]);
    }
  }

  private static float[] discrete(SupernetSettings settings, String cell) {
    return DiscreteMixing.of(CellPair.parse("cell=[" + cell + "]"), settings.operations());
  }

  /** Where nothing is multiplied, candidates for it change nothing. */
  @Test
  void mixingWeightsOfZeroLeaveTheSumAsItIs() {
    Batch batch = DoublePlan.randomBatch(new ImageShape(2, 5, 7), 3, 3);
    String[] operations = {"identity", "sep_conv_3", "max_pool_3"};
    SupernetSettings adding = settings(2, 2, List.of(Aggregation.ADD), operations);
    SupernetSettings both = settings(2, 2, BOTH, operations);
    Random random = new Random(4);
    float[] mixing = new float[5 * 3];
    float[] wide = new float[5 * 6];
    for (int i = 0; i < mixing.length; i++) {
      mixing[i] = random.nextFloat();
      wide[i / 3 * 6 + i % 3] = mixing[i];
    }
    Classification task = new Classification(3);
    try (Supernet small = new Supernet(adding, batch.input(), task, 3, 1);
        Supernet large = new Supernet(both, batch.input(), task, 3, 1)) {
      float[] weights = small.initialWeights(3);
      float[] more = large.initialWeights(8);
      Map<String, WeightSlot> slots = new HashMap<>();
      small.weightSlots().forEach(slot -> slots.put(slot.name(), slot));
      int copied = 0;
      for (WeightSlot slot : large.weightSlots()) {
        WeightSlot same = slots.get(slot.name());
        if (same != null) {
          System.arraycopy(weights, same.offset(), more, slot.offset(), same.length());
          copied++;
        }
      }
      assertThat(copied).isEqualTo(slots.size());
      assertThat(large.logits(batch, more, wide, large.initialStatistics()))
          .isEqualTo(small.logits(batch, weights, mixing, small.initialStatistics()));
    }
  }
}
