package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations by which a node multiplies what enters it, and genotypes with them. */
class MultipliedTest {
  private static final Operation IDENTITY = Operation.IDENTITY;
  private static final Operation SEP = new Operation("sep_conv_3");
  private static final List<Operation> FOUR =
      List.of(IDENTITY, SEP, IDENTITY.multiplied(), SEP.multiplied());
  private static final String CELL =
      "sep_conv_3+relu*:1,identity*:0|sep_conv_3:0,sep_conv_3:2|identity*:3,identity*:3";

  @Test
  void haveAMarkBehindTheirName() {
    Operation activated = SEP.with("relu").multiplied();

    assertThat(activated.text()).isEqualTo("sep_conv_3+relu*");
    assertThat(activated.aggregation()).isEqualTo(Aggregation.MULTIPLY);
    assertThat(activated.alone()).isEqualTo(SEP.with("relu"));
    assertThat(SEP.alone()).isEqualTo(SEP);
    assertThat(SEP.aggregation()).isEqualTo(Aggregation.ADD);
    assertThat(IDENTITY.multiplied().isSkip()).isFalse();
  }

  @Test
  void areKnownWhereverTheOperationIsButNotListed() {
    assertThat(Operation.find("sep_conv_3x3*")).contains(Operation.SEP_CONV_3X3.multiplied());
    assertThat(Operation.find("attention+tanh*")).isPresent();
    assertThat(Operation.find("none*")).isEmpty();
    assertThat(Operation.find("sep_conv_3**")).isEmpty();
    assertThat(Operation.names()).doesNotContain("*");
    List<Operation> known = Operation.known();
    assertThat(known).startsWith(Operation.DARTS.toArray(Operation[]::new));
    int first = known.indexOf(Operation.MAX_POOL_3X3.multiplied());
    assertThat(known.subList(0, first)).allMatch(o -> o.aggregation() == Aggregation.ADD);
    assertThat(known.subList(first, known.size()))
        .hasSize(first - 1)
        .allMatch(o -> o.aggregation() == Aggregation.MULTIPLY);
  }

  @Test
  void areReadAndWritten() {
    CellPair cells = CellPair.parse("cell=[" + CELL + "]");

    assertThat(cells.text()).isEqualTo("cell=[" + CELL + "]");
    assertThat(CellPair.read(cells.json(), "$")).isEqualTo(cells);
    assertThat(
            CellPair.parse(
                    "Genotype(normal=[('sep_conv_3x3*', 1), ('skip_connect*', 0)],"
                        + " normal_concat=range(2, 3), reduce=[('skip_connect', 0),"
                        + " ('skip_connect', 1)], reduce_concat=range(2, 3))")
                .text())
        .isEqualTo(
            "normal=[sep_conv_3x3*:1,skip_connect*:0] reduction=[skip_connect:0,skip_connect:1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "identity:0,identity*:1; character 7: found the genes [identity:0, identity*:1]",
        "identity*:0; character 7: found the genes [identity*:0]",
        "identity:0|identity*:0,identity*:1,identity*:2; character 18: found the genes"
            + " [identity*:0, identity*:1, identity*:2]"
      })
  void aNodeThatCannotBeJoinedIsRefused(String nodes, String message) {
    assertThatThrownBy(() -> CellPair.parse("cell=[" + nodes + "]"))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageStartingWith("Invalid genotype at " + message)
        .hasMessageContaining(", expected genes that all add, or two that multiply;");
    assertThatThrownBy(
            () ->
                CellPair.parse(
                    "Genotype(normal=[('skip_connect*', 1), ('skip_connect', 0)],"
                        + " normal_concat=range(2, 3), reduce=[], reduce_concat=[])"))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageContaining("found the genes [skip_connect*:1, skip_connect:0]");
    assertThatThrownBy(
            () ->
                new CellGenotype(List.of(List.of(new Gene(SEP, 0), new Gene(SEP.multiplied(), 1)))))
        .hasMessage(
            "Invalid cell: node 0 has the genes [sep_conv_3:0, sep_conv_3*:1], but must have genes"
                + " that all add, or two that multiply");
  }

  /** A product with what has no value has none. */
  @Test
  void aProductThatLosesAnInputIsIsolated() {
    assertThat(CellGenotype.parse("|identity*:0,identity*:2|identity:0,identity:3").connected())
        .isEqualTo(CellGenotype.parse("||identity:0"));
  }

  @Test
  void portsOfGenomesHaveNone() {
    assertThatThrownBy(() -> new PortGene(SEP.multiplied(), Activation.RELU))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid genome: a port has sep_conv_3*, but its node says whether it multiplies; write"
                + " sep_conv_3");
  }

  /** Two nodes: edges 0 and 1, then 2, 3 and 4; columns as in {@link #FOUR}. */
  @Test
  void aNodeTakesTheStrongerPair() {
    float[][] mixing = {
      {0.5f, 0.1f, 0.3f, 0.1f},
      {0.1f, 0.2f, 0.1f, 0.6f}, // added 0.5 + 0.2, multiplied 0.3 + 0.6
      {0.9f, 0.1f, 0.1f, 0.1f},
      {0.1f, 0.1f, 0.45f, 0.1f},
      {0.3f, 0.1f, 0.1f, 0.7f} // added 0.9 + 0.3, multiplied 0.7 + 0.45
    };

    assertThat(new DartsDerivation().deriveOneKind(mixing, FOUR, 2).text())
        .isEqualTo("cell=[sep_conv_3*:1,identity*:0|identity:0,identity:2]");
    mixing[2][0] = 0.875f;
    mixing[4][0] = 0.25f;
    mixing[3][2] = 0.375f;
    mixing[4][3] = 0.75f; // a tie, of 1.125
    assertThat(new DartsDerivation().deriveOneKind(mixing, FOUR, 2).text())
        .endsWith("|identity:0,identity:2]");
    mixing[4][3] = 0.8125f;
    assertThat(new DartsDerivation().deriveOneKind(mixing, FOUR, 2).text())
        .endsWith("|sep_conv_3*:2,identity*:1]");
  }

  @Test
  void aSpaceMayHaveNoOthers() {
    float[][] mixing = {{-0.5f, -0.1f}, {-0.1f, -0.2f}};

    assertThat(
            new DartsDerivation()
                .deriveOneKind(mixing, List.of(IDENTITY.multiplied(), SEP.multiplied()), 1)
                .text())
        .isEqualTo("cell=[sep_conv_3*:0,identity*:1]");
  }

  @Test
  void rulesThatMayLeaveAProductOneInputSaySo() {
    assertThat(new DartsDerivation().withoutProducts()).isEmpty();
    assertThat(new ThresholdDerivation(0.5).withoutProducts())
        .contains("its genotypes may leave a node with one input, and a product takes two");
    assertThat(new RestrictedSkipDerivation(2).withoutProducts()).isPresent();
    assertThat(new TopPairsDerivation().withoutProducts())
        .contains("both inputs of a node may be of one edge, and a product is one of two edges");
  }

  @Test
  void whatIsDerivedIsItsOwnMixing() {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      CellPair cells = new DartsDerivation().deriveOneKind(Mixings.random(random, 3, 4), FOUR, 3);
      float[] discrete = DiscreteMixing.of(cells, FOUR);
      float[][] rows = new float[9][4];
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(discrete, row * 4, rows[row], 0, 4);
      }
      assertThat(new DartsDerivation().deriveOneKind(rows, FOUR, 3).describesSameNetworkAs(cells))
          .isTrue();
    }
  }

  @Test
  void randomGenotypesHaveThem() {
    int products = 0;
    for (int number = 0; number < 100; number++) {
      CellPair cells = RandomGenotype.of(5, number, CellTopology.convolutional(1, 4), FOUR);
      for (List<Gene> genes : cells.normal().nodes()) {
        products += CellGenotype.aggregation(genes) == Aggregation.MULTIPLY ? 1 : 0;
      }
    }
    // 400 nodes, half of them on average, five standard deviations
    assertThat(products).isBetween(150, 250);
  }
}
