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
 * <p>A node adds what enters it. Where its genes are multiplied ({@link Operation#multiplied}), all
 * of them are, there are two, and it is their product.
 *
 * <p>DARTS keeps two genes per node, the stronger first; other methods may keep any number. A node
 * may use one input more than once. A node without any gene is isolated: it has no value, and the
 * output does without it (Chu et al., 2020; xiaomi-automl/FairDARTS, {@code model.py}).
 *
 * @param nodes the genes of each node, at least one node; a node may use the states before it
 */
public record CellGenotype(List<List<Gene>> nodes) implements Serializable {
  private static final int FACTORS = 2;

  /** What {@link #areJoinable} asks for. */
  static final String JOINABLE = "genes that all add, or two that multiply";

  public CellGenotype {
    nodes = nodes.stream().map(List::copyOf).toList();
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("Invalid cell: it must have at least one node");
    }
    CellTopology topology = CellTopology.convolutional(nodes.size());
    for (int node = 0; node < nodes.size(); node++) {
      if (!areJoinable(nodes.get(node))) {
        throw new IllegalArgumentException(
            "Invalid cell: node %d has the genes %s, but must have %s"
                .formatted(node, nodes.get(node), JOINABLE));
      }
      for (Gene gene : nodes.get(node)) {
        if (gene.input() >= topology.inputsOf(node)) {
          throw new IllegalArgumentException(
              "Invalid cell: node %d has the gene %s, but may only use the inputs 0 to %d"
                  .formatted(node, gene, topology.inputsOf(node) - 1));
        }
      }
    }
  }

  /** Whether one node can have such genes: all are added, or two are multiplied. */
  static boolean areJoinable(List<Gene> genes) {
    long multiplied = genes.stream().filter(CellGenotype::isMultiplied).count();
    return multiplied == 0 || (multiplied == FACTORS && genes.size() == FACTORS);
  }

  private static boolean isMultiplied(Gene gene) {
    return gene.operation().aggregation() == Aggregation.MULTIPLY;
  }

  /** How a node with these genes joins what enters it. */
  public static Aggregation aggregation(List<Gene> genes) {
    return genes.stream().anyMatch(CellGenotype::isMultiplied)
        ? Aggregation.MULTIPLY
        : Aggregation.ADD;
  }

  /**
   * Reads what {@link #text()} writes.
   *
   * @throws GenotypeFormatException if {@code text} is not a cell
   */
  public static CellGenotype parse(String text) {
    return new GenotypeParser(text).cell();
  }

  /** What a cell of these nodes looks like. */
  public CellTopology topology() {
    return CellTopology.convolutional(nodes.size());
  }

  /** How often {@code operation} occurs. */
  public int count(Operation operation) {
    return (int)
        nodes.stream().flatMap(List::stream).filter(g -> g.operation().equals(operation)).count();
  }

  /** How many genes are skip connections. */
  public int skips() {
    return (int) nodes.stream().flatMap(List::stream).filter(g -> g.operation().isSkip()).count();
  }

  /** Whether no node has a gene, so that the cell has no output. */
  public boolean isEmpty() {
    return nodes.stream().allMatch(List::isEmpty);
  }

  /**
   * This cell without the genes that read an isolated node: they carry nothing. A node that loses
   * all its genes is isolated in turn, and so is one that multiplies and loses one of its two.
   */
  public CellGenotype connected() {
    CellTopology topology = topology();
    List<List<Gene>> kept = new ArrayList<>();
    for (List<Gene> genes : nodes) {
      List<Gene> left =
          genes.stream()
              .filter(
                  gene ->
                      topology.isInput(gene.input())
                          || !kept.get(topology.nodeOf(gene.input())).isEmpty())
              .toList();
      kept.add(areJoinable(left) ? left : List.of());
    }
    return new CellGenotype(kept);
  }

  /** This cell with the genes of each node in a fixed order, which means nothing to a network. */
  CellGenotype sorted() {
    Comparator<Gene> order =
        Comparator.comparingInt(Gene::input).thenComparing(gene -> gene.operation().text());
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
