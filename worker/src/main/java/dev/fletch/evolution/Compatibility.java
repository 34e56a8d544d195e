package dev.fletch.evolution;

import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Port;
import dev.fletch.architecture.PortGene;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far two genomes are apart: c1 E / N + c2 D / N + c3 W, with E excess and D disjoint
 * connections, N the connections of the larger genome, or 1 where both are small (Stanley and
 * Miikkulainen, 2002, equation 1). These genomes have no weights of connections: W is the mean
 * number of differences between genes that both have, which for nodes are operations, activations
 * and aggregation, for connections whether they are enabled.
 */
record Compatibility(int excess, int disjoint, double differences, int larger) {
  static Compatibility between(Genome one, Genome other) {
    Map<Integer, ConnectionGene> first = byNumber(one);
    Map<Integer, ConnectionGene> second = byNumber(other);
    int lastOfBoth = Math.min(last(one), last(other));
    int excess = after(lastOfBoth, first, second) + after(lastOfBoth, second, first);
    int single = after(0, first, second) + after(0, second, first);
    return new Compatibility(
        excess,
        single - excess,
        differences(one, other, second),
        Math.max(first.size(), second.size()));
  }

  /** How many of the one's genes that have a greater number than {@code last} the other lacks. */
  private static int after(
      int last, Map<Integer, ConnectionGene> one, Map<Integer, ConnectionGene> other) {
    return (int) one.keySet().stream().filter(n -> n > last && !other.containsKey(n)).count();
  }

  double distance(SpeciesSettings settings) {
    double size = larger < settings.smallGenome() ? 1 : Math.max(1, larger);
    return settings.excess() * excess / size
        + settings.disjoint() * disjoint / size
        + settings.differences() * differences;
  }

  private static double differences(
      Genome one, Genome other, Map<Integer, ConnectionGene> connections) {
    int matching = 0;
    int differences = 0;
    for (ConnectionGene connection : one.connections()) {
      ConnectionGene match = connections.get(connection.innovation());
      if (match != null) {
        matching++;
        differences += match.enabled() == connection.enabled() ? 0 : 1;
      }
    }
    Map<Integer, NodeGene> nodes =
        other.nodes().stream().collect(Collectors.toMap(NodeGene::key, node -> node));
    for (NodeGene node : one.nodes()) {
      NodeGene match = nodes.get(node.key());
      if (match != null) {
        matching++;
        differences += differences(node, match);
      }
    }
    return matching == 0 ? 0 : (double) differences / matching;
  }

  private static int differences(NodeGene one, NodeGene other) {
    int differences = one.aggregation() == other.aggregation() ? 0 : 1;
    for (Port port : Port.values()) {
      PortGene gene = one.at(port);
      PortGene match = other.at(port);
      differences += gene.operation().equals(match.operation()) ? 0 : 1;
      differences += gene.activation() == match.activation() ? 0 : 1;
    }
    return differences;
  }

  private static Map<Integer, ConnectionGene> byNumber(Genome genome) {
    return genome.connections().stream()
        .collect(Collectors.toMap(ConnectionGene::innovation, connection -> connection));
  }

  private static int last(Genome genome) {
    return genome.connections().stream().mapToInt(ConnectionGene::innovation).max().orElse(0);
  }
}
