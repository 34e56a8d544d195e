package dev.fletch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code index.html} of a sweep: one leaderboard, with links to the pages of the trials. */
final class SweepPage {
  private SweepPage() {}

  static String text(SweepReport sweep) {
    List<Markup> sections = new ArrayList<>();
    sections.add(header(sweep));
    if (sweep.groups().size() < sweep.trials().size()) {
      sections.add(groups(sweep.groups()));
    }
    sections.add(trials(sweep.ranked()));
    sections.add(failures(sweep.trials()));
    return Page.frame(sweep.title(), sections);
  }

  private static Markup header(SweepReport sweep) {
    return Markup.of(
        "<header><p class='eyebrow'>Fletch sweep <b>{}</b></p><h1>{}</h1>"
            + "<p class='headline'>{}</p><pre class='command'>{}</pre></header>",
        sweep.name(),
        sweep.title(),
        headline(sweep),
        sweep.command());
  }

  private static String headline(SweepReport sweep) {
    long done = sweep.trials().stream().filter(TrialReport::isDone).count();
    String finished = done + " of " + Figures.counted(sweep.trials().size(), "trial") + " done. ";
    Optional<TrialReport> best =
        sweep.ranked().stream().filter(t -> !Double.isNaN(t.testAccuracyMean())).findFirst();
    return best.map(
            t ->
                finished
                    + "The best one, "
                    + t.trial().name()
                    + ", reaches a test accuracy of "
                    + Figures.percent(t.testAccuracyMean())
                    + ".")
        .orElse(finished + "None has a test accuracy yet.");
  }

  private static Markup groups(List<SweepReport.Group> groups) {
    List<Markup> rows = new ArrayList<>();
    for (SweepReport.Group group : groups) {
      rows.add(
          Markup.of(
              "<tr><td class='n'>{}</td><td class='name'>{}</td><td class='n'><b>{}</b> <small>±"
                  + " {}</small></td><td class='n'>{} of {}</td></tr>",
              group.n() > 0 ? rows.size() + 1 : Figures.NOT_MEASURED,
              group.name().isEmpty() ? "all" : group.name(),
              Figures.percent(group.testAccuracyMean()),
              Figures.points(group.testAccuracyStd()),
              group.n(),
              group.trials().size()));
    }
    return Page.section(
        "groups",
        "Over seeds",
        "Trials that differ in their seed alone, taken together: mean ± sample standard deviation"
            + " of their test accuracies.",
        List.of(
            Markup.of(
                "<div class='scroll'><table><thead><tr><th class='n'>#</th><th>Values</th><th"
                    + " class='n'>Test accuracy</th><th class='n'>Trials</th></tr></thead>"
                    + "<tbody>{}</tbody></table></div>",
                rows)));
  }

  private static Markup trials(List<TrialReport> ranked) {
    List<Markup> rows = new ArrayList<>();
    for (TrialReport trial : ranked) {
      rows.add(row(rows.size() + 1, trial));
    }
    return Page.section(
        "leaderboard",
        "Leaderboard",
        "Every trial with its best candidate after retraining from scratch: mean ± sample standard"
            + " deviation over the retraining's seeds.",
        List.of(
            Markup.of(
                "<div class='scroll'><table><thead><tr><th class='n'>#</th><th>Trial</th>{}"
                    + "<th class='n'>Seed</th><th>Candidate</th><th class='n'>Test accuracy</th>"
                    + "<th class='n'>n</th><th class='n'>Parameters</th><th class='n'>Search"
                    + " time</th><th class='n'>Skip connections</th><th class='n'>Validation"
                    + " accuracy</th><th>Status</th></tr></thead><tbody>{}</tbody></table></div>",
                ranked.isEmpty()
                    ? List.of()
                    : ranked.get(0).trial().labels().keySet().stream()
                        .map(key -> Markup.of("<th>{}</th>", key))
                        .toList(),
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
        "<tr class='{}'><td class='n'>{}</td><td class='name'>{}</td>{}<td class='n'>{}</td>{}"
            + "<td><span class='status {}'>{}</span></td></tr>",
        measured && rank == 1 ? "best" : "",
        measured ? rank : Figures.NOT_MEASURED,
        name,
        trial.labels().values().stream().map(v -> Markup.of("<td>{}</td>", v)).toList(),
        trial.seed(),
        report.result().map(SweepPage::results).orElse(Markup.of("<td></td>".repeat(7))),
        report.isDone() ? "good" : report.status().equals(TrialReport.FAILED) ? "bad" : "mixed",
        report.status());
  }

  private static Markup results(TrialReport.Result result) {
    return Markup.of(
        "<td>{}</td><td class='n'><b>{}</b> <small>± {}</small></td><td class='n'>{}</td>"
            + "<td class='n'>{}</td><td class='n'>{}</td><td class='n'>{} / {}</td>"
            + "<td class='n'>{}</td>",
        result.bestCandidate(),
        Figures.percent(result.testAccuracyMean()),
        Figures.points(result.testAccuracyStd()),
        result.n(),
        Figures.count(result.parameters()),
        Figures.duration(result.searchSeconds()),
        result.skips().normal(),
        result.skips().reduction(),
        Figures.percent(result.validationAccuracy()));
  }

  private static Markup failures(List<TrialReport> trials) {
    List<Markup> items =
        trials.stream()
            .filter(t -> !t.failure().isEmpty())
            .map(t -> Markup.of("<li><b>{}</b>: {}</li>", t.trial().name(), t.failure()))
            .toList();
    return Page.section(
        "failures",
        "Failures",
        "",
        items.isEmpty() ? List.of() : List.of(Markup.of("<ul>{}</ul>", items)));
  }
}
