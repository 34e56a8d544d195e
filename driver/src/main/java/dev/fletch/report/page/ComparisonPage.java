package dev.fletch.report.page;

import dev.fletch.report.draw.DotChart;
import dev.fletch.report.draw.DotChart.Dot;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.MethodResult;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** {@code index.html} of several runs: data sets below each other, methods side by side. */
public final class ComparisonPage {
  private static final int STYLES = 6;

  private ComparisonPage() {}

  public static String text(RunComparison comparison) {
    String heading =
        "%s on %s"
            .formatted(
                Figures.counted(comparison.methods().size(), "method"),
                Figures.counted(comparison.data().size(), "data set"));
    List<Markup> sections = new ArrayList<>();
    sections.add(header(heading, comparison));
    sections.add(MethodTable.of(comparison));
    sections.add(charts(comparison));
    sections.add(RunTable.of(comparison));
    return PageFrame.around(heading, sections);
  }

  private static Markup header(String heading, RunComparison comparison) {
    List<String> sentences = new ArrayList<>();
    for (String data : comparison.data()) {
      List<MethodResult> best = comparison.best(data);
      if (!best.isEmpty()) {
        sentences.add(sentence(data, best));
      }
    }
    return Markup.of(
        "<header><p class='eyebrow'>Fletch, {}</p><h1>{}</h1><p class='headline'>{}</p></header>",
        Figures.counted(comparison.count(), "run"),
        heading,
        sentences.isEmpty() ? "No run has a test figure yet." : String.join(" ", sentences));
  }

  private static String sentence(String data, List<MethodResult> best) {
    List<String> methods =
        best.stream().map(result -> result.runs().get(0).methodAndOrigin()).distinct().toList();
    MethodResult first = best.get(0);
    return "On %s, %s %s with a test %s of %s."
        .formatted(
            data,
            Figures.listed(methods),
            methods.size() == 1 ? "is ahead" : "are level",
            first.metric().name(),
            first.metric().text(first.mean()));
  }

  /** Data sets are as hard as they are, so each has a scale of its own. */
  private static Markup charts(RunComparison comparison) {
    List<Markup> charts = new ArrayList<>();
    for (String data : comparison.data()) {
      List<Dot> dots = new ArrayList<>();
      for (String method : comparison.methods()) {
        comparison.results(method, data).stream()
            .flatMap(result -> result.runs().stream())
            .filter(RunLine::isMeasured)
            .forEach(run -> dots.add(dot(run, comparison)));
      }
      comparison.best(data).stream()
          .findFirst()
          .map(best -> best.runs().get(0))
          .ifPresent(best -> charts.add(new DotChart(title(best), ticks(best), dots).figure()));
    }
    return Section.of(
        "charts",
        "How far apart they are",
        "A dot for every method of a run, with its spread over seeds where there are several.",
        charts.isEmpty() ? List.of() : List.of(Markup.of("<div class='charts'>{}</div>", charts)));
  }

  private static String title(RunLine run) {
    return run.data() + ": test " + run.metric().name();
  }

  private static DoubleFunction<String> ticks(RunLine run) {
    return Figures.axis(run.metric());
  }

  private static Dot dot(RunLine run, RunComparison comparison) {
    return new Dot(
        run.method(),
        "c" + (comparison.methods().indexOf(run.method()) % STYLES + 1),
        run.testFigureMean(),
        run.testFigureStd());
  }
}
