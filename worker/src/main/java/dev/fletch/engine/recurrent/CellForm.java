package dev.fletch.engine.recurrent;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a recurrent cell looks like to its kernels.
 *
 * @param size C, values of a word's vector and of a state
 * @param nodes in their order; each reads some states before it, state 0 being the one made of word
 *     and memory
 * @param columns for each column of the mixing weights the number of its function as {@link #TANH},
 *     or {@link #NONE}
 * @param normalised whether one batch norm, without scale and shift, serves every state
 * @param outputs the states whose mean the cell gives and remembers
 * @param gated whether state 0 lets something of the memory through; if not, it is tanh of word and
 *     memory, as in a plain recurrent network, and its matrix is {@code [2 C, C]}
 */
public record CellForm(
    int size,
    List<Node> nodes,
    List<Integer> columns,
    boolean normalised,
    List<Integer> outputs,
    boolean gated) {
  /** No function: the column weighs nothing. */
  public static final int NONE = -1;

  public static final int TANH = Gate.TANH;
  public static final int RELU = Gate.RELU;
  public static final int SIGMOID = Gate.SIGMOID;
  public static final int IDENTITY = Gate.IDENTITY;

  /**
   * The states that a node reads, which lie side by side.
   *
   * @param first of them
   * @param count of them; each has a row of mixing weights
   */
  public record Node(int first, int count) {}

  public CellForm {
    nodes = List.copyOf(nodes);
    columns = List.copyOf(columns);
    outputs = List.copyOf(outputs);
    int last = nodes.size();
    if (outputs.isEmpty() || outputs.stream().anyMatch(state -> state < 0 || state > last)) {
      throw new IllegalArgumentException(
          "Invalid cell: its output must be of the states 0 to %d, got %s"
              .formatted(last, outputs));
    }
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      if (node.first() < 0 || node.count() < 1 || node.first() + node.count() > i + 1) {
        throw new IllegalArgumentException(
            "Invalid cell: node %d reads %d states from %d on, of %d"
                .formatted(i, node.count(), node.first(), i + 1));
      }
    }
  }

  /** Whose output is the mean of all nodes, as in a search. */
  public CellForm(int size, List<Node> nodes, List<Integer> columns, boolean normalised) {
    this(
        size,
        nodes,
        columns,
        normalised,
        IntStream.rangeClosed(1, nodes.size()).boxed().toList(),
        true);
  }

  /** Columns of the matrix of word and memory, in states. */
  int halvesOfFirst() {
    return gated ? 2 : 1;
  }

  /** Rows of mixing weights: what enters all nodes. */
  public int edges() {
    return nodes.stream().mapToInt(Node::count).sum();
  }

  /** Length of the mixing weights, {@code [edges, columns]}. */
  public int mixing() {
    return edges() * columns.size();
  }

  /** The weights of the functions of each edge, from {@code [edges, columns]}. */
  float[][] ofFunctions(float[] mixing) {
    float[][] weights = new float[edges()][Gate.FUNCTIONS];
    for (int edge = 0; edge < weights.length; edge++) {
      for (int column = 0; column < columns.size(); column++) {
        int function = columns.get(column);
        if (function != NONE) {
          weights[edge][function] += mixing[edge * columns.size() + column];
        }
      }
    }
    return weights;
  }

  /** The gradient of the mixing weights, from that of the functions' weights. */
  float[] ofColumns(double[][] functions) {
    float[] gradient = new float[mixing()];
    for (int edge = 0; edge < functions.length; edge++) {
      for (int column = 0; column < columns.size(); column++) {
        int function = columns.get(column);
        gradient[edge * columns.size() + column] =
            function == NONE ? 0 : (float) functions[edge][function];
      }
    }
    return gradient;
  }

  /** The first edge of every node. */
  int[] firstEdges() {
    int[] first = new int[nodes.size()];
    for (int i = 1; i < first.length; i++) {
      first[i] = first[i - 1] + nodes.get(i - 1).count();
    }
    return first;
  }
}
