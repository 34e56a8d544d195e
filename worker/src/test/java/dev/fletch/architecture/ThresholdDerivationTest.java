package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdDerivationTest {
  private static final List<Operation> POOL_SKIP_SEP =
      List.of(Operation.MAX_POOL_3X3, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);

  @Test
  void keepsTheOperationsThatReachTheThresholdOnTheTwoStrongestEdges() {
    float[][] mixing = {
      {.90f, .10f, .20f},
      {.30f, .85f, .86f}, // node 0: both edges reach it, the first is the stronger
      {.95f, .10f, .10f},
      {.10f, .10f, .92f},
      {.90f, .90f, .10f}, // node 1: three edges reach it, the third is too many
      {.80f, .10f, .10f},
      {.10f, .84f, .10f},
      {.10f, .10f, .10f},
      {.10f, .10f, .85f}, // node 2: of the strongest two, inputs 3 and 1, only the first does
    };

    assertThat(derive(.85, mixing, POOL_SKIP_SEP, 3))
        .isEqualTo("max_pool_3x3:0,sep_conv_3x3:1|max_pool_3x3:0,sep_conv_3x3:1|sep_conv_3x3:3");
  }

  /** Node 0 has no gene. Of node 1 only the pool of input 1 is left, of node 2 nothing. */
  @Test
  void whatReadsAnIsolatedNodeIsLeftOut() {
    float[][] mixing = {
      {.1f, .1f, .8f},
      {.1f, .1f, .1f}, // node 0: below the threshold
      {.1f, .1f, .1f},
      {.9f, .1f, .1f},
      {.1f, .1f, .95f}, // node 1: reads node 0, which is state 2, and input 1
      {.1f, .1f, .1f},
      {.1f, .1f, .1f},
      {.1f, .9f, .1f},
      {.1f, .1f, .1f}, // node 2: reads node 0 only
      {.1f, .1f, .1f},
      {.1f, .1f, .1f},
      {.1f, .1f, .1f},
      {.1f, .1f, .9f},
      {.9f, .1f, .1f}, // node 3: reads nodes 1 and 2
    };

    assertThat(derive(.85, mixing, POOL_SKIP_SEP, 4)).isEqualTo("|max_pool_3x3:1||sep_conv_3x3:3");
  }

  @Test
  void aCellMayHaveNoGeneAtAll() {
    assertThat(derive(.85, new float[5][3], POOL_SKIP_SEP, 2)).isEqualTo("|");
  }

  /** As floats, 0.9 and 0.7 are less than the doubles of these names. */
  @ParameterizedTest
  @ValueSource(doubles = {.9, .7, .5, .1})
  void aWeightThatIsTheThresholdReachesIt(double threshold) {
    float[][] mixing = {{(float) threshold}, {Math.nextDown((float) threshold)}};

    assertThat(derive(threshold, mixing, List.of(Operation.SEP_CONV_3X3), 1))
        .isEqualTo("sep_conv_3x3:0");
  }

  /** Node 0 has drawn none and a pool, node 1 a skip connection of node 0 and none. */
  @Test
  void readsAPathOffOneHotWeights() {
    float[][] mixing = {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}, {1, 0, 0}, {0, 0, 1}};
    List<Operation> operations =
        List.of(Operation.NONE, Operation.AVG_POOL_3X3, Operation.SKIP_CONNECT);

    assertThat(derive(.5, mixing, operations, 2)).isEqualTo("avg_pool_3x3:1|skip_connect:2");
  }

  @Test
  void thresholdZeroIsTheRuleOfDarts() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      float[][] normal = Mixings.random(random, 4, 8);
      float[][] reduction = Mixings.random(random, 4, 8);

      assertThat(new ThresholdDerivation(0).derive(normal, reduction, Operation.DARTS, 4))
          .isEqualTo(new DartsDerivation().derive(normal, reduction, Operation.DARTS, 4));
    }
  }

  /** Every gene is one of DARTS and has weight; those that DARTS has besides lack it. */
  @Test
  void isTheRuleOfDartsWithoutWhatIsWeakOrCarriesNothing() {
    for (int seed = 0; seed < 300; seed++) {
      float[][] mixing = Mixings.random(new Random(seed), 4, 2);
      List<Operation> operations = List.of(Operation.AVG_POOL_3X3, Operation.SEP_CONV_5X5);
      CellGenotype all = new DartsDerivation().derive(mixing, mixing, operations, 4).normal();
      CellGenotype some =
          new ThresholdDerivation(.875).derive(mixing, mixing, operations, 4).normal();

      List<List<Gene>> expected = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        List<Gene> genes = new ArrayList<>();
        for (Gene gene : all.nodes().get(node)) {
          float weight =
              mixing[node * (node + 3) / 2 + gene.input()][operations.indexOf(gene.operation())];
          boolean carries = gene.input() < 2 || !expected.get(gene.input() - 2).isEmpty();
          if (weight >= .875 && carries) {
            genes.add(gene);
          }
        }
        expected.add(genes);
      }
      assertThat(some.nodes()).isEqualTo(expected);
    }
  }

  @Test
  void eachCellHasItsOwnWeights() {
    float[][] strong = {{.9f}, {.9f}};
    float[][] weak = {{.1f}, {.9f}};

    assertThat(new ThresholdDerivation(.5).derive(strong, weak, List.of(Operation.SKIP_CONNECT), 1))
        .hasToString("normal=[skip_connect:0,skip_connect:1] reduction=[skip_connect:1]");
  }

  @Test
  void refusesWhatIsNoThresholdOrNoMixing() {
    assertThatThrownBy(() -> new ThresholdDerivation(1.5))
        .hasMessage("threshold must be between 0 and 1, got 1.5");
    assertThatThrownBy(() -> new ThresholdDerivation(Double.NaN))
        .hasMessage("threshold must be between 0 and 1, got NaN");
    assertThatThrownBy(() -> derive(.5, new float[3][3], POOL_SKIP_SEP, 2))
        .hasMessage("Cannot derive the normal cell: 2 nodes need 5 edges, got 3");
  }

  private static String derive(
      double threshold, float[][] mixing, List<Operation> operations, int nodes) {
    return new ThresholdDerivation(threshold)
        .derive(mixing, mixing, operations, nodes)
        .normal()
        .text();
  }
}
