package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.SweepReport;
import dev.fletch.report.model.TrialReport;
import java.util.ArrayList;
import java.util.List;

/** {@code index.html} of a sweep: one leaderboard, with links to the pages of the trials. */
public final class SweepPage {
  private SweepPage() {}

  public static String text(SweepReport sweep) {
    List<Markup> sections = new ArrayList<>();
    sections.add(header(sweep));
    if (sweep.groups().size() < sweep.trials().size()) {
      sections.add(SweepTable.groups(sweep.groups(), sweep.metric()));
    }
    sections.add(SweepTable.trials(sweep.ranked(), sweep.metric()));
    sections.add(LambdaSection.ofSweep(sweep));
    sections.add(failures(sweep.trials()));
    return PageFrame.around(sweep.title(), sections);
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
    Metric metric = sweep.metric();
    List<TrialReport> ranked = sweep.ranked();
    List<String> best =
        ranked.stream()
            .filter(t -> metric.isLevel(t.testFigureMean(), ranked.get(0).testFigureMean()))
            .map(t -> t.trial().name())
            .toList();
    if (best.isEmpty()) {
      return finished + "None has a test " + metric.name() + " yet.";
    }
    return "%sThe best %s, %s, %s a test %s of %s."
        .formatted(
            finished,
            best.size() == 1 ? "one" : "ones",
            Figures.listed(best),
            best.size() == 1 ? "reaches" : "reach",
            metric.name(),
            metric.text(ranked.get(0).testFigureMean()));
  }

  private static Markup failures(List<TrialReport> trials) {
    List<Markup> items =
        trials.stream()
            .filter(t -> !t.failure().isEmpty())
            .map(t -> Markup.of("<li><b>{}</b>: {}</li>", t.trial().name(), t.failure()))
            .toList();
    return Section.of(
        "failures",
        "Failures",
        "",
        items.isEmpty() ? List.of() : List.of(Markup.of("<ul>{}</ul>", items)));
  }
}
