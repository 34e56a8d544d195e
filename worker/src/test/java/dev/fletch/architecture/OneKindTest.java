package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Architectures with one kind of cell. */
class OneKindTest {
  private static final String CELL = "sep_conv_3+relu:0,identity:1|max_pool_3:0,dil_conv_5:2";
  private static final CellPair ONE = CellPair.ofOneKind(CellGenotype.parse(CELL));

  @Test
  void areWrittenAndReadAsTheirCell() throws Exception {
    assertThat(ONE.text()).isEqualTo("cell=[" + CELL + "]");
    assertThat(Architecture.parse(" " + ONE.text())).isEqualTo(ONE);
    assertThat(ONE.json().toString()).isEqualTo("{\"cell\":\"" + CELL + "\"}");
    assertThat(Architecture.read(new ObjectMapper().readTree(ONE.json().toString()), "$"))
        .isEqualTo(ONE);
    assertThat(Architecture.readDocument("{\"genotype\": " + ONE.json() + ", \"id\": \"a\"}"))
        .isEqualTo(ONE);
    Genome genome = BaselineGenomes.TRANSFORMER_BLOCK.genome();
    assertThat(Architecture.readDocument(genome.document())).isEqualTo(genome);
  }

  @Test
  void areNotThoseOfTwoEqualCells() {
    CellGenotype cell = CellGenotype.parse(CELL);
    CellPair two = new CellPair(cell, cell);

    assertThat(two).isNotEqualTo(ONE);
    assertThat(two.describesSameNetworkAs(ONE)).isFalse();
    assertThat(
            ONE.describesSameNetworkAs(
                CellPair.parse("cell=[identity:1,sep_conv_3+relu:0|dil_conv_5:2,max_pool_3:0]")))
        .isTrue();
    assertThatThrownBy(() -> new CellPair(cell, CellGenotype.parse("identity:0|identity:1"), 1))
        .hasMessageStartingWith("Invalid genotype: 1 kinds of cells, ")
        .hasMessageEndingWith("must be 2, or 1 with equal cells");
  }

  @Test
  void sayWhatIsWrongWithTheirText() {
    assertThatThrownBy(() -> Architecture.parse("cell=[identity:0] reduction=[identity:0]"))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageContaining("'reduction'");
    assertThatThrownBy(() -> Architecture.readDocument("{\"cell\": \"identity:7\"}"))
        .isInstanceOf(GenotypeFormatException.class)
        .hasMessageContaining("$.cell");
  }

  @Test
  void haveOneMatrixOfAlphaThatStandsForBoth() {
    CellTopology topology = CellTopology.convolutional(1, 4);

    assertThat(topology.rows()).isEqualTo(14);
    assertThat(topology.row(0, 5)).isEqualTo(5);
    assertThat(topology.row(1, 5)).isEqualTo(5);
    assertThat(ONE.topology()).isEqualTo(CellTopology.convolutional(1, 2));
  }

  @Test
  void areDerivedWithTheTwoStrongestInputsOfANode() {
    float[][] mixing = {
      {0.1f, 0.5f}, {0.3f, 0.2f}, {0.2f, 0.1f}, {0.1f, 0.6f}, {0.7f, 0.2f},
    };
    List<Operation> operations = List.of(Operation.IDENTITY, new Operation("sep_conv_3+relu"));

    assertThat(new DartsDerivation().deriveOneKind(mixing, operations, 2))
        .hasToString("cell=[sep_conv_3+relu:0,identity:1|identity:2,sep_conv_3+relu:1]");
  }

  @Test
  void areDrawnAtRandom() {
    CellTopology topology = CellTopology.convolutional(1, 3);
    CellPair drawn = RandomGenotype.of(3, 1, topology, Operation.STRUCTURES);

    assertThat(drawn.isOfOneKind()).isTrue();
    assertThat(drawn.normal()).isEqualTo(RandomGenotype.of(3, 1, 3, Operation.STRUCTURES).normal());
    assertThat(RandomPath.of(3, 1, topology, Operation.STRUCTURES)).hasSize(9 * 13);
  }

  @Test
  void stackWithPoolsInThePlaceOfReductionCells() {
    CellStack stack = new CellStack(8, 4, 1, List.of(1, 3));

    assertThat(stack.layers())
        .containsExactly(
            new CellStack.Layer(8, false, 0),
            new CellStack.Layer(16, false, 1),
            new CellStack.Layer(16, false, 1),
            new CellStack.Layer(32, false, 2));
    assertThat(stack.has(CellStack.kind(true))).isFalse();
  }
}
