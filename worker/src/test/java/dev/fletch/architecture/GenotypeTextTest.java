package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenotypeTextTest {
  private static final String TWO_NODES =
      "normal=[sep_conv_3x3:0,skip_connect:1|max_pool_3x3:2,dil_conv_5x5:0] "
          + "reduction=[avg_pool_3x3:1,sep_conv_5x5:0|max_pool_3x3:2,sep_conv_7x7:1]";

  @Test
  void readsEveryGene() {
    CellPair genotype = CellPair.parse(TWO_NODES);

    assertThat(genotype.normal().nodes())
        .containsExactly(
            List.of(new Gene(Operation.SEP_CONV_3X3, 0), new Gene(Operation.SKIP_CONNECT, 1)),
            List.of(new Gene(Operation.MAX_POOL_3X3, 2), new Gene(Operation.DIL_CONV_5X5, 0)));
    assertThat(genotype.reduction().nodes().get(1))
        .containsExactly(new Gene(Operation.MAX_POOL_3X3, 2), new Gene(Operation.SEP_CONV_7X7, 1));
    assertThat(genotype.nodes()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TWO_NODES,
        "normal=[skip_connect:0] reduction=[skip_connect:1]",
        "normal=[] reduction=[]",
        "normal=[sep_conv_3x3:0,sep_conv_5x5:1||max_pool_3x3:0|sep_conv_3x3:0] "
            + "reduction=[|||skip_connect:1]",
        "normal=[|||] reduction=[|||]",
        "normal=[|skip_connect:2|] reduction=[skip_connect:0||skip_connect:3,skip_connect:3]",
      })
  void writesWhatItRead(String text) {
    assertThat(CellPair.parse(text)).hasToString(text);
  }

  @Test
  void toleratesSpaceAroundTheCells() {
    assertThat(CellPair.parse("  " + TWO_NODES.replace("] ", "]\n  ") + "\n"))
        .isEqualTo(CellPair.parse(TWO_NODES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "\"\"; 1; the end; 'normal'",
        "Normal=[] reduction=[]; 1; 'Normal'; 'normal'",
        "normal=() reduction=[]; 8; '('; '['",
        "normal=[skip_connect] reduction=[]; 21; ']'; ':'",
        "normal=[skip_connect:0; 23; the end; ']'",
        "normal=[skip_connect:0,skip_connect:2] reduction=[]; 37; '2'; "
            + "an input from 0 to 1 for node 0",
        "normal=[|skip_connect:-1] reduction=[]; 23; '-1'; an input from 0 to 2 for node 1",
        "normal=[|skip_connect:12345678901] reduction=[|]; 23; '12345678901'; "
            + "an input from 0 to 2 for node 1",
        "normal=[skip_connect:] reduction=[]; 22; ']'; an input from 0 to 1 for node 0",
        "normal=[]; 10; the end; 'reduction'",
        "normal=[] reduction=[|]; 11; a reduction cell of 2 nodes; 1 nodes as in the normal cell",
        "normal=[] reduction=[] more; 24; 'more'; the end",
      })
  void refusesWrongTextWithItsPlace(String text, int position, String found, String expected) {
    assertThatThrownBy(() -> CellPair.parse(text))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessage(
            "Invalid genotype at character %d: found %s, expected %s; the notation is"
                + " normal=[sep_conv_3x3:0,skip_connect:1|sep_conv_3x3:0,max_pool_3x3:2|...]"
                + " reduction=[...], nodes parted by |, each gene an operation and its input",
            position, found, expected);
  }

  @Test
  void suggestsTheNearestOperation() {
    assertThatThrownBy(() -> CellPair.parse("normal=[sep_conv_3x4:0] reduction=[]"))
        .hasMessageStartingWith(
            "Invalid genotype at character 9: found 'sep_conv_3x4', expected one of max_pool_3x3,"
                + " avg_pool_3x3, skip_connect, sep_conv_3x3, sep_conv_5x5, dil_conv_3x3,"
                + " dil_conv_5x5, identity, sep_conv_1, sep_conv_3, sep_conv_5, dil_conv_1,"
                + " dil_conv_3, dil_conv_5, avg_pool_3, avg_pool_5, max_pool_3, max_pool_5,"
                + " attention, sep_conv_7x7, toy_half, toy_scale; did you mean sep_conv_3x3?;");
  }

  @Test
  void refusesNoneAsAnOperation() {
    assertThatThrownBy(() -> CellPair.parse("normal=[none:0] reduction=[]"))
        .hasMessageStartingWith("Invalid genotype at character 9: found 'none', expected one of")
        .hasMessageContaining("sep_conv_7x7, toy_half, toy_scale; the notation is");
  }

  @Test
  void refusesWrongValues() {
    assertThatThrownBy(() -> new Gene(Operation.NONE, 1))
        .hasMessage("Invalid gene none:1: a genotype leaves an edge out instead of naming none");
    assertThatThrownBy(() -> new Gene(Operation.SKIP_CONNECT, -1))
        .hasMessage("Invalid gene skip_connect:-1: the input must be >= 0");
    assertThatThrownBy(
            () -> new CellGenotype(List.of(List.of(new Gene(Operation.SKIP_CONNECT, 2)))))
        .hasMessage(
            "Invalid cell: node 0 has the gene skip_connect:2, but may only use the inputs 0 to 1");
    assertThatThrownBy(() -> new CellGenotype(List.of()))
        .hasMessage("Invalid cell: it must have at least one node");
    assertThatThrownBy(() -> new CellPair(CellGenotype.parse(""), CellGenotype.parse("|")))
        .hasMessage(
            "Invalid genotype: the normal cell has 1 nodes and the reduction cell 2;"
                + " they must agree");
  }

  /** Node 0 is isolated; so is node 2, which reads nothing else; node 3 keeps what reads node 1. */
  @Test
  void leavesOutWhatCarriesNothing() {
    CellGenotype cell =
        CellGenotype.parse(
            "|skip_connect:2,max_pool_3x3:1|sep_conv_3x3:2|sep_conv_3x3:4,skip_connect:3");

    assertThat(cell.connected().text()).isEqualTo("|max_pool_3x3:1||skip_connect:3");
    assertThat(cell.isEmpty()).isFalse();
    assertThat(CellGenotype.parse("|skip_connect:2|").connected().isEmpty()).isTrue();
    CellGenotype whole = PublishedGenotypes.DARTS_V2.genotype().normal();
    assertThat(whole.connected()).isEqualTo(whole);
  }

  @Test
  void genesThatCarryNothingDoNotMakeAnotherNetwork() {
    CellPair genotype = CellPair.parse("normal=[|skip_connect:1] reduction=[skip_connect:0|]");

    assertThat(
            genotype.describesSameNetworkAs(
                CellPair.parse(
                    "normal=[|sep_conv_3x3:2,skip_connect:1] reduction=[skip_connect:0|]")))
        .isTrue();
    assertThat(
            genotype.describesSameNetworkAs(
                CellPair.parse(
                    "normal=[|skip_connect:1] reduction=[skip_connect:0|skip_connect:2]")))
        .isFalse();
  }

  @Test
  void countsOperations() {
    CellGenotype cell = CellGenotype.parse("skip_connect:0,sep_conv_3x3:1|skip_connect:2");

    assertThat(cell.count(Operation.SKIP_CONNECT)).isEqualTo(2);
    assertThat(cell.count(Operation.SEP_CONV_3X3)).isEqualTo(1);
    assertThat(cell.count(Operation.MAX_POOL_3X3)).isZero();
  }
}
