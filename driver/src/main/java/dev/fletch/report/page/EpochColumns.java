package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.Leaderboard;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the table of epochs says of each. */
final class EpochColumns {
  private static final String SKIPS = "Skip connections";

  private EpochColumns() {}

  /**
   * @param head of the column
   * @param cell its content in the row of an epoch
   */
  record Column(String head, Function<EpochRecord, Markup> cell) {}

  /** Of what was measured. */
  static List<Column> of(RunReport report) {
    SearchReport search = report.search();
    Metric metric = search.metric();
    List<Column> columns = new ArrayList<>();
    if (measured(search, EpochRecord::temperature)) {
      columns.add(new Column("T", e -> number(Figures.brief(e.temperature()))));
    }
    columns.add(new Column("Validation " + metric.name(), figure(EpochRecord::validationFigure)));
    if (measured(search, e -> e.watch().discretisedFigure())) {
      columns.add(
          new Column("Discretised " + metric.name(), figure(e -> e.watch().discretisedFigure())));
      columns.add(
          new Column("Gap", e -> number(Figures.difference(metric, e.discretisationGap()))));
    }
    if (search.isRecurrent()) {
      columns.add(
          new Column("Identities", e -> number(Integer.toString(e.skipConnections().normal()))));
    } else if (search.round() == Round.EPOCH) {
      columns.add(
          new Column(
              SKIPS,
              e -> number(e.skipConnections().normal() + " / " + e.skipConnections().reduction())));
    }
    if (measured(search, e -> e.watch().alphaEigenvalue())) {
      columns.add(
          new Column("Eigenvalue", e -> number(Figures.brief(e.watch().alphaEigenvalue()))));
    }
    Map<Integer, Markup> retrained = retrained(report);
    if (!retrained.isEmpty()) {
      columns.add(new Column(tested(report), e -> retrained.getOrDefault(e.epoch(), Markup.NONE)));
    }
    return columns;
  }

  static boolean measured(SearchReport search, ToDoubleFunction<EpochRecord> value) {
    return search.epochs().stream().anyMatch(e -> !Double.isNaN(value.applyAsDouble(e)));
  }

  private static Function<EpochRecord, Markup> figure(ToDoubleFunction<EpochRecord> value) {
    return e -> number(e.metric().text(value.applyAsDouble(e)));
  }

  private static Markup number(String text) {
    return Markup.of("{}", text);
  }

  /** What a hypernetwork gives for a lambda is not the epoch's genotype. */
  static Map<Integer, Markup> retrained(RunReport report) {
    Map<Integer, Markup> retrained = new LinkedHashMap<>();
    List<CandidateReport> ranked = Leaderboard.ranked(report.candidates());
    Metric metric = report.metric();
    for (CandidateReport candidate : ranked) {
      Markup figure =
          Markup.of(
              "<a href='#candidate-{}'>{}</a>{}",
              ranked.indexOf(candidate) + 1,
              candidate.measuredSeeds() > 0
                  ? metric.text(candidate.testFigureMean())
                  : candidate.status(),
              Markup.spread(Figures.points(metric, candidate.testFigureStd())));
      candidate.origins().stream()
          .filter(origin -> origin.lambda().isEmpty() && origin.epoch().isPresent())
          .forEach(origin -> retrained.putIfAbsent(origin.epoch().getAsInt(), figure));
    }
    return retrained;
  }

  /** The head of what came of the retraining. */
  private static String tested(RunReport report) {
    return "Test " + report.metric().name();
  }

  static String explanation(RunReport report, List<Column> columns) {
    List<String> heads = columns.stream().map(Column::head).toList();
    return (heads.contains(SKIPS) ? "Skip connections: normal / reduction cell." : "")
        + (report.search().isRecurrent() ? "Identities: nodes whose function is the identity." : "")
        + (heads.contains("Gap")
            ? " Discretised: the supernet with the genotype's operations alone, nothing trained"
                + " anew; the gap is what that costs, in "
                + report.metric().points()
                + "."
            : "")
        + (heads.contains("Eigenvalue")
            ? " Eigenvalue: the largest of the Hessian of the validation loss in alpha."
            : "")
        + (heads.contains(tested(report))
            ? " "
                + tested(report)
                + ": of the "
                + (report.search().round() == Round.EPOCH
                    ? "epoch's genotype"
                    : "generation's best genome")
                + " retrained from scratch, mean ± spread."
            : "");
  }
}
