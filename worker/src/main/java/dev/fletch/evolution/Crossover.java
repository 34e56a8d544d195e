package dev.fletch.evolution;

import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.ForwardGraph;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.data.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes one genome of two. Genes of the fitter parent are taken first: of the other's connections,
 * one that would close a circle with those is left out. Where the other's nodes would be too many,
 * none that it alone has is taken, nor what is connected to them.
 */
final class Crossover {
  private final CrossoverSettings settings;
  private final int maxNodes;

  Crossover(CrossoverSettings settings, int maxNodes) {
    this.settings = settings;
    this.maxNodes = maxNodes;
  }

  /**
   * The child of two genomes.
   *
   * @param areEqual whether neither is fitter; {@code fitter} is then the one that counts as such
   *     where it must be one
   */
  Genome child(Genome fitter, Genome other, boolean areEqual, SeededRandom random) {
    Map<Integer, NodeGene> nodes = byNumber(fitter.nodes(), NodeGene::key);
    Map<Integer, ConnectionGene> connections =
        byNumber(fitter.connections(), ConnectionGene::innovation);
    if (settings.rule() == CrossoverRule.SOURCE || areEqual) {
      addGenes(other, nodes, connections);
    }
    Genome withGenesOfFitter = genome(nodes, connections, fitter);
    if (settings.rule() == CrossoverRule.SOURCE) {
      return withGenesOfFitter;
    }
    drawMatchingGenes(fitter, other, nodes, connections, random);
    Genome drawn = genome(nodes, connections, fitter);
    // what was drawn may have cut the output off
    return drawn.phenotype().isEmpty() ? withGenesOfFitter : drawn;
  }

  private static <T> Map<Integer, T> byNumber(List<T> genes, Function<T, Integer> number) {
    Map<Integer, T> map = new TreeMap<>();
    genes.forEach(gene -> map.put(number.apply(gene), gene));
    return map;
  }

  private static Genome genome(
      Map<Integer, NodeGene> nodes, Map<Integer, ConnectionGene> connections, Genome fitter) {
    return new Genome(
        new ArrayList<>(nodes.values()), new ArrayList<>(connections.values()), fitter.output());
  }

  private void addGenes(
      Genome other, Map<Integer, NodeGene> nodes, Map<Integer, ConnectionGene> connections) {
    long more = other.nodes().stream().filter(node -> !nodes.containsKey(node.key())).count();
    if (nodes.size() + more <= maxNodes) {
      other.nodes().forEach(node -> nodes.putIfAbsent(node.key(), node));
    }
    ForwardGraph graph = ForwardGraph.of(connections.values());
    for (ConnectionGene connection : other.connections()) {
      boolean hasEnds =
          nodes.containsKey(connection.to())
              && (connection.from() == Genome.INPUT || nodes.containsKey(connection.from()));
      if (hasEnds
          && !connections.containsKey(connection.innovation())
          && graph.add(connection.from(), connection.to())) {
        connections.put(connection.innovation(), connection);
      }
    }
  }

  private void drawMatchingGenes(
      Genome fitter,
      Genome other,
      Map<Integer, NodeGene> nodes,
      Map<Integer, ConnectionGene> connections,
      SeededRandom random) {
    Map<Integer, NodeGene> otherNodes = byNumber(other.nodes(), NodeGene::key);
    for (NodeGene node : fitter.nodes()) {
      NodeGene match = otherNodes.get(node.key());
      if (match != null && random.below(2) == 1) {
        nodes.put(node.key(), match);
      }
    }
    Map<Integer, ConnectionGene> otherConnections =
        byNumber(other.connections(), ConnectionGene::innovation);
    for (ConnectionGene connection : fitter.connections()) {
      ConnectionGene match = otherConnections.get(connection.innovation());
      if (match != null) {
        boolean both = connection.enabled() && match.enabled();
        boolean enabled = both || random.unit() >= settings.staysDisabled();
        connections.put(connection.innovation(), connection.enabled(enabled));
      }
    }
  }
}
