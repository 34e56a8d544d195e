package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.DotChart;
import dev.fletch.report.draw.DotChart.Dot;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** {@code index.html} of several runs: methods below each other, data sets side by side. */
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
    sections.add(table(comparison));
    sections.add(charts(comparison));
    sections.add(runs(comparison));
    return PageFrame.around(heading, sections);
  }

  private static Markup header(String heading, RunComparison comparison) {
    List<String> sentences = new ArrayList<>();
    for (String data : comparison.data()) {
      comparison
          .best(data)
          .ifPresent(
              run ->
                  sentences.add(
                      "On %s, %s is ahead with a test %s of %s."
                          .formatted(
                              data,
                              run.method(),
                              run.metric().name(),
                              run.metric().text(run.testFigureMean()))));
    }
    return Markup.of(
        "<header><p class='eyebrow'>Fletch, {}</p><h1>{}</h1><p class='headline'>{}</p></header>",
        Figures.counted(comparison.runs().size(), "run"),
        heading,
        sentences.isEmpty() ? "No run has a test figure yet." : String.join(" ", sentences));
  }

  private static Markup table(RunComparison comparison) {
    List<Markup> rows = new ArrayList<>();
    for (String method : comparison.methods()) {
      rows.add(
          Markup.of(
              "<tr><th>{}</th>{}</tr>",
              method,
              comparison.data().stream().map(data -> cell(comparison, method, data)).toList()));
    }
    return Section.of(
        "table",
        "Methods and data sets",
        "Test figure of each run's best candidate, retrained from scratch: mean ± sample standard"
            + " deviation over seeds; below, its parameters and the time of the search and of one"
            + " training. Bold: the best on a data set.",
        List.of(
            Markup.of(
                "<div class='scroll'><table class='figures'><thead><tr><th>Method</th>{}</tr>"
                    + "</thead><tbody>{}</tbody></table></div>",
                comparison.data().stream()
                    .map(data -> Markup.of("<th class='n'>{}</th>", data))
                    .toList(),
                rows)));
  }

  private static Markup cell(RunComparison comparison, String method, String data) {
    List<RunLine> runs = comparison.runs(method, data);
    if (runs.isEmpty()) {
      return Markup.of("<td class='n'></td>");
    }
    RunLine run = runs.get(0);
    boolean best = comparison.best(data).filter(run::equals).isPresent();
    String figure = run.metric().text(run.testFigureMean());
    return Markup.of(
        "<td class='n'>{}{}<br/><small>{} · {} + {}{}</small></td>",
        best ? Markup.of("<b>{}</b>", figure) : figure,
        Markup.spread(run.testFigureStd()),
        Figures.count(run.parameters()),
        Figures.duration(run.searchSeconds()),
        Figures.duration(run.trainingSeconds()),
        runs.size() == 1 ? "" : " · best of " + runs.size() + " runs");
  }

  /** Data sets are as hard as they are, so each has a scale of its own. */
  private static Markup charts(RunComparison comparison) {
    List<Markup> charts = new ArrayList<>();
    for (String data : comparison.data()) {
      List<Dot> dots = new ArrayList<>();
      for (String method : comparison.methods()) {
        comparison.runs(method, data).stream()
            .filter(RunLine::isMeasured)
            .forEach(run -> dots.add(dot(run, comparison)));
      }
      comparison
          .best(data)
          .ifPresent(best -> charts.add(new DotChart(title(best), ticks(best), dots).figure()));
    }
    return Section.of(
        "charts",
        "How far apart they are",
        "A dot for every run, with its spread over seeds where there are several.",
        charts.isEmpty() ? List.of() : List.of(Markup.of("<div class='charts'>{}</div>", charts)));
  }

  private static String title(RunLine run) {
    return run.data() + ": test " + run.metric().name();
  }

  /** Metrics that have bounds are shares. */
  private static DoubleFunction<String> ticks(RunLine run) {
    Metric metric = run.metric();
    return metric.most() == 1 ? Figures::briefPercent : Figures::brief;
  }

  private static Dot dot(RunLine run, RunComparison comparison) {
    return new Dot(
        run.method(),
        "c" + (comparison.methods().indexOf(run.method()) % STYLES + 1),
        run.testFigureMean(),
        run.testFigureStd());
  }

  private static Markup runs(RunComparison comparison) {
    List<Markup> rows =
        comparison.runs().stream()
            .map(
                run ->
                    Markup.of(
                        "<tr><td"
                            + " class='name'>{}<br/><small>{}</small></td><td>{}</td><td>{}</td><td"
                            + " class='words'>{}</td><td class='n'>{}{}</td><td"
                            + " class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td><td"
                            + " class='n'>{}</td></tr>",
                        run.run(),
                        run.folder(),
                        run.data(),
                        run.method(),
                        run.candidate().isEmpty() ? Figures.NOT_MEASURED : run.candidate(),
                        run.metric().text(run.testFigureMean()),
                        Markup.spread(run.testFigureStd()),
                        run.seeds(),
                        Figures.count(run.parameters()),
                        Figures.duration(run.searchSeconds()),
                        Figures.duration(run.trainingSeconds())))
            .toList();
    return Section.of(
        "runs",
        "The runs",
        "",
        List.of(
            Markup.of(
                "<div class='scroll'><table class='figures sweep'><thead><tr><th>Run</th><th>Data"
                    + "</th><th>Method</th><th>Best candidate</th><th class='n'>Test figure</th>"
                    + "<th class='n'>Seeds</th><th class='n'>Parameters</th><th class='n'>Search"
                    + "</th><th class='n'>One training</th></tr></thead><tbody>{}</tbody></table>"
                    + "</div>",
                rows)));
  }
}
