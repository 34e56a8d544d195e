package dev.fletch.report;

import dev.fletch.report.TrialReport.Result;
import java.util.ArrayList;
import java.util.List;

/** The tables that compare the trials of a sweep: one by one, and over seeds. */
final class SweepTable {
  private static final Markup FIGURES =
      Markup.of(
          "<th class='n'>Parameters</th><th class='n'>Search time</th>"
              + "<th class='n'>Skips</th><th class='n'>Gap</th>");

  private SweepTable() {}

  static Markup groups(List<SweepReport.Group> groups) {
    List<Markup> rows = new ArrayList<>();
    for (SweepReport.Group group : groups) {
      rows.add(row(rows.size() + 1, group));
    }
    return Page.section(
        "groups",
        "Over seeds",
        "Trials that differ in their seed alone, taken together: mean ± sample standard deviation"
            + " of their test accuracies, means of the rest. Skips: skip connections of the normal"
            + " cell.",
        List.of(
            Markup.of(
                "<div class='scroll'><table class='figures sweep'><thead><tr><th class='n'>#</th>"
                    + "<th>Values</th><th>Method</th><th class='n'>Test accuracy</th>"
                    + "<th class='n'>Trials</th>{}</tr></thead><tbody>{}</tbody></table></div>",
                FIGURES,
                rows)));
  }

  private static Markup row(int rank, SweepReport.Group group) {
    double parameters = group.parametersMean();
    return Markup.of(
        "<tr><td class='n'>{}</td><td class='name'>{}</td><td>{}</td><td class='n'><b>{}</b>{}</td>"
            + "<td class='n'>{} of {}</td><td class='n'>{}</td>"
            + "<td class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td></tr>",
        group.n() > 0 ? rank : Figures.NOT_MEASURED,
        group.name().isEmpty() ? "all" : group.name(),
        group.method().isEmpty() ? Figures.NOT_MEASURED : group.method(),
        Figures.percent(group.testAccuracyMean()),
        Markup.spread(group.testAccuracyStd()),
        group.n(),
        group.trials().size(),
        Figures.count(Double.isNaN(parameters) ? 0 : Math.round(parameters)),
        Figures.duration(group.mean(Result::searchSeconds)),
        Figures.brief(group.mean(r -> r.skips().normal())),
        Figures.difference(group.mean(Result::discretisationGap)));
  }

  static Markup trials(List<TrialReport> ranked) {
    List<Markup> rows = new ArrayList<>();
    for (TrialReport trial : ranked) {
      rows.add(row(rows.size() + 1, trial));
    }
    return Page.section(
        "leaderboard",
        "Leaderboard",
        "Every trial with its best candidate after retraining from scratch: mean ± sample standard"
            + " deviation over the retraining's seeds. Skips: skip connections of the"
            + " normal / reduction cell."
            + " Gap: validation accuracy of the last epoch's supernet minus that of its discretised"
            + " network, in percentage points. Validation: accuracy of the best epoch's supernet.",
        List.of(
            Markup.of(
                "<div class='scroll'><table class='figures sweep'><thead><tr><th class='n'>#</th>"
                    + "<th>Trial</th><th>Method</th>{}<th class='n'>Seed</th><th>Candidate</th>"
                    + "<th class='n'>Test accuracy</th><th class='n'>n</th>{}<th class='n'>"
                    + "Validation</th><th>Status</th></tr></thead><tbody>{}</tbody>"
                    + "</table></div>",
                ranked.isEmpty()
                    ? List.of()
                    : ranked.get(0).trial().labels().keySet().stream()
                        .map(key -> Markup.of("<th>{}</th>", key))
                        .toList(),
                FIGURES,
                rows)));
  }

  private static Markup row(int rank, TrialReport report) {
    boolean measured = !Double.isNaN(report.testAccuracyMean());
    TrialReport.Trial trial = report.trial();
    Markup name =
        report.result().isPresent()
            ? Markup.of(
                "<a href='../trials/{}/report/index.html'>{}</a>", trial.name(), trial.name())
            : Markup.of("{}", trial.name());
    return Markup.of(
        "<tr class='{}'><td class='n'>{}</td><td class='name'>{}</td><td class='words'>{}</td>{}<td"
            + " class='n'>{}</td>{}<td class='words'><span class='status {}'>{}</span>{}</td></tr>",
        measured && rank == 1 ? "best" : "",
        measured ? rank : Figures.NOT_MEASURED,
        name,
        report.result().map(Result::method).orElse(""),
        trial.labels().values().stream()
            .map(v -> Markup.of("<td class='words'>{}</td>", v))
            .toList(),
        trial.seed(),
        report.result().map(SweepTable::results).orElse(Markup.of("<td></td>".repeat(8))),
        report.isDone() ? "good" : report.status().equals(TrialReport.FAILED) ? "bad" : "mixed",
        report.status(),
        report
            .result()
            .map(Result::earlyEnd)
            .filter(end -> !end.isEmpty())
            .map(end -> Markup.of("<br/><small>search stopped: {}</small>", end))
            .orElse(Markup.NONE));
  }

  private static Markup results(Result result) {
    return Markup.of(
        "<td class='words'>{}</td><td class='n'><b>{}</b>{}</td><td class='n'>{}</td>"
            + "<td class='n'>{}</td><td class='n'>{}</td><td class='n'>{} / {}</td>"
            + "<td class='n'>{}</td><td class='n'>{}</td>",
        result.bestCandidate(),
        Figures.percent(result.testAccuracyMean()),
        Markup.spread(result.testAccuracyStd()),
        result.n(),
        Figures.count(result.parameters()),
        Figures.duration(result.searchSeconds()),
        result.skips().normal(),
        result.skips().reduction(),
        Figures.difference(result.discretisationGap()),
        Figures.percent(result.validationAccuracy()));
  }
}
