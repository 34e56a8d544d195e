package dev.fletch.architecture;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The chosen edges of one kind of cell. The cell's output is the concatenation of its nodes, in
 * their order.
 *
 * <p>DARTS keeps two genes per node, the stronger first; other methods may keep any number. A node
 * may use one input more than once. A node without any gene is isolated: it has no value, and the
 * output does without it (Chu et al., 2020; xiaomi-automl/FairDARTS, {@code model.py}).
 *
 * @param nodes the genes of each node, at least one node; node i may use the states 0 to i + 1
 */
public record CellGenotype(List<List<Gene>> nodes) implements Serializable {
  public CellGenotype {
    nodes = nodes.stream().map(List::copyOf).toList();
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("Invalid cell: it must have at least one node");
    }
    for (int node = 0; node < nodes.size(); node++) {
      for (Gene gene : nodes.get(node)) {
        if (gene.input() > lastInput(node)) {
          throw new IllegalArgumentException(
              "Invalid cell: node %d has the gene %s, but may only use the inputs 0 to %d"
                  .formatted(node, gene, lastInput(node)));
        }
      }
    }
  }

  /**
   * Reads what {@link #text()} writes.
   *
   * @throws GenotypeFormatException if {@code text} is not a cell
   */
  public static CellGenotype parse(String text) {
    return new GenotypeParser(text).cell();
  }

  /**
   * Edges of a cell are numbered node by node, then by input, as the rows of alpha are.
   *
   * @return the number of the edge into {@code node} from input 0, which is how many edges the
   *     nodes before it have
   */
  static int firstEdge(int node) {
    return node * (node + 3) / 2;
  }

  /** The last state that {@code node} may use: that of the node before it. */
  static int lastInput(int node) {
    return node + 1;
  }

  /** How often {@code operation} occurs. */
  public int count(Operation operation) {
    return (int)
        nodes.stream().flatMap(List::stream).filter(g -> g.operation() == operation).count();
  }

  /** Whether no node has a gene, so that the cell has no output. */
  public boolean isEmpty() {
    return nodes.stream().allMatch(List::isEmpty);
  }

  /**
   * The same cell without the genes that read an isolated node: they carry nothing. A node that
   * loses all its genes is isolated in turn.
   */
  public CellGenotype connected() {
    List<List<Gene>> kept = new ArrayList<>();
    for (List<Gene> genes : nodes) {
      kept.add(
          genes.stream()
              .filter(gene -> gene.input() < 2 || !kept.get(gene.input() - 2).isEmpty())
              .toList());
    }
    return new CellGenotype(kept);
  }

  /**
   * The same cell with the genes of each node in a fixed order, which means nothing to a network.
   */
  CellGenotype sorted() {
    Comparator<Gene> order = Comparator.comparingInt(Gene::input).thenComparing(Gene::operation);
    return new CellGenotype(
        nodes.stream().map(genes -> genes.stream().sorted(order).toList()).toList());
  }

  /** {@code sep_conv_3x3:0,skip_connect:1|...}: genes by comma, nodes by bar. */
  public String text() {
    return nodes.stream()
        .map(genes -> genes.stream().map(Gene::toString).collect(Collectors.joining(",")))
        .collect(Collectors.joining("|"));
  }

  @Override
  public String toString() {
    return text();
  }
}
