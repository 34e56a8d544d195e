package dev.fletch.evolution;

import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Port;
import dev.fletch.architecture.PortGene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One change of a genome, drawn for it. */
sealed interface Mutation {
  /** The genome that it makes of {@code genome}; {@code numbers} names what is new. */
  Genome of(Genome genome, Numbering numbers);

  /**
   * Splits a connection {@code a > b}: it is disabled, and {@code a > n}, which enters port I, and
   * {@code n > b} are added.
   *
   * @param split the number of the connection
   * @param i not none, so that what went over the connection goes through the node
   */
  record AddNode(int split, PortGene i, PortGene j, Aggregation aggregation) implements Mutation {
    @Override
    public Genome of(Genome genome, Numbering numbers) {
      ConnectionGene old =
          genome.connections().stream()
              .filter(connection -> connection.innovation() == split)
              .findFirst()
              .orElseThrow();
      int key = numbers.nodeInto(old);
      List<NodeGene> nodes = new ArrayList<>(genome.nodes());
      nodes.add(new NodeGene(key, i, j, aggregation));
      nodes.sort(Comparator.comparingInt(NodeGene::key));
      List<ConnectionGene> connections = new ArrayList<>(genome.connections());
      connections.set(connections.indexOf(old), old.enabled(false));
      int into = numbers.connection(old.from(), key, Port.I, old);
      int out = numbers.connection(key, old.to(), old.port(), old);
      connections.add(new ConnectionGene(into, old.from(), key, Port.I, true));
      connections.add(new ConnectionGene(out, key, old.to(), old.port(), true));
      return new Genome(nodes, sorted(connections), genome.output());
    }
  }

  /** Connects two states that were not connected, in the direction that makes no circle. */
  record AddConnection(int from, int to, Port port) implements Mutation {
    @Override
    public Genome of(Genome genome, Numbering numbers) {
      List<ConnectionGene> connections = new ArrayList<>(genome.connections());
      connections.add(new ConnectionGene(numbers.connection(from, to, port), from, to, port, true));
      return new Genome(genome.nodes(), sorted(connections), genome.output());
    }
  }

  /**
   * Gives a node another operation, activation or aggregation.
   *
   * @param changed as it becomes
   */
  record ChangeNode(NodeGene changed) implements Mutation {
    @Override
    public Genome of(Genome genome, Numbering numbers) {
      List<NodeGene> nodes =
          genome.nodes().stream()
              .map(node -> node.key() == changed.key() ? changed : node)
              .toList();
      return new Genome(nodes, genome.connections(), genome.output());
    }
  }

  /** Disables a connection, or enables it again; its number stays. */
  record ToggleConnection(int innovation) implements Mutation {
    @Override
    public Genome of(Genome genome, Numbering numbers) {
      List<ConnectionGene> connections =
          genome.connections().stream()
              .map(c -> c.innovation() == innovation ? c.enabled(!c.enabled()) : c)
              .toList();
      return new Genome(genome.nodes(), connections, genome.output());
    }
  }

  private static List<ConnectionGene> sorted(List<ConnectionGene> connections) {
    connections.sort(Comparator.comparingInt(ConnectionGene::innovation));
    return connections;
  }
}
