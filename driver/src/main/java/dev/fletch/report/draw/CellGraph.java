package dev.fletch.report.draw;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RecurrentCell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A cell as a layered graph: every box and every bend of an edge has a layer, and edges only join
 * neighbouring layers. Layers alternate between states and operations, so an operation's label is a
 * box of its own on its edge, and an edge over several layers gets a bend in each; whatever is
 * placed layer by layer can then not cover anything.
 *
 * <p>Isolated nodes are left out with the genes that read them, as in the network.
 *
 * @param spots boxes and bends; the id is the place in the list
 * @param links all edges, cut at operations and bends
 */
record CellGraph(List<Spot> spots, List<Link> links) {
  private static final String INPUT = "recurrent";

  enum Kind {
    STATE,
    OPERATION,
    BEND,
    /** A node of a genome, its two ports one below the other; the label is the longer port's. */
    GENE
  }

  /**
   * A box, or a bend without extent.
   *
   * @param id place in the list of spots
   * @param label of a box: {@code c_{k-2}}, {@code 0}, {@code sep_conv_3x3}; empty for a bend
   * @param style class of the style sheet
   */
  record Spot(int id, int layer, Kind kind, String label, String style) {}

  /** A piece of an edge; the last one of an edge carries the arrow head. */
  record Link(int from, int to, String style, boolean arrow) {}

  CellGraph {
    spots = List.copyOf(spots);
    links = List.copyOf(links);
  }

  /** By layer, none of which is empty; the order within a layer is that of the genes. */
  List<List<Spot>> layers() {
    List<List<Spot>> layers = new ArrayList<>();
    for (Spot spot : spots) {
      while (layers.size() <= spot.layer()) {
        layers.add(new ArrayList<>());
      }
      layers.get(spot.layer()).add(spot);
    }
    return layers;
  }

  static CellGraph of(CellGenotype genotype) {
    CellGenotype cell = genotype.connected();
    CellTopology topology = cell.topology();
    Builder builder = new Builder();
    for (int state = 0; state < topology.inputs(); state++) {
      builder.states.put(state, builder.spot(0, Kind.STATE, StateName.of(state), "input"));
    }
    List<Spot> nodes = new ArrayList<>();
    for (int node = 0; node < cell.nodes().size(); node++) {
      List<Gene> genes = cell.nodes().get(node);
      if (!genes.isEmpty()) {
        int state = topology.stateOf(node);
        nodes.add(builder.node(state, Integer.toString(node), genes, OperationStyle::of));
      }
    }
    return builder.endingWith("c_{k}", nodes);
  }

  /** The word and what the cell gave before enter state 0; its output is a mean of nodes. */
  static CellGraph of(RecurrentCell cell) {
    Builder builder = new Builder();
    Spot word = builder.spot(0, Kind.STATE, "x_{t}", "input");
    Spot before = builder.spot(0, Kind.STATE, "h_{t-1}", "input");
    Spot first = builder.spot(2, Kind.STATE, StateName.ofRecurrent(0), "node");
    builder.link(builder.bent(word, 2, INPUT), first, INPUT, true);
    builder.link(builder.bent(before, 2, INPUT), first, INPUT, true);
    builder.states.put(0, first);
    for (int node = 0; node < cell.nodes().size(); node++) {
      int state = cell.topology().stateOf(node);
      builder.node(
          state,
          StateName.ofRecurrent(state),
          List.of(cell.nodes().get(node)),
          OperationStyle::ofFunction);
    }
    return builder.endingWith("h_{t}", cell.output().stream().map(builder.states::get).toList());
  }

  private static final class Builder {
    private final List<Spot> spots = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<Integer, Spot> states = new HashMap<>();

    /** With an output that joins {@code nodes}, behind all there are. */
    CellGraph endingWith(String name, List<Spot> nodes) {
      int last = spots.stream().mapToInt(Spot::layer).filter(l -> l > 0).max().orElse(-1);
      Spot output = spot(last + 2, Kind.STATE, name, "output");
      for (Spot node : nodes) {
        link(bent(node, output.layer(), "concat"), output, "concat", true);
      }
      return new CellGraph(spots, links);
    }

    private Spot node(
        int number, String name, List<Gene> genes, Function<Operation, String> styles) {
      int before = genes.stream().mapToInt(g -> states.get(g.input()).layer()).max().orElse(0);
      Spot state = spot(before + 2, Kind.STATE, name, "node");
      for (Gene gene : genes) {
        String style = styles.apply(gene.operation());
        Spot operation = spot(before + 1, Kind.OPERATION, gene.operation().text(), style);
        link(bent(states.get(gene.input()), operation.layer(), style), operation, style, false);
        link(operation, state, style, true);
      }
      states.put(number, state);
      return state;
    }

    /**
     * Leads an edge from {@code from} to the layer before {@code layer}; returns where it has got
     * to.
     */
    private Spot bent(Spot from, int layer, String style) {
      Spot at = from;
      for (int l = from.layer() + 1; l < layer; l++) {
        Spot bend = spot(l, Kind.BEND, "", style);
        link(at, bend, style, false);
        at = bend;
      }
      return at;
    }

    private Spot spot(int layer, Kind kind, String label, String style) {
      Spot spot = new Spot(spots.size(), layer, kind, label, style);
      spots.add(spot);
      return spot;
    }

    private void link(Spot from, Spot to, String style, boolean arrow) {
      links.add(new Link(from.id(), to.id(), style, arrow));
    }
  }
}
