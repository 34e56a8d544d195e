package dev.fletch.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTopologyTest {
  /** 2 + 3 + 4 + 5 edges of a convolutional cell; 1 + 2 + ... + 8 of a recurrent one. */
  @ParameterizedTest
  @CsvSource({"2, 2, 4, 14, 28", "1, 1, 8, 36, 36", "2, 2, 1, 2, 4"})
  void countsEdgesAndRows(int kinds, int inputs, int nodes, int edges, int rows) {
    CellTopology topology = new CellTopology(kinds, inputs, nodes, 1);

    assertThat(topology.edges()).isEqualTo(edges);
    assertThat(topology.rows()).isEqualTo(rows);
    assertThat(topology.row(kinds - 1, edges - 1)).isEqualTo(rows - 1);
  }

  @ParameterizedTest
  @CsvSource({"2", "1"})
  void numbersEdgesNodeByNodeThenByState(int inputs) {
    CellTopology topology = new CellTopology(1, inputs, 5, 2);
    int edge = 0;
    for (int node = 0; node < 5; node++) {
      assertThat(topology.firstEdge(node)).isEqualTo(edge);
      for (int state = 0; state < topology.inputsOf(node); state++) {
        assertThat(topology.edge(node, state)).isEqualTo(edge);
        assertThat(topology.nodeOfEdge(edge)).isEqualTo(node);
        assertThat(topology.stateOfEdge(edge)).isEqualTo(state);
        edge++;
      }
    }
    assertThat(edge).isEqualTo(topology.edges());
  }

  @Test
  void statesAreInputsThenNodes() {
    CellTopology topology = CellTopology.convolutional(4);

    assertThat(List.of(topology.isInput(0), topology.isInput(1), topology.isInput(2)))
        .containsExactly(true, true, false);
    assertThat(topology.stateOf(0)).isEqualTo(2);
    assertThat(topology.nodeOf(topology.stateOf(3))).isEqualTo(3);
  }

  /** Cells 2 and 5 of 8 and 6 and 13 of 20 reduce (DARTS' code); so do all of the smallest ones. */
  @ParameterizedTest
  @CsvSource({"8, 2 5", "20, 6 13", "3, 1 2", "1, 0", "2, 0 1"})
  void stacksReduceAtThirds(int depth, String reductions) {
    CellStack stack = new CellStack(16, depth);
    StringBuilder reducing = new StringBuilder();
    for (int layer = 0; layer < depth; layer++) {
      reducing.append(stack.layer(layer).reduction() ? layer + " " : "");
    }
    int times = reductions.split(" ").length;

    assertThat(reducing.toString().trim()).isEqualTo(reductions);
    assertThat(stack.channels(depth - 1)).isEqualTo(16 << times);
    assertThat(stack.has(CellStack.kind(true))).isTrue();
    assertThat(stack.has(CellStack.kind(false))).isEqualTo(depth > times);
  }
}
