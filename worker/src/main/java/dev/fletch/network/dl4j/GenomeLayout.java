package dev.fletch.network.dl4j;

import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype;
import dev.fletch.data.ImageShape;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.dl4j.GraphBlocks.State;
import dev.fletch.nn.operation.OperationBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** The layers of the network of one genome, and how they are connected. */
final class GenomeLayout {
  private final Phenotype phenotype;
  private final GraphBuilder graph;
  private final GraphBlocks blocks;

  GenomeLayout(Genome genome, CandidateSettings settings, ImageShape shape, int classes) {
    this.phenotype = genome.phenotype();
    this.graph = GraphLayout.start(shape);
    this.blocks = new GraphBlocks(graph);
    State images = new State(GraphLayout.INPUT, shape.channels(), shape.height(), shape.width());
    State at = blocks.stem(images, settings.initChannels());
    for (int copy = 0; copy < settings.layers(); copy++) {
      if (settings.reduceAfter().contains(copy)) {
        at = blocks.reduction("reductions." + copy, at);
      }
      at = copy("copies." + copy, at);
    }
    blocks.classifier("classifier", at, classes);
  }

  ComputationGraphConfiguration configuration() {
    return graph.build();
  }

  /** By layer, for the depthwise convolutions that have one. */
  Map<String, Integer> dilations() {
    return blocks.dilations();
  }

  private State copy(String name, State input) {
    List<State> states = new ArrayList<>(List.of(input));
    for (Phenotype.Node node : phenotype.nodes()) {
      String path = name + ".nodes." + node.key();
      List<State> ports = new ArrayList<>();
      for (Phenotype.Input entering : node.inputs()) {
        ports.add(port(path + "." + entering.port(), entering, states));
      }
      states.add(
          node.aggregation() == Aggregation.ADD
              ? joined(path, ports)
              : ports.size() == 1 ? ports.get(0) : blocks.product(path, distinct(path, ports)));
    }
    return states.get(states.size() - 1);
  }

  private State port(String path, Phenotype.Input entering, List<State> states) {
    State from = joined(path + ".states", entering.states().stream().map(states::get).toList());
    var operation = entering.gene().operation();
    State value =
        OperationBlock.formOf(operation, 1).read(new GraphOperation(blocks, operation, path, from));
    return blocks.activation(path + ".activation", entering.gene().activation(), value);
  }

  private State joined(String name, List<State> terms) {
    return terms.size() == 1 ? terms.get(0) : blocks.sum(name, distinct(name, terms));
  }

  /** A vertex cannot read another one twice. */
  private State[] distinct(String name, List<State> terms) {
    List<State> distinct = new ArrayList<>();
    for (State term : terms) {
      distinct.add(
          distinct.contains(term) ? blocks.again(name + ".again." + distinct.size(), term) : term);
    }
    return distinct.toArray(State[]::new);
  }
}
