package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopPairsDerivationTest {
  private static final List<Operation> NONE_SKIP_SEP =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);

  @Test
  void twoOperationsOfOneEdgeMayBeTheStrongestPairs() {
    float[][] mixing = {
      {.10f, .40f, .50f},
      {.60f, .30f, .10f}, // node 0: 0.5 and 0.4, both of input 0
      {.00f, .30f, .70f},
      {.90f, .05f, .05f},
      {.20f, .45f, .35f}, // node 1: 0.7 of input 0, 0.45 of node 0
    };

    assertThat(derive(mixing, NONE_SKIP_SEP, 2))
        .isEqualTo("sep_conv_3x3:0,skip_connect:0|sep_conv_3x3:0,skip_connect:2");
  }

  @Test
  void tiesGoToTheLowerInputThenToTheFirstOperation() {
    float[][] mixing = {
      {.4f, .3f, .3f},
      {.4f, .3f, .3f}, // node 0: all four alike
      {.6f, .2f, .2f},
      {.4f, .2f, .4f},
      {.2f, .4f, .4f}, // node 1: three alike at 0.4, that of input 1 comes first
    };

    assertThat(derive(mixing, NONE_SKIP_SEP, 2))
        .isEqualTo("skip_connect:0,sep_conv_3x3:0|sep_conv_3x3:1,skip_connect:2");
  }

  @Test
  void withOneOperationItIsTheRuleOfDarts() {
    for (int seed = 0; seed < 200; seed++) {
      float[][] mixing = Mixings.random(new Random(seed), 4, 2);
      List<Operation> operations = List.of(Operation.NONE, Operation.DIL_CONV_3X3);

      assertThat(new TopPairsDerivation().derive(mixing, mixing, operations, 4))
          .isEqualTo(new DartsDerivation().derive(mixing, mixing, operations, 4));
    }
  }

  /** The first gene is DARTS' first; nothing that is left out is stronger than the second. */
  @Test
  void everyNodeHasTheTwoStrongestPairs() {
    for (int seed = 0; seed < 200; seed++) {
      float[][] mixing = Mixings.random(new Random(seed), 3, 3);
      List<List<Gene>> nodes =
          new TopPairsDerivation().derive(mixing, mixing, NONE_SKIP_SEP, 3).normal().nodes();
      CellGenotype darts = new DartsDerivation().derive(mixing, mixing, NONE_SKIP_SEP, 3).normal();

      for (int node = 0; node < 3; node++) {
        List<Gene> genes = nodes.get(node);
        assertThat(genes).hasSize(2).doesNotHaveDuplicates();
        assertThat(genes.get(0)).isEqualTo(darts.nodes().get(node).get(0));
        List<Float> weights = new ArrayList<>();
        int first = node * (node + 3) / 2;
        for (int input = 0; input < node + 2; input++) {
          weights.add(mixing[first + input][1]);
          weights.add(mixing[first + input][2]);
        }
        weights.sort((a, b) -> Float.compare(b, a));
        assertThat(genes)
            .extracting(g -> mixing[first + g.input()][NONE_SKIP_SEP.indexOf(g.operation())])
            .isEqualTo(weights.subList(0, 2));
      }
    }
  }

  @Test
  void refusesASpaceOfNoneAndWeightsThatAreNoNumbers() {
    assertThatThrownBy(() -> derive(new float[2][1], List.of(Operation.NONE), 1))
        .hasMessage("Cannot derive a genotype from the operations [none]: all are none");
    assertThatThrownBy(() -> derive(new float[][] {{1, 1, 1}, {1, Float.NaN, 1}}, NONE_SKIP_SEP, 1))
        .hasMessage(
            "Cannot derive the normal cell: edge 1 has a mixing weight that is not a number");
  }

  private static String derive(float[][] mixing, List<Operation> operations, int nodes) {
    return new TopPairsDerivation().derive(mixing, mixing, operations, nodes).normal().text();
  }
}
