package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestrictedSkipDerivationTest {
  private static final List<Operation> NONE_SKIP_SEP =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);

  /**
   * Unrestricted, both edges of node 0 are skip connections (0.5 and 0.6) and so are those of
   * inputs 1 and 2 at node 1 (0.8 and 0.7). The weakest goes first: that of input 0 at node 0,
   * whose operation becomes the separable one; then that of input 1 there; then, at node 1, that of
   * input 2: the edge then has 0.1 and is weaker than input 0 with 0.3; at last that of input 1,
   * whose separable one, 0.2, is still stronger than input 2's 0.1.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "4; skip_connect:1,skip_connect:0|skip_connect:1,skip_connect:2",
        "3; skip_connect:1,sep_conv_3x3:0|skip_connect:1,skip_connect:2",
        "2; sep_conv_3x3:0,sep_conv_3x3:1|skip_connect:1,skip_connect:2",
        "1; sep_conv_3x3:0,sep_conv_3x3:1|skip_connect:1,sep_conv_3x3:0",
        "0; sep_conv_3x3:0,sep_conv_3x3:1|sep_conv_3x3:0,sep_conv_3x3:1",
      })
  void theWeakestSkipConnectionsGoFirst(int skips, String expected) {
    float[][] mixing = {
      {.1f, .5f, .4f}, {.1f, .6f, .3f}, {.6f, .1f, .3f}, {.0f, .8f, .2f}, {.2f, .7f, .1f},
    };

    CellPair genotype =
        new RestrictedSkipDerivation(skips).derive(mixing, mixing, NONE_SKIP_SEP, 2);

    assertThat(genotype.normal().text()).isEqualTo(expected);
    assertThat(genotype.reduction().text())
        .as("only the normal cell is restricted")
        .isEqualTo("skip_connect:1,skip_connect:0|skip_connect:1,skip_connect:2");
  }

  @Test
  void amongEqualSkipConnectionsThatOfTheLowerEdgeGoes() {
    float[][] mixing = {{.5f, .1f}, {.5f, .1f}, {.5f, .2f}, {.4f, .1f}, {.5f, .2f}};
    List<Operation> operations = List.of(Operation.SKIP_CONNECT, Operation.MAX_POOL_3X3);

    assertThat(derive(3, mixing, operations, 2))
        .isEqualTo("skip_connect:1,max_pool_3x3:0|skip_connect:0,skip_connect:2");
  }

  /** Weights of 0 are of operations that the search took away. */
  @Test
  void whatWasPrunedIsNeverChosen() {
    float[][] mixing = {
      {.9f, .1f, .0f},
      {.0f, .0f, .2f}, // node 0: one operation each
      {.0f, .0f, .0f}, // an edge with nothing left
      {.5f, .0f, .3f},
      {.8f, .0f, .0f}, // node 1: only none is left from node 0
    };

    assertThat(derive(1, mixing, NONE_SKIP_SEP, 2))
        .isEqualTo("sep_conv_3x3:1,skip_connect:0|sep_conv_3x3:1");
    // without its skip connection, node 0 has one edge left
    assertThat(derive(0, mixing, NONE_SKIP_SEP, 2)).isEqualTo("sep_conv_3x3:1|sep_conv_3x3:1");
  }

  /** Skip connections are all that the edges of node 0 have, and node 1 reads node 0 only. */
  @Test
  void whatReadsAnIsolatedNodeIsLeftOut() {
    float[][] mixing = {{1, 0}, {1, 0}, {0, 0}, {0, 0}, {0, 1}};
    List<Operation> operations = List.of(Operation.SKIP_CONNECT, Operation.SEP_CONV_5X5);

    assertThat(derive(1, mixing, operations, 2)).isEqualTo("skip_connect:1|sep_conv_5x5:2");
    assertThat(derive(0, mixing, operations, 2)).isEqualTo("|");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 8})
  void theNormalCellNeverHasMoreSkipConnectionsThanAllowed(int skips) {
    RestrictedSkipDerivation rule = new RestrictedSkipDerivation(skips);
    int restricted = 0;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      float[][] normal = Mixings.random(random, 4, 3);
      float[][] reduction = Mixings.random(random, 4, 3);
      CellPair darts = new DartsDerivation().derive(normal, reduction, NONE_SKIP_SEP, 4);
      CellPair genotype = rule.derive(normal, reduction, NONE_SKIP_SEP, 4);

      int found = darts.normal().count(Operation.SKIP_CONNECT);
      assertThat(genotype.normal().count(Operation.SKIP_CONNECT)).isLessThanOrEqualTo(skips);
      assertThat(genotype.normal().nodes()).allMatch(genes -> genes.size() == 2);
      assertThat(genotype.reduction()).isEqualTo(darts.reduction());
      assertThat(genotype.normal().equals(darts.normal())).isEqualTo(found <= skips);
      restricted += found > skips ? 1 : 0;
    }
    assertThat(restricted > 0).isEqualTo(skips < 8);
  }

  @Test
  void givenWeightsStayAsTheyAre() {
    float[][] mixing = {{.5f, .4f}, {.5f, .4f}};
    derive(0, mixing, List.of(Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3), 1);

    assertThat(mixing).isDeepEqualTo(new float[][] {{.5f, .4f}, {.5f, .4f}});
  }

  @Test
  void refusesWhatIsNoCountOrNoMixing() {
    assertThatThrownBy(() -> new RestrictedSkipDerivation(-1))
        .hasMessage("skips must be >= 0, got -1");
    assertThatThrownBy(() -> derive(2, new float[2][2], NONE_SKIP_SEP, 1))
        .hasMessage("Cannot derive the normal cell: edge 0 has 2 mixing weights, got 3 operations");
  }

  private static String derive(int skips, float[][] mixing, List<Operation> operations, int nodes) {
    return new RestrictedSkipDerivation(skips)
        .derive(mixing, mixing, operations, nodes)
        .normal()
        .text();
  }
}
