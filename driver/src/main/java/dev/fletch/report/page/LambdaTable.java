package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.LambdaLine;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What charts against lambda show, in figures: lines side by side at each epoch and lambda. */
final class LambdaTable {
  private LambdaTable() {}

  private record Row(LambdaLine line, int order, LambdaLine.At at) {}

  /**
   * @param methods whether lines may be of different methods
   */
  static Markup of(Metric metric, List<LambdaLine> lines, boolean methods) {
    List<String> epochs = lines.stream().map(LambdaLine::epoch).distinct().toList();
    ToDoubleFunction<Row> lambda = row -> row.at().lambda();
    List<Row> rows =
        lines.stream()
            .flatMap(
                line ->
                    line.points().stream()
                        .map(at -> new Row(line, epochs.indexOf(line.epoch()), at)))
            .sorted(Comparator.comparingInt(Row::order).thenComparingDouble(lambda))
            .toList();
    return Markup.of(
        "<div class='scroll below'><table class='figures'><thead><tr><th>Epoch</th><th"
            + " class='n'>λ</th>{}<th>Candidate</th><th class='n'>Test {}</th><th"
            + " class='n'>n</th><th class='n'>Macro precision</th><th"
            + " class='n'>Parameters</th>{}</tr></thead><tbody>{}</tbody></table></div>",
        methods ? Markup.of("<th>Method</th>") : Markup.NONE,
        metric.name(),
        methods ? Markup.of("<th class='n'>Searches of the line</th>") : Markup.NONE,
        rows.stream().map(row -> row(metric, row, methods)).toList());
  }

  private static Markup row(Metric metric, Row row, boolean methods) {
    LambdaLine.At at = row.at();
    return Markup.of(
        "<tr><td>{}</td><td class='n'>{}</td>{}<td>{}</td><td class='n'><b>{}</b>{}</td><td"
            + " class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td>{}</tr>",
        row.line().epoch(),
        Figures.lambda(at.lambda()),
        methods ? Markup.of("<td>{}</td>", row.line().method()) : Markup.NONE,
        String.join(", ", at.candidates()),
        metric.text(at.testFigureMean()),
        Markup.spread(Figures.points(metric, at.testFigureStd())),
        at.n(),
        Figures.percent(at.macroPrecision()),
        Double.isNaN(at.parameters())
            ? Figures.NOT_MEASURED
            : Figures.count(Math.round(at.parameters())),
        methods ? Markup.of("<td class='n'>{}</td>", row.line().searches()) : Markup.NONE);
  }
}
