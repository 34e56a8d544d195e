package dev.fletch.report.page;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Phenotype;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.report.draw.CellDrawing;
import dev.fletch.report.draw.GenomeDrawing;
import dev.fletch.report.draw.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An architecture as drawings, whatever it is made of, with what a drawing cannot show in words.
 */
final class ArchitectureFigure {
  private ArchitectureFigure() {}

  /**
   * @param hasNormalCells whether something is known of the normal cell, if it has one
   */
  static Markup of(Architecture architecture, boolean hasNormalCells) {
    if (architecture instanceof RecurrentCell cell) {
      String title = "Recurrent cell";
      return Markup.of("<div class='cells'>{}</div>", figure(title, CellDrawing.svg(cell, title)));
    }
    return architecture instanceof Genome genome
        ? genome(genome)
        : cells(CellPair.of(architecture), hasNormalCells);
  }

  /** How drawings of such architectures are read. */
  static String lead(List<Architecture> architectures) {
    List<String> sentences = new ArrayList<>();
    if (architectures.stream().anyMatch(CellPair.class::isInstance)) {
      sentences.add(
          "Every label is an operation, applied to the state its line comes from; dashed lines are"
              + " skip connections. The cell's output joins all nodes.");
    }
    if (architectures.stream().anyMatch(RecurrentCell.class::isInstance)) {
      sentences.add(
          "State 0 is made of the word and of the cell's last output. Every label is a function,"
              + " applied to the state its line comes from and let through by a gate; dashed lines"
              + " are identities. The cell's output is the mean of the nodes that lead to it.");
    }
    if (architectures.stream().anyMatch(Genome.class::isInstance)) {
      sentences.add(
          "A node of a genome has two ports, I and J: what enters one is added, then comes its"
              + " operation and its activation. The sign says whether the node adds or multiplies"
              + " its ports. Dashed lines enter an identity; what is pale has no effect.");
    }
    return String.join(" ", sentences);
  }

  /** What the text form is called. */
  static String summary(Architecture architecture) {
    return architecture instanceof Genome ? "Genome as text" : "Genotype as text";
  }

  private static Markup cells(CellPair cells, boolean hasNormalCells) {
    if (cells.isOfOneKind()) {
      return Markup.of("<div class='cells'>{}</div>", cell("Cell", cells.normal()));
    }
    return Markup.of(
        "<div class='cells'>{}{}</div>",
        hasNormalCells ? cell("Normal cell", cells.normal()) : Section.NO_NORMAL_CELLS,
        cell("Reduction cell", cells.reduction()));
  }

  private static Markup cell(String title, CellGenotype cell) {
    return figure(title, CellDrawing.svg(cell, title));
  }

  private static Markup genome(Genome genome) {
    return Markup.of(
        "<div class='cells'>{}</div>{}",
        figure("Genome", GenomeDrawing.svg(genome, "Genome")),
        notes(genome));
  }

  private static Markup figure(String title, Markup svg) {
    return Markup.of(
        "<figure class='drawing'><figcaption><b>{}</b></figcaption>"
            + "<div class='scroll'>{}</div></figure>",
        title,
        svg);
  }

  private static List<Markup> notes(Genome genome) {
    List<Markup> notes = new ArrayList<>();
    Set<Integer> used =
        genome.phenotype().nodes().stream().map(Phenotype.Node::key).collect(Collectors.toSet());
    String idle =
        genome.nodes().stream()
            .map(NodeGene::key)
            .filter(key -> !used.contains(key))
            .map(key -> "node " + key)
            .collect(Collectors.joining(", "));
    String disabled =
        genome.connections().stream()
            .filter(connection -> !connection.enabled())
            .map(ArchitectureFigure::words)
            .collect(Collectors.joining(", "));
    if (!disabled.isEmpty()) {
      notes.add(Markup.of("<p class='facts'>Disabled connections: {}.</p>", disabled));
    }
    if (!idle.isEmpty()) {
      notes.add(Markup.of("<p class='facts'>Without effect on the output: {}.</p>", idle));
    }
    return notes;
  }

  /** A connection by its innovation number, as {@code 3 (input to node 2, port I)}. */
  static String words(ConnectionGene connection) {
    return "%d (%s to node %d, port %s)"
        .formatted(
            connection.innovation(), state(connection.from()), connection.to(), connection.port());
  }

  /** A state of a genome in words. */
  static String state(int key) {
    return key == Genome.INPUT ? "input" : "node " + key;
  }
}
