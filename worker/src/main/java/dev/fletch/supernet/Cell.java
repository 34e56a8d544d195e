package dev.fletch.supernet;

import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Dropout;
import dev.fletch.nn.operation.OperationBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lays out one cell of the supernet: two inputs, then nodes that each mix all operations over all
 * earlier states, and multiply the mixtures of pairs of edges where the space has operations for it
 * ({@link PairProducts}); the output is the concatenation of the nodes. What edges hold besides, or
 * do not hold, is said by {@link EdgeSettings}.
 */
final class Cell {
  /** Where a cell stands in its network, and what it is there. */
  record Place(int number, CellStack.Layer layer) {
    private String name() {
      return "cells." + number;
    }
  }

  private final Blocks blocks;
  private final SupernetSettings settings;
  private final EdgeSettings edges;
  private final SkipDraws draws;
  private final Place place;
  private final CellTopology topology;
  private final List<CellState> states = new ArrayList<>();
  private final Slot output;

  /**
   * @param draws what skip dropout drops
   * @param state0 what it reads of the cell before the previous one, {@code [C, H, W, N]}
   * @param state1 what it reads of the previous cell, of the same shape
   */
  Cell(
      Blocks blocks,
      SupernetSettings settings,
      EdgeSettings edges,
      SkipDraws draws,
      Place place,
      Slot state0,
      Slot state1) {
    this.blocks = blocks;
    this.settings = settings;
    this.edges = edges;
    this.draws = draws;
    this.place = place;
    this.topology = settings.topology();
    CellStack.Layer layer = place.layer();
    int channels = layer.channels();
    addState(state0);
    addState(state1);
    this.output =
        blocks
            .plan()
            .slot(settings.nodes() * channels, state1.extent().strided(layer.inputStride()));
    for (int node = 0; node < settings.nodes(); node++) {
      Slot slot = output.channels(node * channels, channels);
      addNode(slot, topology.firstEdge(node));
      addState(slot);
    }
  }

  /** {@code [nodes * C, H, W, N]}. */
  Slot output() {
    return output;
  }

  private void addState(Slot slot) {
    int stride = place.layer().stride(topology, states.size());
    states.add(new CellState(blocks, slot, edges.partial(), stride));
  }

  private void addNode(Slot node, int firstEdge) {
    PlanBuilder plan = blocks.plan();
    boolean partial = edges.partial() > 1;
    int width = node.channels() / edges.partial();
    Slot mixed = partial ? plan.slot(width, node.extent()) : node;
    if (settings.multiplies()) {
      Slot added = plan.slot(width, node.extent());
      mix(added, firstEdge, 0, states.size(), Aggregation.ADD);
      List<Slot> factors = new ArrayList<>();
      for (int from = 0; from < states.size(); from++) {
        factors.add(plan.slot(width, node.extent()));
        mix(factors.get(from), firstEdge, from, from + 1, Aggregation.MULTIPLY);
      }
      PairProducts.add(plan, added, factors, mixed);
    } else {
      mix(mixed, firstEdge, 0, states.size(), Aggregation.ADD);
    }
    if (partial) {
      addBypasses(mixed, node, firstEdge);
    }
  }

  /** Mixes the operations that are joined so of the edges that leave the states from one on. */
  private void mix(Slot mixed, int firstEdge, int from, int end, Aggregation aggregation) {
    int convolutions = 0;
    for (int state = from; state < end; state++) {
      convolutions += convolutions(states.get(state), firstEdge + state, aggregation);
    }
    NodeMix mix = new NodeMix(blocks, mixed, convolutions);
    for (int state = from; state < end; state++) {
      addEdge(mix, states.get(state), firstEdge + state, aggregation);
    }
    mix.mix();
  }

  private int convolutions(CellState state, int edge, Aggregation aggregation) {
    int count = 0;
    for (Operation operation : settings.operations()) {
      boolean isConvolution =
          NodeMix.isConvolution(OperationBlock.formOf(operation, state.stride()));
      count += isConvolution && has(edge, operation, aggregation) ? 1 : 0;
    }
    return count;
  }

  private boolean has(int edge, Operation operation, Aggregation aggregation) {
    return operation.aggregation() == aggregation
        && edges.mask().has(place.layer().reduction(), edge, operation);
  }

  private void addEdge(NodeMix mix, CellState state, int edge, Aggregation aggregation) {
    String path = place.name() + "._ops." + edge;
    List<Operation> operations = settings.operations();
    for (int o = 0; o < operations.size(); o++) {
      Operation operation = operations.get(o);
      if (has(edge, operation, aggregation)) {
        mix.add(
            OperationBlock.formOf(operation, state.stride()),
            new NodeMix.Place(
                state, path + "._ops." + o, mixingIndex(edge, o), () -> skip(state, edge)));
      }
    }
    if (edges.auxiliarySkip() && aggregation == Aggregation.ADD) {
      int column = edges.auxiliaryColumn(operations.size());
      mix.add(
          OperationBlock.formOf(Operation.SKIP_CONNECT, state.stride()),
          new NodeMix.Place(state, path + ".auxiliary_op", mixingIndex(edge, column), state::slot));
    }
  }

  private Slot skip(CellState state, int edge) {
    if (edges.skipDropout().isNone()) {
      return state.slot();
    }
    int number = place.number() * topology.edges() + edge;
    return Dropout.of(
        blocks.plan(),
        "skip dropout",
        state.slot(),
        extent -> draws.drops() ? Optional.of(draws.of(number, extent)) : Optional.empty());
  }

  private void addBypasses(Slot mixed, Slot node, int firstEdge) {
    int column = edges.bypassColumn(settings.operations().size());
    List<ShuffledNode.Bypass> bypasses = new ArrayList<>();
    List<Slot> reads = new ArrayList<>(List.of(mixed));
    for (int from = 0; from < states.size(); from++) {
      Slot slot = states.get(from).bypass();
      bypasses.add(new ShuffledNode.Bypass(slot, mixingIndex(firstEdge + from, column)));
      reads.add(slot);
    }
    PlanBuilder plan = blocks.plan();
    plan.add(new ShuffledNode(plan, mixed, bypasses, node), reads, List.of(node));
  }

  private int mixingIndex(int edge, int column) {
    int row = topology.row(place.layer().kind(), edge);
    return row * (settings.operations().size() + edges.extraColumns()) + column;
  }
}
