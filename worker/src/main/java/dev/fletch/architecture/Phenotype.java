package dev.fletch.architecture;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a genome is computed: the nodes that lead from the input to the output, each with the
 * ports that something enters. A node has a value if one of its ports does: if an enabled
 * connection enters it from the input or a node with a value, and its operation is not none.
 *
 * <p>States are numbered anew: 0 is the input, n the n-th of the nodes.
 *
 * @param nodes each after those that it reads; the last is the output; none if nothing leads there
 */
public record Phenotype(List<Node> nodes) implements Serializable {
  /**
   * A node with a value.
   *
   * @param key its key in the genome
   * @param inputs of one or of both ports, port I first
   */
  public record Node(int key, List<Input> inputs, Aggregation aggregation) implements Serializable {
    public Node {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * What enters one port of a node.
   *
   * @param gene what is done with the sum of the states; not none
   * @param states that are added, at least one, each once, in ascending order
   */
  public record Input(Port port, PortGene gene, List<Integer> states) implements Serializable {
    public Input {
      states = List.copyOf(states);
    }
  }

  /** A port of a node, by the node's key in its genome. */
  public record Place(int node, Port port) implements Serializable {}

  public Phenotype {
    nodes = List.copyOf(nodes);
  }

  static Phenotype of(Genome genome) {
    return new Expression(genome).phenotype();
  }

  /** Whether nothing leads from the input to the output, so that there is nothing to compute. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** Connections that carry something; two between the same places count as one. */
  public int connections() {
    return nodes.stream()
        .flatMap(node -> node.inputs().stream())
        .mapToInt(input -> input.states().size())
        .sum();
  }

  /** All ports that something enters, with what is done there, in the order of the nodes. */
  public Map<Place, PortGene> ports() {
    Map<Place, PortGene> ports = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (Input input : node.inputs()) {
        ports.put(new Place(node.key(), input.port()), input.gene());
      }
    }
    return ports;
  }

  /** Whether both compute the same, however nodes and ports are called. */
  public boolean isSameAs(Phenotype other) {
    return placesIn(other).isPresent();
  }

  /**
   * If {@code other} computes the same: for each port of this the one there that has its part. A
   * node may have exchanged its ports, which are all one to an aggregation.
   */
  public Optional<Map<Place, Place>> placesIn(Phenotype other) {
    return new PhenotypeMatch(this, other).places();
  }

  /** A number that all have who compute the same, and others hardly ever. */
  public long fingerprint() {
    long sum = 0;
    for (long colour : new NodeColours(this).colours()) {
      sum += colour;
    }
    return NodeColours.mix(sum + nodes.size());
  }
}
