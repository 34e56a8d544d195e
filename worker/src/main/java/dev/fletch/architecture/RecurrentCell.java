package dev.fletch.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The cell of a recurrent network (Liu et al., 2019, section 2.1 and appendix A.2): each node
 * applies one function to one state before it. State 0 is made of the word and of what the cell
 * gave at the time before; state i + 1 is node i.
 *
 * <p>A plain recurrent cell, tanh of word and memory, is written as one without nodes ({@link
 * #PLAIN}): its state 0 has no gate, and is what it gives.
 *
 * @param nodes a gene for each node; its operation is a function, one of {@link
 *     Operation#RECURRENT}, its input a state before the node
 * @param output the states, in ascending order and without state 0, whose mean is what the cell
 *     gives; all nodes wherever a search found it
 */
public record RecurrentCell(List<Gene> nodes, List<Integer> output) implements Genotype {
  /** tanh(W [word, memory]): what recurrent networks were before gates. */
  public static final RecurrentCell PLAIN = new RecurrentCell(List.of(), List.of(0));

  public RecurrentCell {
    nodes = List.copyOf(nodes);
    output = List.copyOf(output);
    if (nodes.isEmpty() && !output.equals(List.of(0))) {
      throw new IllegalArgumentException(
          "Invalid recurrent cell: it must have at least one node, or be plain tanh");
    }
    for (int node = 0; node < nodes.size(); node++) {
      Gene gene = nodes.get(node);
      if (gene.input() > node) {
        throw new IllegalArgumentException(
            "Invalid recurrent cell: node %d has the gene %s, but may only use the states 0 to %d"
                .formatted(node, gene, node));
      }
      if (!Operation.RECURRENT.contains(gene.operation())) {
        throw new IllegalArgumentException(
            "Invalid recurrent cell: node %d has the gene %s, but its function must be of %s"
                .formatted(node, gene, Operation.RECURRENT));
      }
    }
    if (!nodes.isEmpty()) {
      requireOutput(output, nodes.size());
    }
  }

  private static void requireOutput(List<Integer> output, int nodes) {
    boolean ascending = !output.isEmpty();
    for (int i = 0; i < output.size(); i++) {
      ascending &= output.get(i) > (i == 0 ? 0 : output.get(i - 1)) && output.get(i) <= nodes;
    }
    if (!ascending) {
      throw new IllegalArgumentException(
          "Invalid recurrent cell: its output must be the mean of ascending states from 1 to %d,"
                  .formatted(nodes)
              + " got "
              + output);
    }
  }

  /** Whether it is {@link #PLAIN}. */
  public boolean isPlain() {
    return nodes.isEmpty();
  }

  /** Whose output is the mean of all nodes. */
  public RecurrentCell(List<Gene> nodes) {
    this(nodes, allNodes(nodes.size()));
  }

  static List<Integer> allNodes(int nodes) {
    return IntStream.rangeClosed(1, nodes).boxed().toList();
  }

  /**
   * The one gene of a node.
   *
   * @throws IllegalArgumentException if {@code rule} gave it none
   */
  static Gene only(List<Gene> genes, Derivation rule) {
    if (genes.size() != 1) {
      throw new IllegalArgumentException(
          "Cannot derive a recurrent cell by %s: a node has the genes %s, but must have one"
              .formatted(rule, genes));
    }
    return genes.get(0);
  }

  /**
   * A recurrent cell.
   *
   * @throws IllegalArgumentException if {@code architecture} is of another kind
   */
  public static RecurrentCell of(Architecture architecture) {
    if (architecture instanceof RecurrentCell cell) {
      return cell;
    }
    throw new IllegalArgumentException("must be a recurrent cell, got " + architecture.text());
  }

  /**
   * Reads what {@link #text} writes, and the notation of Python code bases, {@code
   * Genotype(recurrent=[('sigmoid', 0), ...], concat=range(1, 9))}.
   *
   * @throws GenotypeFormatException if {@code text} is no recurrent cell
   */
  public static RecurrentCell parse(String text) {
    return new RecurrentParser(text).cell();
  }

  /**
   * Reads what {@link #json} writes, inside a larger document.
   *
   * @param path where {@code node} stands, for messages: {@code $.candidates[0].genotype}
   * @throws GenotypeFormatException if {@code node} is no recurrent cell
   */
  public static RecurrentCell read(JsonNode node, String path) {
    return RecurrentJson.read(node, path);
  }

  @Override
  public CellTopology topology() {
    return CellTopology.recurrent(nodes.size());
  }

  @Override
  public List<Gene> genes(int kind, int node) {
    return List.of(nodes.get(node));
  }

  /** Whether its output is the mean of all nodes, or there are none. */
  public boolean givesAllNodes() {
    return isPlain() || output.size() == nodes.size();
  }

  /** How many functions are the identity. */
  public int identities() {
    return (int) nodes.stream().filter(gene -> gene.operation().isSkip()).count();
  }

  /** The genes by bar: {@code sigmoid:0|relu:1|...}; {@code tanh} of the plain cell. */
  public String genesText() {
    return isPlain()
        ? RecurrentParser.PLAIN
        : nodes.stream().map(Gene::toString).collect(Collectors.joining("|"));
  }

  /**
   * One line: {@code recurrent=[sigmoid:0|relu:1|...]}, with {@code output=[2,5]} behind it where
   * that is not all nodes.
   */
  @Override
  public String text() {
    String text = "recurrent=[" + genesText() + "]";
    return givesAllNodes()
        ? text
        : text
            + output.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",", " output=[", "]"));
  }

  /**
   * {@code {"recurrent": "sigmoid:0|relu:1|..."}}, with {@code "output": [2, 5]} where that is not
   * all nodes.
   */
  @Override
  public ObjectNode json() {
    return RecurrentJson.tree(this);
  }

  @Override
  public boolean describesSameNetworkAs(Architecture other) {
    return equals(other);
  }

  @Override
  public String toString() {
    return text();
  }
}
