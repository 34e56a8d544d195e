package dev.fletch.architecture;

import dev.fletch.settings.Checks;
import java.io.Serializable;

/**
 * What the cells of a search space look like before anything is chosen: how many kinds there are,
 * what a node may read, and how edges, and the rows of alpha with them, are numbered.
 *
 * <p>The states of a cell are its inputs, then its nodes; node i may read all states before it.
 * Edges are numbered node by node, then by the state that they leave. Alpha has a row per edge of
 * every kind of cell, the kinds one after the other.
 *
 * @param kinds of cells, each with an alpha of its own
 * @param inputs states that a cell reads
 * @param nodes intermediate nodes of a cell
 * @param kept edges that a node keeps in an architecture
 */
public record CellTopology(int kinds, int inputs, int nodes, int kept) implements Serializable {
  private static final int CONVOLUTIONAL_KINDS = 2;
  private static final int CONVOLUTIONAL_INPUTS = 2;
  private static final int CONVOLUTIONAL_KEPT = 2;

  public CellTopology {
    new Checks()
        .atLeast("kinds", kinds, 1)
        .atLeast("inputs", inputs, 1)
        .atLeast("nodes", nodes, 1)
        .atLeast("kept", kept, 1)
        .orThrow();
  }

  /**
   * Cells of convolutional networks (DARTS paper, section 2.1): a normal and a reduction cell, each
   * reading the two cells before it, and nodes that keep two edges.
   */
  public static CellTopology convolutional(int nodes) {
    return convolutional(CONVOLUTIONAL_KINDS, nodes);
  }

  /** The same with one kind of cell, or with both. */
  public static CellTopology convolutional(int kinds, int nodes) {
    return new CellTopology(kinds, CONVOLUTIONAL_INPUTS, nodes, CONVOLUTIONAL_KEPT);
  }

  /**
   * The cell of recurrent networks (DARTS paper, section 2.1): one kind, which reads one state,
   * made of the input and of what the cell gave before; nodes that keep one edge.
   */
  public static CellTopology recurrent(int nodes) {
    return new CellTopology(1, 1, nodes, 1);
  }

  /** Edges of one cell. */
  public int edges() {
    return firstEdge(nodes);
  }

  /** Edges of the nodes before {@code node}, which is the number of its edge from state 0. */
  public int firstEdge(int node) {
    return node * inputs + node * (node - 1) / 2;
  }

  /** States that {@code node} may read, which is how many edges enter it. */
  public int inputsOf(int node) {
    return inputs + node;
  }

  /** The edge into {@code node} from {@code state}. */
  public int edge(int node, int state) {
    return firstEdge(node) + state;
  }

  /** The node that {@code edge} enters. */
  public int nodeOfEdge(int edge) {
    int node = 0;
    while (firstEdge(node + 1) <= edge) {
      node++;
    }
    return node;
  }

  /** The state that {@code edge} leaves. */
  public int stateOfEdge(int edge) {
    return edge - firstEdge(nodeOfEdge(edge));
  }

  /** The number of {@code node} among the states. */
  public int stateOf(int node) {
    return inputs + node;
  }

  /** Whether {@code state} is an input of the cell. */
  public boolean isInput(int state) {
    return state < inputs;
  }

  /** The node that {@code state} is, if it is no input. */
  public int nodeOf(int state) {
    return state - inputs;
  }

  /** Rows of alpha. */
  public int rows() {
    return kinds * edges();
  }

  /**
   * The row of alpha that belongs to {@code edge} of the cells of {@code kind}. Where there are
   * fewer kinds, the last stands for it: the only one is normal and reduction cell alike.
   */
  public int row(int kind, int edge) {
    return Math.min(kind, kinds - 1) * edges() + edge;
  }
}
