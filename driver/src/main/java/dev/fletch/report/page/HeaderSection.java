package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.Leaderboard;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.SearchReport;
import java.util.ArrayList;
import java.util.List;

/** The top of the page: which run, its result in one sentence, its key figures, and warnings. */
final class HeaderSection {
  private HeaderSection() {}

  static Markup of(RunReport report, String heading) {
    Markup command =
        report.run().command().isEmpty()
            ? Markup.NONE
            : Markup.of("<pre class='command'>{}</pre>", report.run().command());
    return Markup.of(
        "<header><p class='eyebrow'>Fletch run <b>{}</b> · seed {}</p><h1>{}</h1>"
            + "<p class='headline'>{}</p>{}{}{}{}</header>",
        report.run().name(),
        report.run().seed(),
        heading,
        Headline.of(report),
        tiles(report),
        Ending.notes(report.search()),
        CollapseNote.warnings(report),
        command);
  }

  private static Markup tiles(RunReport report) {
    List<Markup> tiles = new ArrayList<>();
    Metric metric = report.metric();
    Leaderboard.best(report.candidates())
        .ifPresent(
            best -> {
              tiles.add(tile("Best test " + metric.name(), metric.text(best.testFigureMean())));
              tiles.add(tile("Its parameters", Figures.count(best.parameters())));
            });
    SearchReport search = report.search();
    tiles.add(tile("Search", Figures.counted(search.epochs().size(), search.round().noun())));
    tiles.add(tile("Search time", Figures.duration(search.seconds())));
    if (!report.candidates().isEmpty()) {
      tiles.add(tile("Candidates", Integer.toString(report.candidates().size())));
    }
    return Markup.of("<dl class='tiles'>{}</dl>", tiles);
  }

  private static Markup tile(String name, String value) {
    return Markup.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
  }
}
