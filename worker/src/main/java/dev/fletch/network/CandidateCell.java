package dev.fletch.network;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Operation;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.Centred;
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
  private final int channels;
  private final boolean reduction;
  private final DropPath dropPath;
  private final Slot output;

  /** By state; an isolated node has none, and nothing reads it. */
  private final Map<Integer, Slot> states = new HashMap<>();

  /** A pool has no weights: those of one state are the same for all nodes. */
  private final Map<Gene, Slot> pools = new HashMap<>();

  private int operations;

  /**
   * @param genotype connected, with at least one gene
   * @param name {@code cells.I}
   * @param state0 what it reads of the cell before the previous one, {@code [channels, N, H, W]}
   * @param state1 what it reads of the previous cell, of the same shape
   */
  CandidateCell(
      Blocks blocks,
      CellGenotype genotype,
      String name,
      Slot state0,
      Slot state1,
      boolean reduction,
      DropPath dropPath) {
    this.blocks = blocks;
    this.name = name;
    this.channels = state1.channels();
    this.reduction = reduction;
    this.dropPath = dropPath;
    states.put(0, state0);
    states.put(1, state1);
    List<List<Gene>> nodes = genotype.nodes();
    int stride = reduction ? 2 : 1;
    this.output =
        blocks
            .plan()
            .slot(
                (int) nodes.stream().filter(genes -> !genes.isEmpty()).count() * channels,
                state1.batch(),
                (state1.height() + stride - 1) / stride,
                (state1.width() + stride - 1) / stride);
    int filled = 0;
    for (int node = 0; node < nodes.size(); node++) {
      if (!nodes.get(node).isEmpty()) {
        Slot slot = output.channels(filled, channels);
        addNode(nodes.get(node), slot);
        states.put(2 + node, slot);
        filled += channels;
      }
    }
  }

  /** {@code [nodes * C, N, H, W]}, isolated nodes left out. */
  Slot output() {
    return output;
  }

  private void addNode(List<Gene> genes, Slot node) {
    List<NodeSum.Branch> branches = new ArrayList<>();
    for (Gene gene : genes) {
      int stride = reduction && gene.input() < 2 ? 2 : 1;
      boolean identity = gene.operation() == Operation.SKIP_CONNECT && stride == 1;
      if (isPool(gene.operation())) {
        Slot pool = pools.computeIfAbsent(gene, g -> operation(g, stride, node));
        branches.add(new NodeSum.Branch(pool, dropPath.branch(), false));
      } else {
        Slot slot = operation(gene, stride, node);
        branches.add(new NodeSum.Branch(slot, identity ? -1 : dropPath.branch(), !identity));
      }
      operations++;
    }
    blocks
        .plan()
        .add(
            new NodeSum(blocks.plan(), branches, dropPath, node),
            branches.stream().map(NodeSum.Branch::slot).toList(),
            List.of(node));
  }

  private static boolean isPool(Operation operation) {
    return operation == Operation.MAX_POOL_3X3 || operation == Operation.AVG_POOL_3X3;
  }

  private Slot operation(Gene gene, int stride, Slot node) {
    String path = name + "._ops." + operations;
    Slot state = states.get(gene.input());
    return switch (gene.operation()) {
      case NONE -> throw new IllegalArgumentException("none cannot be part of a genotype");
      case MAX_POOL_3X3 -> blocks.pool(true, state, stride);
      case AVG_POOL_3X3 -> blocks.pool(false, state, stride);
      case SKIP_CONNECT -> stride == 1 ? state : blocks.factorizedReduction(path, state, channels);
      case SEP_CONV_3X3 -> separable(path, state, 3, stride, node);
      case SEP_CONV_5X5 -> separable(path, state, 5, stride, node);
      case SEP_CONV_7X7 -> separable(path, state, 7, stride, node);
      case DIL_CONV_3X3 -> dilated(path, state, 3, stride, node);
      case DIL_CONV_5X5 -> dilated(path, state, 5, stride, node);
    };
  }

  private Slot separable(String path, Slot state, int kernel, int stride, Slot node) {
    Centred last = blocks.separable(path, state, kernel, stride, like(node));
    Slot result = like(node);
    blocks.pointwiseNorm(path + ".op.6.weight", path + ".op.7", last, result);
    return result;
  }

  private Slot dilated(String path, Slot state, int kernel, int stride, Slot node) {
    Centred last = blocks.dilated(path, state, kernel, stride, like(node));
    Slot result = like(node);
    blocks.pointwiseNorm(path + ".op.2.weight", path + ".op.3", last, result);
    return result;
  }

  private Slot like(Slot node) {
    return blocks.plan().slot(channels, node.batch(), node.height(), node.width());
  }
}
