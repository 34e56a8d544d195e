package dev.fletch.run;

import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.Port;
import dev.fletch.architecture.PortGene;
import dev.fletch.data.DataHeader;
import dev.fletch.evolution.GenomeSpace;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.search.FitnessSettings;
import dev.fletch.search.PopulationSettings;
import dev.fletch.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the networks of a population can be, as far as it can be known before the search. */
final class PlannedPopulation {
  private final PopulationSettings settings;
  private final DataHeader data;

  PlannedPopulation(PopulationSettings settings, DataHeader data) {
    this.settings = settings;
    this.data = data;
  }

  /** The most trainings there can be; a whole generation may go beyond a budget of evaluations. */
  long evaluations() {
    int population = settings.neat().population();
    long ofGenerations = (long) settings.budget().generations() * population;
    int budget = settings.budget().evaluations();
    return budget == 0 ? ofGenerations : Math.min(ofGenerations, budget + population - 1L);
  }

  /** Steps of one training. */
  long steps() {
    int batch = settings.fitness().batch();
    return settings.fitness().network().epochs() * ((data.weights() + batch - 1L) / batch);
  }

  /** Weights of a network with one node, whose ports have the operation with the fewest. */
  long fewestWeights(CandidateSettings network) {
    return operations().stream().mapToLong(o -> weights(genome(o, 1), network)).min().orElseThrow();
  }

  /** Weights of a network with as many nodes as may be, of the operation with the most. */
  long mostWeights(CandidateSettings network) {
    return weights(largest(genome -> weights(genome, network)), network);
  }

  private long weights(Genome genome, CandidateSettings network) {
    try (ArchitectureNetwork unbuilt = network(genome, network, 1)) {
      return unbuilt.publishedSize();
    }
  }

  /** Native memory of the training of the largest network, laid out without taking it. */
  long largestBytes() {
    return bytes(largest(this::bytes));
  }

  private long bytes(Genome genome) {
    FitnessSettings fitness = settings.fitness();
    try (ArchitectureNetwork unbuilt = network(genome, fitness.network(), fitness.batch())) {
      return unbuilt.bytes();
    }
  }

  /**
   * Lays the largest networks out, which takes little time.
   *
   * @throws dev.fletch.engine.PlanTooLargeException if one of them does not fit into any memory
   * @throws IllegalArgumentException if the data are not for networks of genomes
   */
  void requireBuildable(CandidateSettings network, int batch) {
    for (Operation operation : operations()) {
      try (ArchitectureNetwork unbuilt =
          network(genome(operation, settings.neat().space().maxNodes()), network, batch)) {
        unbuilt.requireBuildable();
      }
    }
  }

  /** The most that the weights of a generation's networks take, which children may inherit. */
  long inheritedBytes() {
    return settings.neat().population()
        * mostWeights(settings.fitness().network())
        * (long) Float.BYTES;
  }

  private ArchitectureNetwork network(Genome genome, CandidateSettings network, int batch) {
    return Networks.of(genome, network, data.input(), Task.of(data), batch, 1);
  }

  private List<Operation> operations() {
    return settings.neat().space().operations().stream().filter(o -> !o.isNone()).toList();
  }

  /** As many nodes as may be, of the operation that is the largest in a network of one node. */
  private Genome largest(ToLongFunction<Genome> size) {
    Operation operation =
        operations().stream()
            .max(Comparator.comparingLong(o -> size.applyAsLong(genome(o, 1))))
            .orElseThrow();
    return genome(operation, settings.neat().space().maxNodes());
  }

  /** A chain of nodes, both of whose ports have the same operation. */
  private Genome genome(Operation operation, int length) {
    GenomeSpace space = settings.neat().space();
    PortGene port = new PortGene(operation, space.activations().get(0));
    List<NodeGene> nodes = new ArrayList<>();
    List<ConnectionGene> connections = new ArrayList<>();
    for (int key = 1; key <= length; key++) {
      nodes.add(new NodeGene(key, port, port, space.aggregations().get(0)));
      connections.add(new ConnectionGene(2 * key - 1, key - 1, key, Port.I, true));
      connections.add(new ConnectionGene(2 * key, key - 1, key, Port.J, true));
    }
    return new Genome(nodes, connections, length);
  }
}
