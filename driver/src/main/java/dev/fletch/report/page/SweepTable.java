package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.SweepReport;
import dev.fletch.report.model.TrialReport;
import dev.fletch.report.model.TrialReport.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tables that compare the trials of a sweep: one by one, and over seeds. */
final class SweepTable {
  private SweepTable() {}

  static Markup groups(List<SweepReport.Group> groups, Metric metric) {
    StructureColumns structures =
        StructureColumns.of(groups.stream().flatMap(g -> g.trials().stream()).toList());
    List<Markup> rows = new ArrayList<>();
    for (SweepReport.Group group : groups) {
      rows.add(row(rows.size() + 1, group, metric, structures));
    }
    return Section.of(
        "groups",
        "Over seeds",
        "Trials that differ in their seed alone, taken together: mean ± sample standard deviation"
            + " of their test "
            + metric.name()
            + ", means of the rest."
            + structures.explanation("normal cell"),
        List.of(
            Markup.of(
                "<div class='scroll'><table class='figures sweep'><thead><tr><th class='n'>#</th>"
                    + "<th>Values</th><th>Method</th><th class='n'>Test {}</th>"
                    + "<th class='n'>Trials</th>{}</tr></thead><tbody>{}</tbody></table></div>",
                metric.name(),
                figures(structures),
                rows)));
  }

  private static Markup figures(StructureColumns structures) {
    return Markup.of(
        "<th class='n'>Parameters</th><th class='n'>Search time</th>{}<th class='n'>Gap</th>",
        structures.heads());
  }

  private static Markup row(
      int rank, SweepReport.Group group, Metric metric, StructureColumns structures) {
    double parameters = group.parametersMean();
    return Markup.of(
        "<tr><td class='n'>{}</td><td class='name'>{}</td><td class='words'>{}</td><td"
            + " class='n'><b>{}</b>{}</td><td class='n'>{} of {}</td><td class='n'>{}</td><td"
            + " class='n'>{}</td>{}<td class='n'>{}</td></tr>",
        group.n() > 0 ? rank : Figures.NOT_MEASURED,
        breakable(group.name().isEmpty() ? "all" : group.name()),
        group.method().isEmpty() ? Figures.NOT_MEASURED : group.method(),
        metric.text(group.testFigureMean()),
        Markup.spread(Figures.points(metric, group.testFigureStd())),
        group.n(),
        group.trials().size(),
        Figures.count(Double.isNaN(parameters) ? 0 : Math.round(parameters)),
        Figures.duration(group.mean(Result::searchSeconds)),
        structures.of(group),
        Figures.difference(metric, group.mean(Result::discretisationGap)));
  }

  static Markup trials(List<TrialReport> ranked, Metric metric) {
    boolean columns = !ranked.stream().allMatch(SweepTable::namesItsValues);
    StructureColumns structures = StructureColumns.of(ranked);
    List<Markup> rows = new ArrayList<>();
    for (TrialReport trial : ranked) {
      boolean best = metric.isLevel(trial.testFigureMean(), ranked.get(0).testFigureMean());
      rows.add(row(rows.size() + 1, best, trial, columns, structures));
    }
    return Section.of(
        "leaderboard",
        "Leaderboard",
        "Every trial with its best candidate after retraining from scratch: mean ± sample standard"
            + " deviation over the retraining's seeds."
            + structures.explanation("normal / reduction cell")
            + " Gap: by how much the validation "
            + metric.name()
            + " of the last epoch's discretised network is worse than its supernet's, in "
            + metric.points()
            + ". Validation: "
            + metric.name()
            + (structures.genomes()
                ? " of the best epoch's supernet, or of the best genome of a search by evolution."
                : " of the best epoch's supernet."),
        List.of(
            Markup.of(
                "<div class='scroll'><table class='figures sweep'><thead><tr><th class='n'>#</th>"
                    + "<th>Trial</th><th>Method</th>{}<th class='n'>Seed</th><th>Candidate</th>"
                    + "<th class='n'>Test {}</th><th class='n'>n</th>{}<th class='n'>"
                    + "Validation</th><th>Status</th></tr></thead><tbody>{}</tbody></table></div>",
                columns
                    ? ranked.get(0).trial().labels().keySet().stream()
                        .map(key -> Markup.of("<th>{}</th>", key))
                        .toList()
                    : List.of(),
                metric.name(),
                figures(structures),
                rows)));
  }

  /** Then columns for the values would only say it twice; long names are cut. */
  private static boolean namesItsValues(TrialReport report) {
    return report.trial().labels().entrySet().stream()
        .allMatch(e -> report.trial().name().contains(e.getKey() + "=" + e.getValue()));
  }

  private static Markup row(
      int rank, boolean best, TrialReport report, boolean columns, StructureColumns structures) {
    boolean measured = !Double.isNaN(report.testFigureMean());
    TrialReport.Trial trial = report.trial();
    Markup name =
        report.result().isPresent()
            ? Markup.of(
                "<a href='../trials/{}/report/index.html'>{}</a>",
                trial.name(),
                breakable(trial.name()))
            : breakable(trial.name());
    return Markup.of(
        "<tr class='{}'><td class='n'>{}</td><td class='name'>{}{}</td><td"
            + " class='words'>{}</td>{}<td class='n'>{}</td>{}<td><span class='status"
            + " {}'>{}</span></td></tr>",
        best ? "best" : "",
        measured ? rank : Figures.NOT_MEASURED,
        name,
        report.result().filter(Result::endedEarly).map(SweepTable::stopped).orElse(Markup.NONE),
        report.result().map(Result::method).orElse(""),
        columns
            ? trial.labels().values().stream().map(v -> Markup.of("<td>{}</td>", v)).toList()
            : List.of(),
        trial.seed(),
        report
            .result()
            .map(result -> results(result, structures))
            .orElse(Markup.of("<td></td>".repeat(7 + structures.count()))),
        report.isDone() ? "good" : report.status().equals(TrialReport.FAILED) ? "bad" : "mixed",
        report.status());
  }

  private static Markup stopped(Result result) {
    return Markup.of("<br/><small>search stopped: {}</small>", result.stopReason());
  }

  /** Lines of a name end after its values. */
  private static Markup breakable(String name) {
    List<Markup> parts = new ArrayList<>();
    for (String part : name.split("(?<=,)")) {
      parts.add(Markup.of("{}<wbr/>", part));
    }
    return new Markup(parts.stream().map(Markup::html).collect(Collectors.joining()));
  }

  private static Markup results(Result result, StructureColumns structures) {
    return Markup.of(
        "<td class='words'>{}</td><td class='n'><b>{}</b>{}</td><td class='n'>{}</td>"
            + "<td class='n'>{}</td><td class='n'>{}</td>{}"
            + "<td class='n'>{}</td><td class='n'>{}</td>",
        result.bestCandidate(),
        result.metric().text(result.testFigureMean()),
        Markup.spread(Figures.points(result.metric(), result.testFigureStd())),
        result.n(),
        Figures.count(result.parameters()),
        Figures.duration(result.searchSeconds()),
        structures.of(result),
        Figures.difference(result.metric(), result.discretisationGap()),
        result.metric().text(result.validationFigure()));
  }
}
