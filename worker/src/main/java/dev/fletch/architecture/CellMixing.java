package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** The mixing weights of one kind of cell, checked, and what derivation rules ask of them. */
public final class CellMixing {
  /** Sorting a list is stable, so among equals the lower input and operation come first. */
  static final Comparator<Choice> STRONGEST_FIRST =
      Comparator.comparingDouble(choice -> -choice.weight());

  /** An operation on an edge, with its mixing weight. */
  record Choice(Gene gene, int edge, float weight) {}

  private final float[][] weights;
  private final List<Operation> operations;
  private final CellTopology topology;

  private CellMixing(float[][] weights, List<Operation> operations, CellTopology topology) {
    this.weights = weights;
    this.operations = operations;
    this.topology = topology;
  }

  /** These weights but for that of {@code choice}, which is 0. */
  CellMixing without(Choice choice) {
    float[][] left = Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new);
    left[choice.edge()][operations.indexOf(choice.gene().operation())] = 0;
    return new CellMixing(left, operations, topology);
  }

  int nodes() {
    return topology.nodes();
  }

  /** Edges that a node keeps. */
  int kept() {
    return topology.kept();
  }

  /** The cell of the choices that {@code rule} makes for each node, in their order. */
  CellGenotype cell(IntFunction<List<Choice>> rule) {
    List<List<Gene>> cell = new ArrayList<>();
    for (int node = 0; node < nodes(); node++) {
      cell.add(rule.apply(node).stream().map(Choice::gene).toList());
    }
    return new CellGenotype(cell);
  }

  /** Every operation but NONE on every edge into {@code node}, by input, then in given order. */
  List<Choice> choices(int node) {
    List<Choice> choices = new ArrayList<>();
    for (int input = 0; input < topology.inputsOf(node); input++) {
      int edge = topology.edge(node, input);
      float[] row = weights[edge];
      for (int k = 0; k < row.length; k++) {
        if (!operations.get(k).isNone()) {
          choices.add(new Choice(new Gene(operations.get(k), input), edge, row[k]));
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
    return edges(choices(node));
  }

  /** The same of those operations alone that are joined so; no edges where there are none. */
  List<Choice> edges(int node, Aggregation aggregation) {
    return edges(
        choices(node).stream()
            .filter(choice -> choice.gene().operation().aggregation() == aggregation)
            .toList());
  }

  private List<Choice> edges(List<Choice> choices) {
    Choice[] best = new Choice[topology.inputsOf(nodes() - 1)];
    for (Choice choice : choices) {
      int input = choice.gene().input();
      if (best[input] == null || choice.weight() > best[input].weight()) {
        best[input] = choice;
      }
    }
    return Arrays.stream(best).filter(Objects::nonNull).sorted(STRONGEST_FIRST).toList();
  }

  /**
   * Checks the arguments of {@link Derivation#derive} that belong to one kind of cell.
   *
   * @param name of that kind, for messages
   */
  static CellMixing of(String name, float[][] mixing, List<Operation> operations, int nodes) {
    return of(name, mixing, operations, CellTopology.convolutional(nodes));
  }

  /** The same of cells of another kind. */
  static CellMixing of(
      String name, float[][] mixing, List<Operation> operations, CellTopology topology) {
    if (operations.stream().allMatch(Operation::isNone)) {
      throw new IllegalArgumentException(
          "Cannot derive a genotype from the operations " + operations + ": all are none");
    }
    int nodes = topology.nodes();
    int edges = topology.edges();
    if (mixing.length != edges) {
      throw new IllegalArgumentException(
          "Cannot derive the %s cell: %d nodes need %d edges, got %d"
              .formatted(name, nodes, edges, mixing.length));
    }
    for (int edge = 0; edge < edges; edge++) {
      check(name, edge, mixing[edge], operations.size());
    }
    return new CellMixing(mixing, operations, topology);
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
