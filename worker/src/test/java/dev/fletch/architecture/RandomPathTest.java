package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomPathTest {
  private static final int NODES = 4;
  private static final int EDGES = 14;
  private static final int DRAWS = 4000;
  private static final String FIRST =
      "normal=[sep_conv_3x3:0,max_pool_3x3:1|sep_conv_3x3:0,dil_conv_3x3:1"
          + "|sep_conv_5x5:0,max_pool_3x3:2|avg_pool_3x3:3] "
          + "reduction=[dil_conv_5x5:0,max_pool_3x3:1|dil_conv_5x5:1,sep_conv_5x5:2"
          + "|dil_conv_3x3:1,skip_connect:2|sep_conv_3x3:2,dil_conv_5x5:4]";

  /** A run that was published with its seed must draw the same again. */
  @Test
  void isAFunctionOfSeedAndNumber() {
    assertThat(genotype(RandomPath.of(0, 0, NODES, Operation.DARTS))).hasToString(FIRST);
    assertThat(paths(0, 50)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(paths(1, 50));
    assertThat(paths(0, 50)).isEqualTo(paths(0, 50));
  }

  private static List<CellPair> paths(long seed, int count) {
    List<CellPair> paths = new ArrayList<>();
    for (long number = 0; number < count; number++) {
      paths.add(genotype(RandomPath.of(seed, number, NODES, Operation.DARTS)));
    }
    return paths;
  }

  private static CellPair genotype(float[] path) {
    return new ThresholdDerivation(.5)
        .derive(
            DiscreteMixingTest.cell(path, 0, NODES),
            DiscreteMixingTest.cell(path, 1, NODES),
            Operation.DARTS,
            NODES);
  }

  @Test
  void everyNodeHasTwoEdgesWithOneOperationEach() {
    for (int number = 0; number < 200; number++) {
      float[] path = RandomPath.of(7, number, NODES, Operation.DARTS);
      assertThat(path).hasSize(2 * EDGES * 8).containsOnly(0, 1);
      for (int cell = 0; cell < 2; cell++) {
        float[][] rows = DiscreteMixingTest.cell(path, cell, NODES);
        for (int node = 0; node < NODES; node++) {
          assertThat(inputs(rows, node)).hasSize(2).doesNotHaveDuplicates();
        }
      }
    }
  }

  /** Inputs of a node, one for each operation. */
  private static List<Integer> inputs(float[][] rows, int node) {
    List<Integer> inputs = new ArrayList<>();
    for (int input = 0; input < node + 2; input++) {
      for (float weight : rows[CellTopology.convolutional(NODES).edge(node, input)]) {
        if (weight == 1) {
          inputs.add(input);
        }
      }
    }
    return inputs;
  }

  /** None included. Node i takes two of i + 2 inputs, and each has one of eight operations. */
  @Test
  void edgesAndOperationsAreAllAlike() {
    int[] counts = new int[2 * EDGES * 8];
    for (int number = 0; number < DRAWS; number++) {
      float[] path = RandomPath.of(1, number, NODES, Operation.DARTS);
      for (int i = 0; i < path.length; i++) {
        counts[i] += (int) path[i];
      }
    }
    for (int i = 0; i < counts.length; i++) {
      int edge = i / 8 % EDGES;
      int node = edge < 2 ? 0 : edge < 5 ? 1 : edge < 9 ? 2 : 3;
      double p = 2.0 / (node + 2) / 8;
      double fiveSigma = 5 * Math.sqrt(DRAWS * p * (1 - p));
      assertThat((double) counts[i])
          .as("column %d of edge %d", i % 8, edge)
          .isBetween(DRAWS * p - fiveSigma, DRAWS * p + fiveSigma);
    }
  }

  /** Ten pairs of inputs of the last node: 400 each, give or take five sigma. */
  @Test
  void pairsOfInputsAreAllAlike() {
    int[][] pairs = new int[5][5];
    for (int number = 0; number < DRAWS; number++) {
      float[] path = RandomPath.of(2, number, NODES, Operation.DARTS);
      List<Integer> inputs = inputs(DiscreteMixingTest.cell(path, 1, NODES), 3);
      pairs[inputs.get(0)][inputs.get(1)]++;
    }
    for (int one = 0; one < 5; one++) {
      for (int other = one + 1; other < 5; other++) {
        assertThat(pairs[one][other]).isBetween(400 - 95, 400 + 95);
      }
    }
  }

  @Test
  void aSpaceWithoutOperationsIsRefused() {
    assertThatThrownBy(() -> RandomPath.of(0, 0, 1, List.of()))
        .hasMessage("Cannot draw a path: the space has no operation");
  }
}
