package dev.fletch.report.page;

import dev.fletch.architecture.Phenotype;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.SweepReport;
import dev.fletch.report.model.TrialReport;
import dev.fletch.report.model.TrialReport.Result;
import dev.fletch.search.SkipConnections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep's tables say of structures: skip connections of cells, the size of genomes. A kind
 * that no trial has gets no column.
 *
 * @param cells whether there is a column for cells
 * @param recurrent whether there is one for recurrent cells
 * @param genomes whether there is one for genomes
 */
record StructureColumns(boolean cells, boolean recurrent, boolean genomes) {
  static StructureColumns of(Collection<TrialReport> trials) {
    List<Result> results = trials.stream().flatMap(trial -> trial.result().stream()).toList();
    boolean genomes = results.stream().anyMatch(result -> result.genome().isPresent());
    boolean recurrent = results.stream().anyMatch(result -> result.identities().isPresent());
    boolean cells = results.stream().anyMatch(result -> result.skips().isPresent());
    return new StructureColumns(cells || (!genomes && !recurrent), recurrent, genomes);
  }

  Markup heads() {
    return columns(
        Markup.of("<th class='n'>Skips</th>"),
        Markup.of("<th class='n'>Identities</th>"),
        Markup.of("<th class='n'>Genome</th>"));
  }

  /**
   * What the heads mean.
   *
   * @param skips what of cells is shown
   */
  String explanation(String skips) {
    return (cells ? " Skips: skip connections of the " + skips + "." : "")
        + (recurrent ? " Identities: nodes of the cell whose function is the identity." : "")
        + (genomes ? " Genome: its nodes / connections that have an effect." : "");
  }

  Markup of(Result result) {
    Optional<SkipConnections> skips = result.skips();
    Optional<Phenotype> genome = result.genome();
    return columns(
        cell(skips.map(s -> s.normal() + " / " + s.reduction())),
        cell(result.identities().map(String::valueOf)),
        cell(genome.map(g -> g.nodes().size() + " / " + g.connections())));
  }

  /** Means over its trials. */
  Markup of(SweepReport.Group group) {
    String nodes = Figures.brief(group.mean(Result::genomeNodes));
    String connections = Figures.brief(group.mean(Result::genomeConnections));
    boolean known = !Double.isNaN(group.mean(Result::genomeNodes));
    return columns(
        cell(Optional.of(Figures.brief(group.mean(Result::normalSkips)))),
        cell(
            Optional.of(
                Figures.brief(
                    group.mean(r -> r.identities().map(n -> (double) n).orElse(Double.NaN))))),
        cell(known ? Optional.of(nodes + " / " + connections) : Optional.empty()));
  }

  private static Markup cell(Optional<String> text) {
    return Markup.of("<td class='n'>{}</td>", text.orElse(Figures.NOT_MEASURED));
  }

  private Markup columns(Markup ofCells, Markup ofRecurrent, Markup ofGenomes) {
    List<Markup> columns = new ArrayList<>();
    if (cells) {
      columns.add(ofCells);
    }
    if (recurrent) {
      columns.add(ofRecurrent);
    }
    if (genomes) {
      columns.add(ofGenomes);
    }
    return Markup.of("{}", columns);
  }

  int count() {
    return (cells ? 1 : 0) + (recurrent ? 1 : 0) + (genomes ? 1 : 0);
  }
}
