package dev.fletch.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.data.ImageBatch;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.network.Stem;
import dev.fletch.task.Classification;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Dl4jModelTest {
  /** One operation at a time, in both cells: the first input halved, the second from a node. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_pool_3x3",
        "avg_pool_3x3",
        "skip_connect",
        "sep_conv_3x3",
        "sep_conv_5x5",
        "sep_conv_7x7",
        "dil_conv_3x3",
        "dil_conv_5x5"
      })
  void everyOperationGivesWhatTheEngineGives(String operation) {
    String cell = "[%s:0,%s:1|%s:2,skip_connect:2]".formatted(operation, operation, operation);
    assertSame(CellPair.parse("normal=" + cell + " reduction=" + cell), 3, 13, 16);
  }

  /** Products of two operations and of a state with itself, in cells of both kinds. */
  @Test
  void productsGiveWhatTheEngineGives() {
    String cell = "[sep_conv_3x3*:0,max_pool_3x3*:1|skip_connect*:2,skip_connect*:2]";
    assertSame(CellPair.parse("normal=" + cell + " reduction=" + cell), 3, 13, 16);
  }

  /**
   * Four operations at a time, each at both strides of a reduction cell. With 8 channels, which the
   * heads of attention divide.
   */
  @ParameterizedTest
  @CsvSource({
    "identity+relu, sep_conv_1, sep_conv_3+relu, sep_conv_5+sigmoid",
    "dil_conv_1, dil_conv_3+tanh, dil_conv_5, avg_pool_3",
    "avg_pool_5+relu, max_pool_3, max_pool_5+tanh, attention",
    "attention+sigmoid, identity, identity, identity"
  })
  void everyOperationOfStructuresGivesWhatTheEngineGives(String a, String b, String c, String d) {
    String cell = "[%1$s:0,%2$s:1|%1$s:2,%2$s:2|%3$s:0,%4$s:1|%3$s:2,%4$s:2]".formatted(a, b, c, d);
    CellPair genotype = CellPair.parse("normal=" + cell + " reduction=" + cell);
    assertSame(genotype, new CandidateSettings(8, 3, 1, 0, 0, 1), 13, 16);
    assertSame(
        CellPair.parse("cell=" + cell),
        new CandidateSettings(8, 3, Stem.CIFAR, 1, 0, 0, 1, 0, List.of(1, 2)),
        9,
        14);
  }

  /** Pools between the first two cells, and twice between what the last one reads. */
  @ParameterizedTest
  @CsvSource({"'', 8, 8", "1, 9, 11", "'1,3', 13, 15", "'1,2,3', 7, 6"})
  void cellsOfOneKindGiveWhatTheEngineGives(String reduceAfter, int height, int width) {
    List<Integer> places =
        Arrays.stream(reduceAfter.split(","))
            .filter(s -> !s.isEmpty())
            .map(Integer::valueOf)
            .toList();
    assertSame(
        CellPair.parse("cell=[sep_conv_3:0,max_pool_5+relu:1|identity:1,max_pool_5+relu:1]"),
        new CandidateSettings(6, 4, Stem.CIFAR, 2, 0, 0, 1, 0, places),
        height,
        width);
  }

  @ParameterizedTest
  @CsvSource({"4, 28, 28", "4, 27, 25", "3, 9, 14", "2, 8, 8", "1, 7, 6"})
  void allOperationsTogetherGiveWhatTheEngineGives(int layers, int height, int width) {
    assertSame(SampleNetworks.EVERYTHING, layers, height, width);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DARTS_V1",
        "DARTS_V2",
        "PC_DARTS_cifar",
        "PDARTS",
        "SDARTS_RS",
        "SDARTS_ADV",
        "DARTS_MINUS",
        "GDAS_V1",
        "SNAS"
      })
  @Tag("slow")
  void publishedGenotypesGiveWhatTheEngineGives(String name) {
    assertSame(PublishedGenotypes.find(name), 4, 15, 14);
  }

  @ParameterizedTest
  @CsvSource({"4, 64, 48", "3, 33, 35"})
  void theStemForLargeImagesGivesWhatTheEngineGives(int layers, int height, int width) {
    CandidateSettings small = SampleNetworks.settings(layers);
    CandidateSettings large =
        new CandidateSettings(
            small.initChannels(), layers, Stem.IMAGENET, small.stemMultiplier(), 0, 0, 1, 0.1);
    assertSame(SampleNetworks.EVERYTHING, large, height, width);
  }

  private static void assertSame(CellPair genotype, int layers, int height, int width) {
    assertSame(genotype, SampleNetworks.settings(layers), height, width);
  }

  private static void assertSame(
      CellPair genotype, CandidateSettings settings, int height, int width) {
    ModelComparison.assertSame(genotype, settings, SampleNetworks.images(6, height, width));
  }

  /** Nodes 0 and 2 of the normal cell; all but node 1 of the reduction cell. */
  @ParameterizedTest
  @CsvSource({"4, 16, 14", "3, 9, 11", "2, 8, 8"})
  void isolatedNodesGiveWhatTheEngineGives(int layers, int height, int width) {
    CellPair genotype =
        CellPair.parse(
            "normal=[|sep_conv_3x3:0,skip_connect:1|dil_conv_3x3:2|max_pool_3x3:3,sep_conv_5x5:4] "
                + "reduction=[|skip_connect:0,dil_conv_5x5:1||]");
    assertSame(genotype, layers, height, width);
  }

  @Test
  void cellsThatReadOneInputOnlyGiveWhatTheEngineGives() {
    CellPair genotype =
        CellPair.parse(
            "normal=[skip_connect:0|skip_connect:0] reduction=[sep_conv_3x3:1|sep_conv_3x3:1]");
    assertSame(genotype, 3, 8, 8);
  }

  /** Exponentials of the first would overflow, and a NaN must not be lost among other figures. */
  @Test
  void aModelIsComparedWithLogitsOfAnySize() {
    ImageBatch batch = SampleNetworks.images(2, 8, 8);
    CandidateSettings settings = SampleNetworks.settings(1);
    CellPair genotype = SampleNetworks.EVERYTHING;
    try (ArchitectureNetwork network =
        Networks.of(genotype, settings, batch.input(), new Classification(10), 2, 1)) {
      float[] weights = SampleNetworks.weights(network);
      float[] statistics = network.initialStatistics();
      try (Dl4jModel model =
          Dl4jModel.of(genotype, settings, batch.input(), 10, weights, statistics)) {
        float[] logits = network.logits(batch, weights, new float[0], statistics);
        assertThat(model.differenceFrom(logits, batch)).isLessThan(1e-5);
        for (int i = 0; i < logits.length; i++) {
          logits[i] += 1000;
        }
        assertThat(model.differenceFrom(logits, batch)).isLessThan(1e-4);
        logits[3] = Float.NaN;
        assertThat(model.differenceFrom(logits, batch)).isNaN();
      }
    }
  }

  @Test
  void refusesACellOfIsolatedNodes() {
    CellPair genotype = CellPair.parse("normal=[|] reduction=[skip_connect:0|]");
    ImageBatch batch = SampleNetworks.images(1, 8, 8);
    assertThatThrownBy(
            () ->
                Dl4jModel.of(
                    genotype,
                    SampleNetworks.settings(1),
                    batch.input(),
                    10,
                    new float[0],
                    new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing enters any node of its normal cell");
  }
}
