package dev.fletch.report.draw;

import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Phenotype;
import dev.fletch.architecture.Port;
import dev.fletch.report.draw.CellGraph.Kind;
import dev.fletch.report.draw.CellGraph.Link;
import dev.fletch.report.draw.CellGraph.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A genome as a layered graph, as {@link CellGraph} is one of a cell: every node is one layer
 * behind the last of those that it reads, and a connection over several layers gets a bend in each.
 * All nodes are there, those without effect too, and all enabled connections; disabled ones are
 * not.
 *
 * @param graph input, nodes, output and bends
 * @param nodes by id of the spot
 * @param wires in the order of the graph's links
 * @param idle keys of the nodes that the output is not computed from
 */
record GenomeGraph(
    CellGraph graph, Map<Integer, NodeGene> nodes, List<Wire> wires, Set<Integer> idle) {
  /**
   * A piece of a connection, or of the line from the output node to the output.
   *
   * @param port that it enters; null where it enters none
   */
  record Wire(Link link, Port port) {}

  GenomeGraph {
    nodes = Map.copyOf(nodes);
    wires = List.copyOf(wires);
    idle = Set.copyOf(idle);
  }

  static GenomeGraph of(Genome genome) {
    return new Builder(genome).build();
  }

  private static final class Builder {
    private static final String OUTPUT = "concat";

    private final Genome genome;
    private final Set<Integer> idle = new HashSet<>();
    private final Set<Integer> layered = new HashSet<>();
    private final List<Spot> spots = new ArrayList<>();
    private final List<Wire> wires = new ArrayList<>();
    private final Map<Integer, Spot> states = new HashMap<>();
    private final Map<Integer, NodeGene> nodes = new HashMap<>();

    Builder(Genome genome) {
      this.genome = genome;
      genome.nodes().forEach(node -> idle.add(node.key()));
      genome.phenotype().nodes().stream().map(Phenotype.Node::key).forEach(idle::remove);
    }

    GenomeGraph build() {
      Spot input = spot(0, Kind.STATE, "in", "input");
      states.put(Genome.INPUT, input);
      layered.add(Genome.INPUT);
      genome.nodes().forEach(node -> place(node.key()));
      for (ConnectionGene connection : genome.connections()) {
        if (connection.enabled()) {
          connect(connection);
        }
      }
      Spot last = states.get(genome.output());
      Spot output = spot(last.layer() + 1, Kind.STATE, "out", "output");
      wire(last, output, OUTPUT, null);
      List<Link> links = wires.stream().map(Wire::link).toList();
      return new GenomeGraph(new CellGraph(spots, links), nodes, wires, idle);
    }

    /** A genome has no circle, so this comes to an end. */
    private void place(int key) {
      if (!layered.add(key)) {
        return;
      }
      int layer = 1;
      for (ConnectionGene connection : genome.connections()) {
        if (connection.enabled() && connection.to() == key) {
          place(connection.from());
          layer = Math.max(layer, states.get(connection.from()).layer() + 1);
        }
      }
      NodeGene node = genome.node(key);
      Spot spot =
          spot(layer, Kind.GENE, GenomeNodeBox.longest(node), idle.contains(key) ? "idle" : "");
      states.put(key, spot);
      nodes.put(spot.id(), node);
    }

    private void connect(ConnectionGene connection) {
      Spot to = states.get(connection.to());
      NodeGene node = genome.node(connection.to());
      String style = OperationStyle.of(node.at(connection.port()).operation());
      boolean carries = !idle.contains(node.key()) && hasValue(connection.from());
      String drawn = carries ? style : style + " idle";
      Spot at = states.get(connection.from());
      for (int layer = at.layer() + 1; layer < to.layer(); layer++) {
        Spot bend = spot(layer, Kind.BEND, "", drawn);
        wires.add(new Wire(new Link(at.id(), bend.id(), drawn, false), null));
        at = bend;
      }
      wire(at, to, drawn, connection.port());
    }

    private boolean hasValue(int state) {
      return state == Genome.INPUT || !idle.contains(state);
    }

    private Spot spot(int layer, Kind kind, String label, String style) {
      Spot spot = new Spot(spots.size(), layer, kind, label, style);
      spots.add(spot);
      return spot;
    }

    private void wire(Spot from, Spot to, String style, Port port) {
      wires.add(new Wire(new Link(from.id(), to.id(), style, true), port));
    }
  }
}
