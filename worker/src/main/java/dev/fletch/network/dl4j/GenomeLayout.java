package dev.fletch.network.dl4j;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype;
import dev.fletch.architecture.PortGene;
import dev.fletch.network.CandidateSettings;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layers of the network of one genome, and how they are connected. */
final class GenomeLayout {
  /** What has no weights is the same for all ports that do it with the same states. */
  private record Shared(PortGene gene, List<Integer> states) {}

  private final GraphBlocks blocks;

  private GenomeLayout(GraphBlocks blocks) {
    this.blocks = blocks;
  }

  /** Adds them to an empty graph. */
  static void layOut(GraphBlocks blocks, Genome genome, CandidateSettings settings, int classes) {
    GenomeLayout layout = new GenomeLayout(blocks);
    Phenotype phenotype = genome.phenotype();
    State at = blocks.stem(settings.initChannels(), settings.embedding());
    for (int copy = 0; copy < settings.layers(); copy++) {
      if (settings.reduceAfter().contains(copy)) {
        at = blocks.reduction("reductions." + copy, at);
      }
      at = layout.copy("copies." + copy, phenotype, at);
    }
    blocks.classifier("classifier", at, classes);
  }

  private State copy(String name, Phenotype phenotype, State input) {
    List<State> states = new ArrayList<>(List.of(input));
    Map<Shared, State> shared = new HashMap<>();
    for (Phenotype.Node node : phenotype.nodes()) {
      String path = name + ".nodes." + node.key();
      List<State> ports = new ArrayList<>();
      for (Phenotype.Input entering : node.inputs()) {
        ports.add(port(path + "." + entering.port(), entering, states, shared));
      }
      states.add(
          node.aggregation() == Aggregation.ADD
              ? blocks.sum(path, ports)
              : blocks.product(path, ports));
    }
    return states.get(states.size() - 1);
  }

  private State port(
      String path, Phenotype.Input entering, List<State> states, Map<Shared, State> shared) {
    OperationForm form = OperationBlock.formOf(entering.gene().operation(), 1);
    if (form.hasWeights()) {
      return port(path, entering, form, states);
    }
    Shared key = new Shared(entering.gene(), entering.states());
    if (!shared.containsKey(key)) {
      shared.put(key, port(path, entering, form, states));
    }
    return shared.get(key);
  }

  private State port(
      String path, Phenotype.Input entering, OperationForm form, List<State> states) {
    PortGene gene = entering.gene();
    State from = blocks.sum(path + ".states", entering.states().stream().map(states::get).toList());
    State value = form.read(new GraphOperation(blocks, gene.operation(), path, from));
    return gene.activation() == Activation.IDENTITY
        ? value
        : blocks.activation(path + ".activation", gene.activation(), value);
  }
}
