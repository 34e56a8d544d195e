package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiscreteMixingTest {
  private static final List<Operation> NONE_SKIP_SEP =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);

  /** Edges of two nodes: 0 and 1 into node 0, then 2, 3 and 4 into node 1. */
  @Test
  void isOneWhereAGeneIs() {
    CellPair genotype =
        CellPair.parse(
            "normal=[sep_conv_3x3:1|skip_connect:2,sep_conv_3x3:2] "
                + "reduction=[|skip_connect:0,skip_connect:0]");
    float[] mixing = DiscreteMixing.of(genotype, NONE_SKIP_SEP);

    assertThat(DiscreteMixingTest.cell(mixing, 0, 2))
        .isDeepEqualTo(new float[][] {{0, 0, 0}, {0, 0, 1}, {0, 0, 0}, {0, 0, 0}, {0, 1, 1}});
    assertThat(DiscreteMixingTest.cell(mixing, 1, 2))
        .isDeepEqualTo(new float[][] {{0, 0, 0}, {0, 0, 0}, {0, 2, 0}, {0, 0, 0}, {0, 0, 0}});
  }

  @ParameterizedTest
  @EnumSource(PublishedGenotypes.class)
  void theRuleOfDartsFindsTheGenotypeAgain(PublishedGenotypes published) {
    // of columns that include what no search has
    List<Operation> operations = Operation.known();
    float[] mixing = DiscreteMixing.of(published.genotype(), operations);

    CellPair derived =
        new DartsDerivation().derive(cell(mixing, 0, 4), cell(mixing, 1, 4), operations, 4);

    assertThat(mixing).hasSize(2 * 14 * operations.size());
    assertThat(derived.describesSameNetworkAs(published.genotype())).isTrue();
  }

  @Test
  void theRuleWithAThresholdFindsIsolatedNodesAgain() {
    CellPair genotype =
        CellPair.parse(
            "normal=[|sep_conv_3x3:1,skip_connect:0|] reduction=[skip_connect:1||sep_conv_3x3:2]");
    float[] mixing = DiscreteMixing.of(genotype, NONE_SKIP_SEP);

    CellPair derived =
        new ThresholdDerivation(.5)
            .derive(cell(mixing, 0, 3), cell(mixing, 1, 3), NONE_SKIP_SEP, 3);

    assertThat(derived.describesSameNetworkAs(genotype)).isTrue();
  }

  @Test
  void refusesAnOperationThatTheSpaceLacks() {
    CellPair genotype = CellPair.parse("normal=[max_pool_3x3:1] reduction=[skip_connect:0]");

    assertThatThrownBy(() -> DiscreteMixing.of(genotype, NONE_SKIP_SEP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot mix normal=[max_pool_3x3:1] reduction=[skip_connect:0]: the space"
                + " [none, skip_connect, sep_conv_3x3] has no max_pool_3x3");
  }

  /** The rows of one cell; {@code which} is 0 for the normal one. */
  static float[][] cell(float[] mixing, int which, int nodes) {
    int edges = CellTopology.convolutional(nodes).edges();
    int operations = mixing.length / 2 / edges;
    float[][] rows = new float[edges][];
    for (int edge = 0; edge < edges; edge++) {
      int from = (which * edges + edge) * operations;
      rows[edge] = Arrays.copyOfRange(mixing, from, from + operations);
    }
    return rows;
  }
}
