package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out what of a genome is computed. */
final class Expression {
  private final Genome genome;
  private final Map<Integer, NodeGene> genes = new HashMap<>();

  /** What enters the open ports of each node over enabled connections: states by key. */
  private final Map<Integer, Map<Port, Set<Integer>>> inputs = new TreeMap<>();

  /** States with a value, each after those that it is computed from. */
  private final List<Integer> valued = new ArrayList<>();

  Expression(Genome genome) {
    this.genome = genome;
    for (NodeGene node : genome.nodes()) {
      genes.put(node.key(), node);
      inputs.put(node.key(), new EnumMap<>(Port.class));
    }
    for (ConnectionGene connection : genome.connections()) {
      NodeGene node = genes.get(connection.to());
      if (connection.enabled() && !node.at(connection.port()).operation().isNone()) {
        inputs
            .get(node.key())
            .computeIfAbsent(connection.port(), port -> new TreeSet<>())
            .add(connection.from());
      }
    }
  }

  Phenotype phenotype() {
    computeValues();
    keepValues();
    Set<Integer> needed = needed();
    Map<Integer, Integer> states = new HashMap<>(Map.of(Genome.INPUT, Genome.INPUT));
    List<Phenotype.Node> nodes = new ArrayList<>();
    for (int key : valued) {
      if (needed.contains(key)) {
        nodes.add(node(key, states));
        states.put(key, nodes.size());
      }
    }
    return new Phenotype(nodes);
  }

  /** Of the nodes that can be computed next, the one with the lowest key is. */
  private void computeValues() {
    Map<Integer, Set<Integer>> open = new TreeMap<>();
    for (int key : inputs.keySet()) {
      Set<Integer> read = new HashSet<>();
      inputs.get(key).values().forEach(read::addAll);
      open.put(key, read);
    }
    Set<Integer> known = new HashSet<>(Set.of(Genome.INPUT));
    Optional<Integer> next = Optional.of(Genome.INPUT);
    while (next.isPresent()) {
      next = open.keySet().stream().filter(key -> isReady(open, key)).findFirst();
      if (next.isPresent() && open.remove(next.get()).stream().anyMatch(known::contains)) {
        known.add(next.get());
        valued.add(next.get());
      }
    }
  }

  /** Whether all that a node reads has been computed, or has no value. */
  private static boolean isReady(Map<Integer, Set<Integer>> open, int key) {
    return open.get(key).stream().noneMatch(open::containsKey);
  }

  /** Forgets what enters from nodes without a value. */
  private void keepValues() {
    Set<Integer> known = new HashSet<>(valued);
    known.add(Genome.INPUT);
    for (Map<Port, Set<Integer>> ports : inputs.values()) {
      ports.values().forEach(states -> states.retainAll(known));
      ports.values().removeIf(Set::isEmpty);
    }
  }

  /** The nodes that the output is computed from, itself included. */
  private Set<Integer> needed() {
    Set<Integer> needed = new HashSet<>(Set.of(genome.output()));
    for (int n = valued.size() - 1; n >= 0; n--) {
      if (needed.contains(valued.get(n))) {
        inputs.get(valued.get(n)).values().forEach(needed::addAll);
      }
    }
    return needed;
  }

  private Phenotype.Node node(int key, Map<Integer, Integer> states) {
    NodeGene gene = genes.get(key);
    List<Phenotype.Input> entering = new ArrayList<>();
    inputs
        .get(key)
        .forEach(
            (port, from) ->
                entering.add(
                    new Phenotype.Input(
                        port, gene.at(port), from.stream().map(states::get).sorted().toList())));
    return new Phenotype.Node(key, entering, gene.aggregation());
  }
}
