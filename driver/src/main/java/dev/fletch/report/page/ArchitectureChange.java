package dev.fletch.report.page;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.report.draw.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is different from one architecture to another, in words. */
final class ArchitectureChange {
  private ArchitectureChange() {}

  /** Nothing if they are the same. */
  static List<String> words(Architecture before, Architecture after) {
    List<String> words = new ArrayList<>();
    if (before instanceof CellPair old && after instanceof CellPair now) {
      compare("normal", old.normal(), now.normal(), words);
      compare("reduction", old.reduction(), now.reduction(), words);
    } else if (before instanceof RecurrentCell old && after instanceof RecurrentCell now) {
      compare(old, now, words);
    } else if (before instanceof Genome old && after instanceof Genome now) {
      compare(old, now, words);
    } else {
      words.add("another kind of architecture");
    }
    return words;
  }

  private static void compare(RecurrentCell before, RecurrentCell after, List<String> words) {
    int nodes = Math.min(before.nodes().size(), after.nodes().size());
    for (int node = 0; node < nodes; node++) {
      Gene gone = before.nodes().get(node);
      Gene come = after.nodes().get(node);
      if (!gone.equals(come)) {
        words.add("state %d: %s → %s".formatted(node + 1, named(gone), named(come)));
      }
    }
  }

  private static String named(Gene function) {
    return function.operation().text() + " of " + StateName.ofRecurrent(function.input());
  }

  private static void compare(
      String name, CellGenotype before, CellGenotype after, List<String> words) {
    int nodes = Math.min(before.nodes().size(), after.nodes().size());
    for (int node = 0; node < nodes; node++) {
      List<Gene> gone = without(before.nodes().get(node), after.nodes().get(node));
      List<Gene> come = without(after.nodes().get(node), before.nodes().get(node));
      if (!gone.isEmpty() || !come.isEmpty()) {
        words.add(name + " node " + node + ": " + named(gone) + " → " + named(come));
      } else if (!before.nodes().get(node).equals(after.nodes().get(node))) {
        words.add(name + " node " + node + ": same edges, other order of strength");
      }
    }
  }

  private static List<Gene> without(List<Gene> genes, List<Gene> others) {
    return genes.stream().filter(g -> !others.contains(g)).toList();
  }

  private static String named(List<Gene> genes) {
    return genes.isEmpty()
        ? "nothing"
        : genes.stream()
            .map(g -> g.operation().text() + " from " + StateName.of(g.input()))
            .collect(Collectors.joining(" + "));
  }

  /** Genes are the same if they have the same number, wherever they come from. */
  private static void compare(Genome before, Genome after, List<String> words) {
    for (NodeGene node : after.nodes()) {
      Optional<NodeGene> old = find(before.nodes(), node.key());
      if (old.isEmpty()) {
        words.add("new node " + node);
      } else if (!old.get().equals(node)) {
        words.add("node " + old.get() + " → " + node);
      }
    }
    before.nodes().stream()
        .filter(node -> find(after.nodes(), node.key()).isEmpty())
        .forEach(node -> words.add("without node " + node.key()));
    for (ConnectionGene connection : after.connections()) {
      Optional<ConnectionGene> old = numbered(before, connection.innovation());
      if (old.isEmpty()) {
        words.add("new connection " + ArchitectureFigure.words(connection));
      } else if (old.get().enabled() != connection.enabled()) {
        words.add(
            (connection.enabled() ? "enabled " : "disabled ")
                + ArchitectureFigure.words(connection));
      }
    }
    before.connections().stream()
        .filter(connection -> numbered(after, connection.innovation()).isEmpty())
        .forEach(connection -> words.add("without " + ArchitectureFigure.words(connection)));
    if (before.output() != after.output()) {
      words.add("the output is node " + after.output());
    }
  }

  private static Optional<NodeGene> find(List<NodeGene> nodes, int key) {
    return nodes.stream().filter(node -> node.key() == key).findFirst();
  }

  private static Optional<ConnectionGene> numbered(Genome genome, int innovation) {
    return genome.connections().stream().filter(c -> c.innovation() == innovation).findFirst();
  }
}
