package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/** The mixing weights of one kind of cell, checked, and what derivation rules ask of them. */
final class CellMixing {
  /** Sorting a list is stable, so among equals the lower input and operation come first. */
  static final Comparator<Choice> STRONGEST_FIRST =
      Comparator.comparingDouble(choice -> -choice.weight());

  /** An operation on an edge, with its mixing weight. */
  record Choice(Gene gene, int edge, float weight) {}

  private final float[][] weights;
  private final List<Operation> operations;
  private final int nodes;

  private CellMixing(float[][] weights, List<Operation> operations, int nodes) {
    this.weights = weights;
    this.operations = operations;
    this.nodes = nodes;
  }

  /** The arguments are those of {@link Derivation#derive}. */
  static CellMixing normal(float[][] weights, List<Operation> operations, int nodes) {
    return checked("normal", weights, operations, nodes);
  }

  /** The arguments are those of {@link Derivation#derive}. */
  static CellMixing reduction(float[][] weights, List<Operation> operations, int nodes) {
    return checked("reduction", weights, operations, nodes);
  }

  /** The same but for the weight of {@code choice}, which is 0. */
  CellMixing without(Choice choice) {
    float[][] left = Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new);
    left[choice.edge()][operations.indexOf(choice.gene().operation())] = 0;
    return new CellMixing(left, operations, nodes);
  }

  int nodes() {
    return nodes;
  }

  /** The cell of the choices that {@code rule} makes for each node, in their order. */
  CellGenotype cell(IntFunction<List<Choice>> rule) {
    List<List<Gene>> cell = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      cell.add(rule.apply(node).stream().map(Choice::gene).toList());
    }
    return new CellGenotype(cell);
  }

  /** Every operation but NONE on every edge into {@code node}, by input, then in given order. */
  List<Choice> choices(int node) {
    List<Choice> choices = new ArrayList<>();
    int firstEdge = CellGenotype.firstEdge(node);
    for (int input = 0; input <= CellGenotype.lastInput(node); input++) {
      float[] row = weights[firstEdge + input];
      for (int k = 0; k < row.length; k++) {
        if (operations.get(k) != Operation.NONE) {
          choices.add(new Choice(new Gene(operations.get(k), input), firstEdge + input, row[k]));
        }
      }
    }
    return choices;
  }

  /**
   * The edges into {@code node}, each with its strongest operation, strongest first. NONE counts
   * neither as operation nor as strength; ties go to the lower input and the operation named first.
   */
  List<Choice> edges(int node) {
    Choice[] best = new Choice[CellGenotype.lastInput(node) + 1];
    for (Choice choice : choices(node)) {
      int input = choice.gene().input();
      if (best[input] == null || choice.weight() > best[input].weight()) {
        best[input] = choice;
      }
    }
    return Arrays.stream(best).sorted(STRONGEST_FIRST).toList();
  }

  private static CellMixing checked(
      String name, float[][] mixing, List<Operation> operations, int nodes) {
    if (operations.stream().allMatch(o -> o == Operation.NONE)) {
      throw new IllegalArgumentException(
          "Cannot derive a genotype from the operations " + operations + ": all are none");
    }
    int edges = CellGenotype.firstEdge(nodes);
    if (nodes < 1 || mixing.length != edges) {
      throw new IllegalArgumentException(
          "Cannot derive the %s cell: %d nodes need %d edges, got %d"
              .formatted(name, nodes, edges, mixing.length));
    }
    for (int edge = 0; edge < edges; edge++) {
      check(name, edge, mixing[edge], operations.size());
    }
    return new CellMixing(mixing, operations, nodes);
  }

  private static void check(String name, int edge, float[] row, int operations) {
    if (row.length != operations) {
      throw new IllegalArgumentException(
          "Cannot derive the %s cell: edge %d has %d mixing weights, got %d operations"
              .formatted(name, edge, row.length, operations));
    }
    for (float weight : row) {
      if (Float.isNaN(weight)) {
        throw new IllegalArgumentException(
            "Cannot derive the %s cell: edge %d has a mixing weight that is not a number"
                .formatted(name, edge));
      }
    }
  }
}
