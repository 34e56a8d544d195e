package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.HorizontalAxis;
import dev.fletch.report.draw.LineChart;
import dev.fletch.report.draw.LineChart.Axis;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Series;
import dev.fletch.report.draw.Series.Point;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.LambdaLine;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.SweepReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The test figure, precision and size against lambda: what a simpler network costs. */
final class LambdaSection {
  private static final String ID = "lambda";
  private static final String TITLE = "Complexity by lambda";
  private static final double HEIGHT = 236;
  private static final int COLOURS = 6;

  private LambdaSection() {}

  /** Of a run: one search. */
  static Markup ofRun(RunReport run) {
    return section(
        run.metric(),
        LambdaLine.ofHypernetwork(run),
        RecordedLambdas.of(run.search()),
        "One search gave a genotype for every λ, the weight of complexity in its loss; each was"
            + " retrained from scratch. Whiskers and ± are the sample standard deviation over"
            + " seeds.",
        false);
  }

  /** Of a sweep: several searches, possibly of several methods. */
  static Markup ofSweep(SweepReport sweep) {
    List<LambdaLine> lines = sweep.lambdaLines();
    return section(
        sweep.metric(),
        lines,
        Markup.NONE,
        "Every retrained candidate at its λ: the weight of complexity that a hypernetwork takes"
            + " as input, or that of the L1 penalty of a whole search. "
            + searches(lines)
            + " Whiskers and ± are the sample standard deviation over all trainings.",
        true);
  }

  /**
   * For example {@code hypernetwork took 1 search for 5 lambdas, darts-l1 took 5 searches for 5
   * lambdas.}
   */
  private static String searches(List<LambdaLine> lines) {
    Map<String, Set<String>> costs = new LinkedHashMap<>();
    for (LambdaLine line : lines) {
      String cost =
          Figures.searches(line.searches())
              + " for "
              + Figures.counted(line.points().size(), "lambda");
      costs.computeIfAbsent(line.method(), unused -> new LinkedHashSet<>()).add(cost);
    }
    return costs.entrySet().stream()
        .map(e -> e.getKey() + " took " + String.join(" or ", e.getValue()))
        .collect(Collectors.joining(", ", "", "."));
  }

  private static Markup section(
      Metric metric, List<LambdaLine> lines, Markup more, String lead, boolean methods) {
    if (lines.isEmpty()) {
      return Section.of(ID, TITLE, "", more.equals(Markup.NONE) ? List.of() : List.of(more));
    }
    return Section.of(
        ID,
        TITLE,
        lead,
        List.of(
            Markup.of(
                "<div class='charts'>{}{}{}</div>",
                chart(
                    "Test " + metric.name(),
                    Figures.axis(metric),
                    lines,
                    methods,
                    at -> new Point(at.lambda(), at.testFigureMean(), at.testFigureStd())),
                chart(
                    "Macro precision",
                    Figures::briefPercent,
                    lines,
                    methods,
                    at -> new Point(at.lambda(), at.macroPrecision())),
                chart(
                    "Parameters",
                    p -> p == 0 ? "0" : Figures.count(Math.round(p)),
                    lines,
                    methods,
                    at -> new Point(at.lambda(), at.parameters()))),
            LambdaTable.of(metric, lines, methods),
            more));
  }

  private static Markup chart(
      String title,
      DoubleFunction<String> format,
      List<LambdaLine> lines,
      boolean methods,
      Function<LambdaLine.At, Point> point) {
    List<Series> series = new ArrayList<>();
    for (LambdaLine line : lines) {
      series.add(
          new Series(
              name(line, methods), style(line, lines), line.points().stream().map(point).toList()));
    }
    return new LineChart(
            title,
            HEIGHT,
            new Axis("", format, false, series),
            Axis.ABSENT,
            OptionalInt.empty(),
            HorizontalAxis.Kind.LAMBDAS)
        .figure();
  }

  private static String name(LambdaLine line, boolean methods) {
    return methods
        ? line.method() + ", " + line.epoch() + ", " + Figures.searches(line.searches())
        : line.epoch();
  }

  /** A colour for each epoch, and the methods told apart by dashes, as long as that is enough. */
  private static String style(LambdaLine line, List<LambdaLine> lines) {
    List<String> methods = lines.stream().map(LambdaLine::method).distinct().toList();
    List<String> epochs = lines.stream().map(LambdaLine::epoch).distinct().toList();
    int method = methods.indexOf(line.method());
    int epoch = epochs.indexOf(line.epoch());
    return methods.size() <= 2
        ? "c" + (epoch % COLOURS + 1) + (method == 1 ? " dashed" : "")
        : "c" + (method % COLOURS + 1) + (epoch % 2 == 1 ? " dashed" : "");
  }
}
