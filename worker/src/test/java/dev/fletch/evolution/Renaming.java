package dev.fletch.evolution;

import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Port;
import dev.fletch.data.SeededRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the genes of a genome other numbers, exchanges ports, and adds a node that leads nowhere.
 */
final class Renaming {
  private Renaming() {}

  static Genome of(Genome genome, SeededRandom random) {
    Map<Integer, Integer> keys = new HashMap<>(Map.of(Genome.INPUT, Genome.INPUT));
    Map<Integer, Boolean> exchanged = new HashMap<>();
    List<Integer> free = drawn(genome.nodes().size() + 1, random);
    List<NodeGene> nodes = new ArrayList<>();
    for (NodeGene node : genome.nodes()) {
      int key = 1 + free.get(nodes.size());
      keys.put(node.key(), key);
      exchanged.put(node.key(), random.below(2) == 1);
      boolean exchange = exchanged.get(node.key());
      nodes.add(
          new NodeGene(
              key,
              exchange ? node.j() : node.i(),
              exchange ? node.i() : node.j(),
              node.aggregation()));
    }
    List<Integer> numbers = drawn(genome.connections().size() + 1, random);
    List<ConnectionGene> connections = new ArrayList<>();
    for (ConnectionGene connection : genome.connections()) {
      boolean toJ = (connection.port() == Port.J) != exchanged.get(connection.to());
      connections.add(
          new ConnectionGene(
              1 + numbers.get(connections.size()),
              keys.get(connection.from()),
              keys.get(connection.to()),
              toJ ? Port.J : Port.I,
              connection.enabled()));
    }
    NodeGene first = nodes.get(0);
    int unused = 1 + free.get(nodes.size());
    nodes.add(new NodeGene(unused, first.j(), first.i(), first.aggregation()));
    connections.add(
        new ConnectionGene(1 + numbers.get(connections.size()), first.key(), unused, Port.I, true));
    nodes.sort(Comparator.comparingInt(NodeGene::key));
    connections.sort(Comparator.comparingInt(ConnectionGene::innovation));
    return new Genome(nodes, connections, keys.get(genome.output()));
  }

  /** That many different numbers. */
  private static List<Integer> drawn(int size, SeededRandom random) {
    Set<Integer> drawn = new LinkedHashSet<>();
    while (drawn.size() < size) {
      drawn.add(random.below(3 * size));
    }
    return new ArrayList<>(drawn);
  }
}
