package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecurrentCellTest {
  private static final RecurrentCell TWO =
      new RecurrentCell(List.of(new Gene(Operation.TANH, 0), new Gene(Operation.IDENTITY, 1)));

  @Test
  void isWrittenInOneLineAndAsJson() {
    assertThat(TWO.text()).isEqualTo("recurrent=[tanh:0|identity:1]");
    assertThat(TWO.json().toString()).isEqualTo("{\"recurrent\":\"tanh:0|identity:1\"}");
    RecurrentCell last = new RecurrentCell(TWO.nodes(), List.of(2));
    assertThat(last.text()).isEqualTo("recurrent=[tanh:0|identity:1] output=[2]");
    assertThat(last.json().toString())
        .isEqualTo("{\"recurrent\":\"tanh:0|identity:1\",\"output\":[2]}");
    assertThat(last.describesSameNetworkAs(TWO)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(PublishedRecurrentCells.class)
  void isReadAsItIsWritten(PublishedRecurrentCells published) {
    RecurrentCell cell = published.cell();

    assertThat(Architecture.parse(cell.text())).isEqualTo(cell);
    assertThat(Architecture.read(cell.json(), "$")).isEqualTo(cell);
    assertThat(Architecture.readDocument("{\"genotype\": " + cell.json() + "}")).isEqualTo(cell);
    assertThat(PublishedRecurrentCells.find(published.text())).contains(cell);
    assertThat(PublishedGenotypes.names()).doesNotContain(published.text());
  }

  /** As published: quark0/darts, {@code rnn/genotypes.py}. */
  @Test
  void readsTheNotationOfPython() {
    assertThat(
            Architecture.parse(
                "DARTS_V2 = Genotype(recurrent=[('sigmoid', 0), ('relu', 1), ('relu', 1),"
                    + " ('identity', 1), ('tanh', 2), ('sigmoid', 5), ('tanh', 3), ('relu', 5)],"
                    + " concat=range(1, 9))"))
        .isEqualTo(PublishedRecurrentCells.DARTS_V2.cell());
    assertThat(
            Architecture.parse(
                """
                ENAS = Genotype(
                    recurrent = [
                        ('tanh', 0), ('tanh', 1), ('relu', 1), ('tanh', 3), ('tanh', 3), ('relu', 3),
                        ('relu', 4), ('relu', 7), ('relu', 8), ('relu', 8), ('relu', 8),
                    ],
                    concat = [2, 5, 6, 9, 10, 11]
                )
                """))
        .isEqualTo(PublishedRecurrentCells.ENAS.cell());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "recurrent=[tanh:1]; character 17: found '1', expected a state from 0 to 0 for node 0",
        "recurrent=[tahn:0]; expected one of tanh, relu, sigmoid, identity; did you mean tanh?",
        "recurrent=[none:0]; found 'none', expected one of tanh, relu, sigmoid, identity",
        "recurrent=[tanh:0|]; found ']'",
        "recurrent=[]; found ']', expected one of tanh",
        "recurrent=[tanh:0] output=[2]; found '2', expected a state from 1 to 1",
        "recurrent=[tanh:0] output=[0]; must be the mean of ascending states from 1 to 1, got [0]",
        "recurrent=[tanh:0|tanh:0] output=[2,1]; must be the mean of ascending states from 1 to 2",
        "recurrent=[tanh:0] more; found 'more', expected 'output'",
        "Genotype(recurrent=[('tanh', 1)], concat=range(1, 2)); a state from 0 to 0 for node 0",
        "Genotype(recurrent=[('tanh', 0)], concat=range(1, 3)); ascending states from 1 to 1",
      })
  void refusesWhatIsNoCell(String text, String message) {
    assertThatThrownBy(() -> Architecture.parse(text))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"recurrent\": \"tanh:0|relu:2\"}; at $.recurrent: Invalid genotype at character 13",
        "{\"recurrent\": 3}; Invalid genotype in JSON at $.recurrent: found number",
        "{\"recurrent\": \"tanh:0\", \"concat\": [1]}; at $.concat: found an unknown key",
        "{\"recurrent\": \"tanh:0\", \"output\": [2]}; ascending states from 1 to 1, got [2]",
      })
  void refusesJsonThatIsNoCell(String json, String message) {
    assertThatThrownBy(() -> Architecture.readDocument(json))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void hasFunctionsOnly() {
    assertThatThrownBy(() -> new RecurrentCell(List.of(new Gene(Operation.SEP_CONV_3X3, 0))))
        .hasMessage(
            "Invalid recurrent cell: node 0 has the gene sep_conv_3x3:0, but its function must be"
                + " of [none, tanh, relu, sigmoid, identity]");
  }

  @Test
  void isTheNetworkOfASupernetUnderOneHotWeights() {
    float[] mixing = DiscreteMixing.of(TWO, Operation.RECURRENT);

    assertThat(mixing)
        .containsExactly(
            0, 1, 0, 0, 0, /* node 1 */ 0, 0, 0, 0, 0, /* from node 0 */ 0, 0, 0, 0, 1);
    float[][] rows = {{0, 1, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 1}};
    for (Derivation rule :
        List.of(new DartsDerivation(), new TopPairsDerivation(), new ThresholdDerivation(.5))) {
      assertThat(rule.deriveRecurrent(rows, Operation.RECURRENT, 2)).isEqualTo(TWO);
    }
  }

  @Test
  void everyNodeNeedsItsGene() {
    float[][] rows = {{.9f, .1f}, {.2f, .3f}, {.9f, .1f}};
    List<Operation> operations = List.of(Operation.NONE, Operation.TANH);

    assertThat(new ThresholdDerivation(0).deriveRecurrent(rows, operations, 2).text())
        .isEqualTo("recurrent=[tanh:0|tanh:0]");
    assertThatThrownBy(() -> new ThresholdDerivation(.2).deriveRecurrent(rows, operations, 2))
        .hasMessageContaining("a node has the genes [], but must have one");
    assertThatThrownBy(() -> new DartsDerivation().deriveRecurrent(rows, operations, 3))
        .hasMessage("Cannot derive the recurrent cell: 3 nodes need 6 edges, got 3");
  }

  @Test
  void randomOnesAreAFunctionOfSeedAndNumberAndTakeEveryEdgeAndFunction() {
    Set<String> genes = new HashSet<>();
    for (int number = 0; number < 200; number++) {
      RecurrentCell drawn = RandomGenotype.recurrent(7, number, 3, Operation.RECURRENT);
      assertThat(drawn)
          .isEqualTo(RandomGenotype.recurrent(7, number, 3, Operation.RECURRENT))
          .isNotEqualTo(RandomGenotype.recurrent(8, number, 3, Operation.RECURRENT));
      for (int node = 0; node < 3; node++) {
        genes.add(node + " " + drawn.nodes().get(node));
      }
    }
    assertThat(genes).hasSize((1 + 2 + 3) * 4);
  }

  /** A node that drew none would have no value. */
  @Test
  void randomPathsHaveOneEdgeANodeAndNeverNone() {
    CellTopology topology = CellTopology.recurrent(3);
    for (int number = 0; number < 100; number++) {
      float[] path = RandomPath.of(1, number, topology, Operation.RECURRENT);
      float[][] rows = new float[6][5];
      for (int i = 0; i < path.length; i++) {
        rows[i / 5][i % 5] = path[i];
      }
      RecurrentCell cell =
          new ThresholdDerivation(.5).deriveRecurrent(rows, Operation.RECURRENT, 3);
      assertThat(DiscreteMixing.of(cell, Operation.RECURRENT)).isEqualTo(path);
    }
  }

  @Test
  void thePlainCellHasOneFunctionAndNoState() {
    RecurrentCell plain = RecurrentCell.parse("recurrent=[tanh]");

    assertThat(plain).isEqualTo(RecurrentCell.PLAIN);
    assertThat(plain.isPlain()).isTrue();
    assertThat(plain.text()).isEqualTo("recurrent=[tanh]");
    assertThat(plain.json().toString()).isEqualTo("{\"recurrent\":\"tanh\"}");
    assertThat(RecurrentCell.read(plain.json(), "$")).isEqualTo(plain);
    assertThat(RecurrentCell.parse("recurrent=[tanh:0]")).isNotEqualTo(plain);
    assertThat(PublishedRecurrentCells.find("baseline-tanh")).contains(plain);
  }
}
