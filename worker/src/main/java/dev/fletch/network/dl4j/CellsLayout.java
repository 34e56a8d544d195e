package dev.fletch.network.dl4j;

import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Gene;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Stem;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of the network of one genotype, without its auxiliary head, and how they are
 * connected.
 */
final class CellsLayout {
  private final GraphBlocks blocks;
  private final CellPair genotype;

  /** By what they were made of. */
  private final Map<State, State> halves = new HashMap<>();

  private CellsLayout(GraphBlocks blocks, CellPair genotype) {
    this.blocks = blocks;
    this.genotype = genotype;
  }

  /**
   * Adds them to an empty graph.
   *
   * @param genotype connected
   */
  static void layOut(
      GraphBlocks blocks, CellPair genotype, CandidateSettings settings, int classes) {
    CellsLayout layout = new CellsLayout(blocks, genotype);
    CellStack stack = settings.stack(genotype.kinds());
    State last =
        settings.stem() == Stem.IMAGENET
            ? layout.afterLargeStem((ImageBlocks) blocks, stack, settings.initChannels())
            : layout.afterStem(stack, settings);
    blocks.classifier("classifier", last, classes);
  }

  private State afterStem(CellStack stack, CandidateSettings settings) {
    State stem = blocks.stem(settings.stemChannels(), settings.embedding());
    return cells(stack, stem, stem, false);
  }

  private State afterLargeStem(ImageBlocks images, CellStack stack, int channels) {
    State quarter = images.quarter(channels);
    return cells(stack, quarter, images.eighth(quarter), true);
  }

  /**
   * @param halved whether {@code stem1} has half the size of {@code stem0}
   * @return the output of the last cell
   */
  private State cells(CellStack stack, State stem0, State stem1, boolean halved) {
    State beforeLast = stem0;
    State last = stem1;
    for (int layer = 0; layer < stack.depth(); layer++) {
      String name = "cells." + layer;
      int channels = stack.channels(layer);
      boolean reduces = layer > 0 ? stack.isReduction(layer - 1) : halved;
      String first = name + ".preprocess0";
      State state0 =
          reduces
              ? blocks.factorizedReduction(first, beforeLast, channels)
              : blocks.convNorm(first, pooled(beforeLast, stack, layer - 2, layer), channels);
      State read = pooled(last, stack, layer - 1, layer);
      State state1 = blocks.convNorm(name + ".preprocess1", read, channels);
      beforeLast = last;
      last = cell(name, stack.layer(layer), state0, state1);
    }
    return last;
  }

  /** What the cell {@code to} reads of the output of the cell {@code from}: behind the pools. */
  private State pooled(State output, CellStack stack, int from, int to) {
    State at = output;
    for (int i = from < 0 ? 0 : stack.layer(from).pools(); i < stack.layer(to).pools(); i++) {
      State whole = at;
      at =
          halves.computeIfAbsent(
              whole, unused -> blocks.halvingPool(whole.vertex() + ".half", whole));
    }
    return at;
  }

  private State cell(String name, CellStack.Layer layer, State state0, State state1) {
    CellGenotype cell = genotype.cells().get(layer.kind());
    CellTopology topology = cell.topology();
    List<State> nodes = new ArrayList<>();
    Map<Integer, State> states = new HashMap<>(Map.of(0, state0, 1, state1));
    Map<Gene, State> shared = new HashMap<>();
    int operations = 0;
    for (int node = 0; node < cell.nodes().size(); node++) {
      List<State> terms = new ArrayList<>();
      for (Gene gene : cell.nodes().get(node)) {
        String path = name + "._ops." + operations++;
        int stride = layer.stride(topology, gene.input());
        terms.add(branch(path, gene, stride, states.get(gene.input()), shared));
      }
      if (!terms.isEmpty()) {
        State joined = joined(name + ".node." + node, cell.nodes().get(node), terms);
        states.put(topology.stateOf(node), joined);
        nodes.add(joined);
      }
    }
    return blocks.concatenation(name, nodes.toArray(State[]::new));
  }

  private State joined(String name, List<Gene> genes, List<State> terms) {
    return CellGenotype.aggregation(genes) == Aggregation.MULTIPLY
        ? blocks.product(name, terms)
        : blocks.sum(name, terms);
  }

  /** What has no weights is the same for all nodes that do it with the same state. */
  private State branch(String path, Gene gene, int stride, State from, Map<Gene, State> shared) {
    OperationForm form = OperationBlock.formOf(gene.operation(), stride);
    Gene alone = new Gene(gene.operation().alone(), gene.input());
    if (!form.hasWeights() && shared.containsKey(alone)) {
      return shared.get(alone);
    }
    State branch = form.read(new GraphOperation(blocks, gene.operation(), path, from));
    shared.put(alone, branch);
    return branch;
  }
}
