package dev.fletch.network;

import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Gene;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Product;
import dev.fletch.nn.operation.Identity;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out one cell of a candidate network; the output is the concatenation of its nodes but for
 * isolated ones.
 */
final class CandidateCell {
  private final Blocks blocks;
  private final String name;
  private final CellTopology topology;
  private final CellStack.Layer layer;
  private final DropPath dropPath;
  private final Slot output;

  /** By state; an isolated node has none, and nothing reads it. */
  private final Map<Integer, Slot> states = new HashMap<>();

  /** What has no weights, as a pool: of one state it is the same for all nodes. */
  private final Map<Gene, Slot> shared = new HashMap<>();

  private int operations;

  /**
   * @param genotype connected, with at least one gene
   * @param name {@code cells.I}
   * @param state0 what it reads of the cell before the previous one, {@code [channels, H, W, N]}
   * @param state1 what it reads of the previous cell, of the same shape
   * @param layer what the cell is in its network
   */
  CandidateCell(
      Blocks blocks,
      CellGenotype genotype,
      String name,
      Slot state0,
      Slot state1,
      CellStack.Layer layer,
      DropPath dropPath) {
    this.blocks = blocks;
    this.name = name;
    this.topology = genotype.topology();
    this.layer = layer;
    this.dropPath = dropPath;
    states.put(0, state0);
    states.put(1, state1);
    List<List<Gene>> nodes = genotype.nodes();
    int channels = layer.channels();
    this.output =
        blocks
            .plan()
            .slot(
                (int) nodes.stream().filter(genes -> !genes.isEmpty()).count() * channels,
                state1.extent().strided(layer.inputStride()));
    int filled = 0;
    for (int node = 0; node < nodes.size(); node++) {
      if (!nodes.get(node).isEmpty()) {
        Slot slot = output.channels(filled, channels);
        addNode(nodes.get(node), slot);
        states.put(topology.stateOf(node), slot);
        filled += channels;
      }
    }
  }

  /** {@code [nodes * C, H, W, N]}, isolated nodes left out. */
  Slot output() {
    return output;
  }

  private void addNode(List<Gene> genes, Slot node) {
    boolean adds = CellGenotype.aggregation(genes) == Aggregation.ADD;
    List<NodeSum.Branch> branches = new ArrayList<>();
    for (Gene gene : genes) {
      branches.add(branch(gene, adds));
      operations++;
    }
    if (!adds) {
      Product.into(blocks.plan(), branches.get(0).slot(), branches.get(1).slot(), node);
      return;
    }
    blocks
        .plan()
        .add(
            new NodeSum(blocks.plan(), branches, dropPath, node),
            branches.stream().map(NodeSum.Branch::slot).toList(),
            List.of(node));
  }

  /** A branch that a product drops would take the other with it, so only sums drop theirs. */
  private NodeSum.Branch branch(Gene gene, boolean canBeDropped) {
    int stride = layer.stride(topology, gene.input());
    OperationForm form = OperationBlock.formOf(gene.operation(), stride);
    Slot state = states.get(gene.input());
    String path = name + "._ops." + operations;
    if (form instanceof Identity) {
      return new NodeSum.Branch(state, NodeSum.NEVER_DROPPED, false);
    }
    Slot slot =
        form.hasWeights()
            ? form.layOut(blocks, path, state)
            : shared.computeIfAbsent(
                new Gene(gene.operation().alone(), gene.input()),
                g -> form.layOut(blocks, path, state));
    int dropped = canBeDropped ? dropPath.branch() : NodeSum.NEVER_DROPPED;
    return new NodeSum.Branch(slot, dropped, form.hasWeights());
  }
}
