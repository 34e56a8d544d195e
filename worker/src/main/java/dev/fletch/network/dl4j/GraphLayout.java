package dev.fletch.network.dl4j;

import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Gene;
import dev.fletch.data.ImageShape;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Stem;
import dev.fletch.network.dl4j.GraphBlocks.State;
import dev.fletch.nn.operation.OperationBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** The layers of one candidate network, without its auxiliary head, and how they are connected. */
final class GraphLayout {
  static final String INPUT = "images";

  private final CellPair genotype;
  private final CandidateSettings settings;
  private final GraphBuilder graph;
  private final GraphBlocks blocks;

  GraphLayout(CellPair genotype, CandidateSettings settings, ImageShape shape, int classes) {
    if (genotype.isOfOneKind()) {
      throw new IllegalArgumentException(Dl4jForm.ONE_KIND + ", got " + genotype);
    }
    this.genotype = genotype.connected();
    this.settings = settings;
    this.graph = start(shape);
    this.blocks = new GraphBlocks(graph);
    layOut(new State(INPUT, shape.channels(), shape.height(), shape.width()), classes);
  }

  /** A graph without any layer yet, for normalised images called {@value #INPUT}. */
  static GraphBuilder start(ImageShape shape) {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.FLOAT)
        .weightInit(WeightInit.ZERO) // all are overwritten
        .activation(Activation.IDENTITY) // convolutions would have a sigmoid
        .convolutionMode(ConvolutionMode.Truncate)
        .graphBuilder()
        .addInputs(INPUT)
        .setInputTypes(InputType.convolutional(shape.height(), shape.width(), shape.channels()));
  }

  ComputationGraphConfiguration configuration() {
    return graph.build();
  }

  /** By layer, for the depthwise convolutions that have one. */
  Map<String, Integer> dilations() {
    return blocks.dilations();
  }

  private void layOut(State images, int classes) {
    boolean isLarge = settings.stem() == Stem.IMAGENET;
    State beforeLast =
        isLarge
            ? blocks.quarter(images, settings.initChannels())
            : blocks.stem(images, settings.stemMultiplier() * settings.initChannels());
    State last = isLarge ? blocks.eighth(beforeLast) : beforeLast;
    CellStack stack = settings.stack();
    for (int layer = 0; layer < stack.depth(); layer++) {
      String name = "cells." + layer;
      int channels = stack.channels(layer);
      boolean halved = layer > 0 ? stack.isReduction(layer - 1) : isLarge;
      String first = name + ".preprocess0";
      State state0 =
          halved
              ? blocks.factorizedReduction(first, beforeLast, channels)
              : blocks.convNorm(first, beforeLast, channels);
      State state1 = blocks.convNorm(name + ".preprocess1", last, channels);
      beforeLast = last;
      last = cell(name, stack.layer(layer), state0, state1);
    }
    blocks.classifier("classifier", last, classes);
  }

  private State cell(String name, CellStack.Layer layer, State state0, State state1) {
    CellGenotype cell = genotype.cells().get(layer.kind());
    CellTopology topology = cell.topology();
    List<State> nodes = new ArrayList<>();
    Map<Integer, State> states = new HashMap<>(Map.of(0, state0, 1, state1));
    int operations = 0;
    for (int node = 0; node < cell.nodes().size(); node++) {
      List<State> terms = new ArrayList<>();
      for (Gene gene : cell.nodes().get(node)) {
        String path = name + "._ops." + operations++;
        int stride = layer.stride(topology, gene.input());
        State term =
            OperationBlock.formOf(gene.operation(), stride)
                .read(new GraphOperation(blocks, gene.operation(), path, states.get(gene.input())));
        terms.add(terms.contains(term) ? blocks.again(path, term) : term);
      }
      if (!terms.isEmpty()) {
        State joined = joined(name + ".node." + node, cell.nodes().get(node), terms);
        states.put(topology.stateOf(node), joined);
        nodes.add(joined);
      }
    }
    return nodes.size() == 1
        ? nodes.get(0)
        : blocks.concatenation(name, nodes.toArray(State[]::new));
  }

  private State joined(String name, List<Gene> genes, List<State> terms) {
    State[] all = terms.toArray(State[]::new);
    if (all.length == 1) {
      return all[0];
    }
    return CellGenotype.aggregation(genes) == Aggregation.MULTIPLY
        ? blocks.product(name, all)
        : blocks.sum(name, all);
  }
}
