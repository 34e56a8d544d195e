package dev.fletch.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The architecture of a network as genes, from which it grows by evolution (Stanley and
 * Miikkulainen, 2002): nodes, and connections with innovation numbers. The states are the input,
 * number {@value #INPUT}, and the nodes, by their keys. Several enabled connections that enter one
 * port are added; two between the same places are as one. What is computed of it is its {@link
 * #phenotype}.
 *
 * @param nodes at least one, in ascending order of their keys
 * @param connections in ascending order of their innovation numbers; all of them, those that are
 *     disabled too, lead forward, so that any may be enabled
 * @param output the key of the node whose value is the output
 */
public record Genome(List<NodeGene> nodes, List<ConnectionGene> connections, int output)
    implements Architecture {
  /** The state that is the input. */
  public static final int INPUT = 0;

  public Genome {
    nodes = List.copyOf(nodes);
    connections = List.copyOf(connections);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("Invalid genome: it must have at least one node");
    }
    requireAscending("key", nodes, NodeGene::key);
    requireAscending("innovation number", connections, ConnectionGene::innovation);
    requireEnds(nodes, connections, output);
    ForwardGraph.of(connections);
  }

  private static <T> void requireAscending(String what, List<T> genes, ToIntFunction<T> number) {
    for (int n = 1; n < genes.size(); n++) {
      int last = number.applyAsInt(genes.get(n - 1));
      int next = number.applyAsInt(genes.get(n));
      if (next <= last) {
        throw new IllegalArgumentException(
            "Invalid genome: the %s %d stands after %d; each must stand once, in ascending order"
                .formatted(what, next, last));
      }
    }
  }

  private static void requireEnds(
      List<NodeGene> nodes, List<ConnectionGene> connections, int output) {
    Set<Integer> keys = nodes.stream().map(NodeGene::key).collect(Collectors.toSet());
    for (ConnectionGene connection : connections) {
      if (connection.from() != INPUT) {
        requireNode(keys, connection.from(), "connection " + connection + " leaves");
      }
      requireNode(keys, connection.to(), "connection " + connection + " enters");
    }
    requireNode(keys, output, "the output is");
  }

  private static void requireNode(Set<Integer> keys, int key, String who) {
    if (!keys.contains(key)) {
      throw new IllegalArgumentException(
          "Invalid genome: %s node %d, which is not among its nodes %s"
              .formatted(who, key, keys.stream().sorted().toList()));
    }
  }

  /**
   * A genome.
   *
   * @throws IllegalArgumentException if {@code architecture} is of another kind
   */
  public static Genome of(Architecture architecture) {
    if (architecture instanceof Genome genome) {
      return genome;
    }
    throw new IllegalArgumentException("must be a genome, got " + architecture.text());
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws GenotypeFormatException if {@code text} is not a genome
   */
  public static Genome parse(String text) {
    return new GenomeParser(text).genome();
  }

  /**
   * Reads what {@link #json} writes, inside a larger document.
   *
   * @param path where {@code node} stands, for messages: {@code $.candidates[0].genotype}
   * @throws GenotypeFormatException if {@code node} is not a genome
   */
  public static Genome read(JsonNode node, String path) {
    return GenomeJson.read(node, path);
  }

  /**
   * Reads what {@link #document} writes.
   *
   * @param json the whole of a file
   * @throws GenotypeFormatException if it is not a genome, or of a newer format
   */
  public static Genome readDocument(String json) {
    return GenomeJson.readDocument(json);
  }

  /** The content of a file of its own: as {@link #json}, with the number of the format. */
  public String document() {
    return GenomeJson.document(this);
  }

  /** The node of that key, which must be there. */
  public NodeGene node(int key) {
    return nodes.stream()
        .filter(node -> node.key() == key)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No node %d in %s".formatted(key, this)));
  }

  /** What is computed: the nodes that lead from the input to the output. */
  public Phenotype phenotype() {
    return Phenotype.of(this);
  }

  /** Whether both compute the same, however nodes are numbered and whatever leads nowhere. */
  @Override
  public boolean describesSameNetworkAs(Architecture other) {
    return other instanceof Genome genome && phenotype().isSameAs(genome.phenotype());
  }

  /**
   * One line: {@code genome output=1 nodes=[1:add(sep_conv_3x3+relu,skip_connect)]
   * connections=[1:0>1:I,2:0>1:J:off]}.
   */
  @Override
  public String text() {
    return "genome output=%d nodes=[%s] connections=[%s]"
        .formatted(output, texts(nodes, "|"), texts(connections, ","));
  }

  private static String texts(List<?> genes, String separator) {
    return genes.stream().map(Object::toString).collect(Collectors.joining(separator));
  }

  /**
   * {@code {"output": 1, "nodes": [{"key": 1, "i": {"operation": "...", "activation": "..."}, "j":
   * {...}, "aggregation": "add"}], "connections": [{"innovation": 1, "from": 0, "to": 1, "port":
   * "I", "enabled": true}]}}.
   */
  @Override
  public ObjectNode json() {
    return GenomeJson.tree(this);
  }

  @Override
  public String toString() {
    return text();
  }
}
