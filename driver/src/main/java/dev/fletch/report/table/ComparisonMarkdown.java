package dev.fletch.report.table;

import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.MethodResult;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.StructureSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several runs as {@code comparison.md}: the tables of a paper, in GitHub's Markdown. */
public final class ComparisonMarkdown {
  private ComparisonMarkdown() {}

  public static String text(RunComparison comparison) {
    List<String> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("data"));
    head.addAll(comparison.methods());
    table(lines, head, 1);
    for (String data : comparison.data()) {
      List<String> cells = new ArrayList<>(List.of(data));
      comparison.methods().forEach(method -> cells.add(cell(comparison, method, data)));
      lines.add(row(cells));
    }
    lines.add("");
    lines.add(
        "Test figures of networks trained from scratch, mean ± sample standard deviation over seeds"
            + " in %s; bold: the best on a data set. What is the best of several"
                .formatted(points(comparison))
            + " candidates or settings was chosen by these figures and is too good an estimate.");
    lines.add("");
    table(
        lines,
        List.of(
            "data",
            "method",
            "structure found by",
            "test",
            "seeds",
            "parameters",
            "multiply-adds",
            "search",
            "one training"),
        3);
    for (MethodResult result : comparison.results()) {
      lines.add(row(details(result)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String points(RunComparison comparison) {
    String others =
        comparison.results().stream()
            .map(MethodResult::metric)
            .filter(metric -> !metric.equals(Metrics.ACCURACY))
            .map(Metric::points)
            .distinct()
            .collect(Collectors.joining(" or "));
    return others.isEmpty() ? "percentage points" : "percentage points or " + others;
  }

  private static String cell(RunComparison comparison, String method, String data) {
    List<MethodResult> results = comparison.results(method, data);
    if (results.isEmpty()) {
      return "";
    }
    MethodResult result = results.get(0);
    boolean best = comparison.best(data).contains(result);
    String mark = best ? "**" : "";
    return mark + figure(result) + mark + words(comparison.choices(method, data));
  }

  private static String words(List<String> choices) {
    return choices.isEmpty() ? "" : " (" + String.join(", ", choices) + ")";
  }

  private static String figure(MethodResult result) {
    return result.metric().text(result.mean())
        + (Double.isNaN(result.std()) ? "" : " ± " + Figures.points(result.metric(), result.std()));
  }

  private static List<String> details(MethodResult result) {
    return List.of(
        result.data(),
        result.method(),
        result.source().map(StructureSource::words).orElse("this run"),
        figure(result) + words(result.choice()),
        result.isOverRuns() ? Figures.counted(result.seeds(), "run") : "" + result.seeds(),
        Figures.count(result.parameters()),
        Figures.count(result.multiplyAdds()),
        Figures.duration(result.searchSeconds()),
        Figures.duration(result.trainingSeconds()));
  }

  /**
   * @param words so many columns hold words, the others numbers
   */
  private static void table(List<String> lines, List<String> head, int words) {
    lines.add(row(head));
    List<String> rule = new ArrayList<>();
    for (int column = 0; column < head.size(); column++) {
      rule.add(column < words ? "---" : "---:");
    }
    lines.add(row(rule));
  }

  private static String row(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
        + " |";
  }
}
