package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.MethodResult;
import dev.fletch.report.model.RunComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What methods came to on data sets, as papers show it: a row for each data set. */
final class MethodTable {
  private MethodTable() {}

  static Markup of(RunComparison comparison) {
    List<Markup> rows =
        comparison.data().stream()
            .map(
                data ->
                    Markup.of(
                        "<tr><th>{}</th>{}</tr>",
                        data,
                        comparison.methods().stream()
                            .map(method -> cell(comparison, method, data))
                            .toList()))
            .toList();
    return Section.of(
        "table",
        "Data sets and methods",
        "Test figures of each method's best structure, trained from scratch: mean ± sample standard"
            + " deviation over seeds; where several runs differ in their seed alone, over the runs,"
            + " each with its mean. Below: parameters and multiply-adds an example, of texts at"
            + " their mean length; on which data the structure was found, if others; whether the"
            + " figure is the best of several candidates or settings, which were compared by test"
            + " figures, so that it is too good an estimate. Bold: the best on a data set."
            + " comparison.md and table.csv have the same for a text.",
        List.of(
            Markup.of(
                "<div class='scroll'><table class='figures'><thead><tr><th>Data</th>{}</tr>"
                    + "</thead><tbody>{}</tbody></table></div>",
                comparison.methods().stream()
                    .map(method -> Markup.of("<th class='n'>{}</th>", method))
                    .toList(),
                rows)));
  }

  private static Markup cell(RunComparison comparison, String method, String data) {
    List<MethodResult> results = comparison.results(method, data);
    if (results.isEmpty()) {
      return Markup.of("<td class='n'></td>");
    }
    MethodResult result = results.get(0);
    boolean best = comparison.best(data).contains(result);
    String figure = result.metric().text(result.mean());
    return Markup.of(
        "<td class='n'>{}{}{}</td>",
        best ? Markup.of("<b>{}</b>", figure) : figure,
        Markup.spread(Figures.points(result.metric(), result.std())),
        Stream.concat(notes(result).stream(), comparison.choices(method, data).stream())
            .map(note -> Markup.of("<br/><small>{}</small>", note))
            .toList());
  }

  private static List<String> notes(MethodResult result) {
    List<String> notes = new ArrayList<>();
    if (result.parameters() > 0) {
      notes.add(
          Figures.count(result.parameters())
              + (result.multiplyAdds() > 0
                  ? " · " + Figures.count(result.multiplyAdds()) + " MAdds"
                  : ""));
    }
    String over = result.isOverRuns() ? "run" : "seed";
    if (result.seeds() > 0) {
      notes.add(Figures.counted(result.seeds(), over));
    }
    result
        .source()
        .filter(source -> !source.data().isEmpty() && !source.data().equals(result.data()))
        .ifPresent(source -> notes.add("found on " + source.data()));
    return notes;
  }
}
