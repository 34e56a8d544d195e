package dev.fletch.evolution;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.ForwardGraph;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.Port;
import dev.fletch.architecture.PortGene;
import dev.fletch.data.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Draws mutations of genomes, none of which cuts the input off from the output. */
final class MutationDraw {
  private static final MutationKind[] KINDS = MutationKind.values();

  private final MutationSettings settings;
  private final GenomeSpace space;

  MutationDraw(MutationSettings settings, GenomeSpace space) {
    this.settings = settings;
    this.space = space;
  }

  /** A node whose port I is open. */
  NodeGene node(int key, SeededRandom random) {
    List<Operation> open = space.operations().stream().filter(o -> !o.isNone()).toList();
    PortGene i = new PortGene(any(open, random), any(space.activations(), random));
    PortGene j = new PortGene(any(space.operations(), random), any(space.activations(), random));
    return new NodeGene(key, i, j, any(space.aggregations(), random));
  }

  private static <T> T any(List<T> values, SeededRandom random) {
    return values.get(random.below(values.size()));
  }

  /** With the set probability a mutation; none if there is none that {@code genome} allows. */
  Optional<Mutation> perhaps(Genome genome, SeededRandom random) {
    return random.unit() < settings.probability() ? mutation(genome, random) : Optional.empty();
  }

  Optional<Mutation> mutation(Genome genome, SeededRandom random) {
    double[] weights = Arrays.stream(KINDS).mapToDouble(settings::weight).toArray();
    while (Arrays.stream(weights).anyMatch(weight -> weight > 0)) {
      int kind = Draws.of(weights, random);
      List<Mutation> open = new ArrayList<>(possible(KINDS[kind], genome, random));
      while (!open.isEmpty()) {
        Mutation drawn = open.remove(random.below(open.size()));
        if (!drawn.of(genome, Numbering.trial(genome)).phenotype().isEmpty()) {
          return Optional.of(drawn);
        }
      }
      weights[kind] = 0;
    }
    return Optional.empty();
  }

  private List<Mutation> possible(MutationKind kind, Genome genome, SeededRandom random) {
    return switch (kind) {
      case ADD_NODE -> newNodes(genome, random);
      case ADD_CONNECTION -> newConnections(genome);
      case CHANGE_OPERATION -> otherOperations(genome);
      case CHANGE_ACTIVATION -> otherActivations(genome);
      case CHANGE_AGGREGATION -> otherAggregations(genome);
      case TOGGLE_CONNECTION ->
          genome.connections().stream()
              .<Mutation>map(c -> new Mutation.ToggleConnection(c.innovation()))
              .toList();
    };
  }

  private List<Mutation> newNodes(Genome genome, SeededRandom random) {
    if (genome.nodes().size() >= space.maxNodes()) {
      return List.of();
    }
    NodeGene node = node(1, random);
    return genome.connections().stream()
        .filter(ConnectionGene::enabled)
        .<Mutation>map(
            c -> new Mutation.AddNode(c.innovation(), node.i(), node.j(), node.aggregation()))
        .toList();
  }

  /** Between all states that no gene connects, disabled ones neither: those can be enabled. */
  private static List<Mutation> newConnections(Genome genome) {
    ForwardGraph graph = ForwardGraph.of(genome.connections());
    List<Integer> states = new ArrayList<>(List.of(Genome.INPUT));
    genome.nodes().forEach(node -> states.add(node.key()));
    List<Mutation> possible = new ArrayList<>();
    for (NodeGene node : genome.nodes()) {
      Set<Integer> after = graph.reachedFrom(node.key());
      for (int from : states) {
        // what the output leads to leads nowhere
        boolean open = from != genome.output() && !after.contains(from);
        for (Port port : Port.values()) {
          if (open && !isConnected(genome, from, node.key(), port)) {
            possible.add(new Mutation.AddConnection(from, node.key(), port));
          }
        }
      }
    }
    return possible;
  }

  private static boolean isConnected(Genome genome, int from, int to, Port port) {
    return genome.connections().stream()
        .anyMatch(c -> c.from() == from && c.to() == to && c.port() == port);
  }

  private List<Mutation> otherOperations(Genome genome) {
    List<Mutation> possible = new ArrayList<>();
    for (NodeGene node : genome.nodes()) {
      for (Port port : entered(genome, node)) {
        PortGene gene = node.at(port);
        for (Operation operation : space.operations()) {
          if (!operation.equals(gene.operation())) {
            PortGene other = new PortGene(operation, gene.activation());
            possible.add(new Mutation.ChangeNode(node.with(port, other)));
          }
        }
      }
    }
    return possible;
  }

  private List<Mutation> otherActivations(Genome genome) {
    List<Mutation> possible = new ArrayList<>();
    for (NodeGene node : genome.nodes()) {
      for (Port port : entered(genome, node)) {
        PortGene gene = node.at(port);
        for (Activation activation : space.activations()) {
          if (activation != gene.activation() && !gene.operation().isNone()) {
            PortGene other = new PortGene(gene.operation(), activation);
            possible.add(new Mutation.ChangeNode(node.with(port, other)));
          }
        }
      }
    }
    return possible;
  }

  private List<Mutation> otherAggregations(Genome genome) {
    List<Mutation> possible = new ArrayList<>();
    for (NodeGene node : genome.nodes()) {
      boolean joins = entered(genome, node).size() == Port.values().length;
      for (Aggregation aggregation : space.aggregations()) {
        if (joins && aggregation != node.aggregation()) {
          possible.add(
              new Mutation.ChangeNode(new NodeGene(node.key(), node.i(), node.j(), aggregation)));
        }
      }
    }
    return possible;
  }

  /** The ports that matter: a change of others would change nothing. */
  private static List<Port> entered(Genome genome, NodeGene node) {
    return Arrays.stream(Port.values())
        .filter(
            port ->
                genome.connections().stream()
                    .anyMatch(c -> c.enabled() && c.to() == node.key() && c.port() == port))
        .toList();
  }
}
