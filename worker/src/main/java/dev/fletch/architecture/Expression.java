package dev.fletch.architecture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out what of a genome is computed. */
final class Expression {
  private final Genome genome;

  /** What enters the open ports of each node over enabled connections: states by key. */
  private final Map<Integer, Map<Port, Set<Integer>>> inputs = new TreeMap<>();

  /** States with a value, each after those that it is computed from. */
  private final List<Integer> valued = new ArrayList<>();

  Expression(Genome genome) {
    this.genome = genome;
    for (NodeGene node : genome.nodes()) {
      inputs.put(node.key(), new EnumMap<>(Port.class));
    }
    for (ConnectionGene connection : genome.connections()) {
      NodeGene node = genome.node(connection.to());
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
    Set<Integer> known = new HashSet<>(Set.of(Genome.INPUT));
    Set<Integer> barren = new HashSet<>();
    boolean found = true;
    while (found) {
      found = false;
      for (int key : inputs.keySet()) {
        Set<Integer> read = new HashSet<>();
        inputs.get(key).values().forEach(read::addAll);
        boolean open = !known.contains(key) && !barren.contains(key);
        if (open && read.stream().allMatch(s -> known.contains(s) || barren.contains(s))) {
          found = true;
          boolean hasValue = read.stream().anyMatch(known::contains);
          (hasValue ? known : barren).add(key);
          if (hasValue) {
            valued.add(key);
          }
          break;
        }
      }
    }
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
    NodeGene gene = genome.node(key);
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
