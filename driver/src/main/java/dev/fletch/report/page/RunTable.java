package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.RunComparison;
import dev.fletch.report.model.RunLine;
import dev.fletch.report.model.StructureSource;
import java.util.List;

/** All runs that are compared, with what each method came to in each. */
final class RunTable {
  private RunTable() {}

  static Markup of(RunComparison comparison) {
    List<Markup> rows = comparison.runs().stream().map(RunTable::row).toList();
    return Section.of(
        "runs",
        "The runs",
        "The best candidate of each method in each run, and the run that found its structure where"
            + " that is another one: the time of the search is that run's then.",
        List.of(
            Markup.of(
                "<div class='scroll'><table class='figures sweep'><thead><tr><th>Run</th><th>Data"
                    + "</th><th>Method</th><th>Best candidate</th><th class='n'>Test figure</th>"
                    + "<th class='n'>Seeds</th><th class='n'>Parameters</th><th class='n'>"
                    + "Multiply-adds</th><th class='n'>Search</th><th class='n'>One training</th>"
                    + "</tr></thead><tbody>{}</tbody></table></div>",
                rows)));
  }

  private static Markup row(RunLine run) {
    return Markup.of(
        "<tr><td class='name'>{}<br/><small>{}</small></td><td class='words'>{}</td><td"
            + " class='words'>{}</td><td class='words'>{}{}{}</td><td class='n'>{}{}</td><td"
            + " class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td><td"
            + " class='n'>{}</td></tr>",
        run.run(),
        run.folder(),
        run.data(),
        run.method(),
        run.candidate().isEmpty() ? Figures.NOT_MEASURED : run.candidate(),
        choice(run),
        run.source()
            .map(StructureSource::words)
            .map(words -> Markup.of("<br/><small>from {}</small>", words))
            .orElse(Markup.NONE),
        run.metric().text(run.testFigureMean()),
        Markup.spread(Figures.points(run.metric(), run.testFigureStd())),
        run.seeds(),
        Figures.count(run.cost().parameters()),
        Figures.count(run.cost().multiplyAdds()),
        Figures.duration(run.cost().searchSeconds()),
        Figures.duration(run.cost().trainingSeconds()));
  }

  private static Markup choice(RunLine run) {
    return run.candidates() > 1
        ? Markup.of("<br/><small>of {}</small>", Figures.counted(run.candidates(), "candidate"))
        : Markup.NONE;
  }
}
