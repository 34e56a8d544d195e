package dev.fletch.network.dl4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Genome;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Stem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenomeModelTest {
  /** Ports of one and of several states, one state twice in a node, activations, an idle node. */
  private static final String LARGE =
      "genome output=4 nodes=[1:add(sep_conv_3+relu,dil_conv_5+sigmoid)"
          + "|2:add(identity,identity)|3:add(sep_conv_1+tanh,max_pool_3x3)"
          + "|4:add(sep_conv_5,identity+tanh)|5:add(attention,none)]"
          + " connections=[1:0>1:I,2:0>1:J,3:1>2:I,4:1>2:J,5:2>3:I,6:0>3:I,7:1>3:J,8:3>4:I,9:2>4:J"
          + ",10:0>4:J:off,11:3>5:I]";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sep_conv_1",
        "sep_conv_3",
        "sep_conv_5",
        "dil_conv_1",
        "dil_conv_3",
        "dil_conv_5",
        "sep_conv_3+relu",
        "sep_conv_3+sigmoid",
        "dil_conv_3+tanh",
        "avg_pool_3x3",
        "skip_connect",
        "avg_pool_3",
        "avg_pool_5+tanh",
        "max_pool_3+relu",
        "max_pool_5",
        "attention",
        "attention+relu"
      })
  void everyOperationGivesWhatTheEngineGives(String port) {
    assertSame(
        "genome output=1 nodes=[1:add(%s,identity)] connections=[1:0>1:I,2:0>1:J]".formatted(port),
        2,
        List.of(),
        9,
        8);
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "9, 11", "13, 16"})
  void aLargeGenomeGivesWhatTheEngineGives(int height, int width) {
    assertSame(LARGE, 3, List.of(1, 2), height, width);
  }

  /** One norm for both, since it has nothing to learn. */
  @Test
  void poolsThatTwoPortsHaveInCommonGiveWhatTheEngineGives() {
    assertSame(
        "genome output=2"
            + " nodes=[1:add(max_pool_3,max_pool_3)|2:multiply(max_pool_3,max_pool_3+relu)]"
            + " connections=[1:0>1:I,2:0>1:J,3:0>2:I,4:0>2:J,5:1>2:J]",
        2,
        List.of(1),
        9,
        8);
  }

  @Test
  void refusesAnOperationByItsName() {
    String genome =
        "genome output=1 nodes=[1:add(toy_scale,identity)] connections=[1:0>1:I,2:0>1:J]";
    assertThatThrownBy(() -> assertSame(genome, 1, List.of(), 8, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot write toy_scale in DL4J's layers: it has steps of its own; export a candidate"
                + " without it");
  }

  private static void assertSame(
      String text, int copies, List<Integer> reduceAfter, int height, int width) {
    CandidateSettings settings =
        new CandidateSettings(8, copies, Stem.CIFAR, 1, 0, 0, 1, 0, reduceAfter);
    ModelComparison.assertSame(
        Genome.parse(text), settings, SampleNetworks.images(6, height, width));
  }
}
