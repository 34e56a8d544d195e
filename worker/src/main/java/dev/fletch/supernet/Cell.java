package dev.fletch.supernet;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out one cell of the supernet: two inputs, then nodes that each mix all operations over all
 * earlier states; the output is the concatenation of the nodes. What edges hold besides, or do not
 * hold, is said by {@link EdgeSettings}.
 */
final class Cell {
  /**
   * Where a cell stands in its network.
   *
   * @param channels C of its nodes
   */
  record Place(int layer, int channels, boolean reduction) {
    private String name() {
      return "cells." + layer;
    }

    private int stride() {
      return reduction ? 2 : 1;
    }
  }

  private final Blocks blocks;
  private final SupernetSettings settings;
  private final EdgeSettings edges;
  private final SkipDraws draws;
  private final Place place;
  private final List<CellState> states = new ArrayList<>();
  private final Slot output;

  /**
   * @param draws what skip dropout drops
   * @param state0 what it reads of the cell before the previous one, {@code [C, N, H, W]}
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
    int channels = place.channels();
    int stride = place.stride();
    addState(state0, stride);
    addState(state1, stride);
    int height = (state1.height() + stride - 1) / stride;
    int width = (state1.width() + stride - 1) / stride;
    this.output = blocks.plan().slot(settings.nodes() * channels, state1.batch(), height, width);
    int edge = 0;
    for (int node = 0; node < settings.nodes(); node++) {
      Slot slot = output.channels(node * channels, channels);
      addNode(slot, edge);
      edge += states.size();
      addState(slot, 1);
    }
  }

  /** {@code [nodes * C, N, H, W]}. */
  Slot output() {
    return output;
  }

  private void addState(Slot slot, int stride) {
    states.add(new CellState(blocks, slot, edges.partial(), stride));
  }

  private void addNode(Slot node, int firstEdge) {
    PlanBuilder plan = blocks.plan();
    boolean partial = edges.partial() > 1;
    int width = node.channels() / edges.partial();
    Slot mixed = partial ? plan.slot(width, node.batch(), node.height(), node.width()) : node;
    NodeMix mix = new NodeMix(blocks, mixed, convolutions(firstEdge));
    for (int from = 0; from < states.size(); from++) {
      addEdge(mix, states.get(from), firstEdge + from);
    }
    mix.mix();
    if (partial) {
      addBypasses(mixed, node, firstEdge);
    }
  }

  private int convolutions(int firstEdge) {
    int count = 0;
    for (int from = 0; from < states.size(); from++) {
      for (Operation operation : settings.operations()) {
        count += NodeMix.isConvolution(operation) && has(firstEdge + from, operation) ? 1 : 0;
      }
    }
    return count;
  }

  private boolean has(int edge, Operation operation) {
    return edges.mask().has(place.reduction(), edge, operation);
  }

  private void addEdge(NodeMix mix, CellState state, int edge) {
    String path = place.name() + "._ops." + edge;
    List<Operation> operations = settings.operations();
    for (int o = 0; o < operations.size(); o++) {
      Operation operation = operations.get(o);
      String name = path + "._ops." + o;
      if (!has(edge, operation)) {
        continue;
      }
      if (operation != Operation.SKIP_CONNECT) {
        mix.add(operation, state, name, mixingIndex(edge, o));
      } else if (state.stride() == 2) {
        mix.addReduction(state, name, mixingIndex(edge, o));
      } else {
        mix.addTerm(skip(state, edge), mixingIndex(edge, o));
      }
    }
    if (edges.auxiliarySkip()) {
      int mixingIndex = mixingIndex(edge, edges.auxiliaryColumn(operations.size()));
      if (state.stride() == 2) {
        mix.addReduction(state, path + ".auxiliary_op", mixingIndex);
      } else {
        mix.addTerm(state.slot(), mixingIndex);
      }
    }
  }

  private Slot skip(CellState state, int edge) {
    if (edges.skipDropout().isNone()) {
      return state.slot();
    }
    int number = place.layer() * settings.edges() + edge;
    return DroppedSkip.of(blocks.plan(), state.slot(), draws, number);
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
    int row = (place.reduction() ? settings.edges() : 0) + edge;
    return row * (settings.operations().size() + edges.extraColumns()) + column;
  }
}
