package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.GenerationLine;
import dev.fletch.report.model.PopulationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;

/** The generations in figures, with what each cost; folded where there are many. */
final class GenerationTable {
  private static final int SHORT = 16;

  private GenerationTable() {}

  static Markup of(PopulationReport population, DoubleFunction<String> fitness) {
    List<Markup> rows = new ArrayList<>();
    for (GenerationLine line : population.lines()) {
      boolean best = population.bestGeneration().equals(OptionalInt.of(line.generation()));
      rows.add(row(line, best, fitness));
    }
    Markup table =
        Markup.of(
            "<div class='scroll below'><table class='figures'><thead><tr><th"
                + " class='n'>Generation</th><th class='n'>Best</th><th class='n'>Mean</th><th"
                + " class='n'>Failed</th><th class='n'>Best genome</th><th class='n'>Its"
                + " nodes</th><th class='n'>Nodes</th><th class='n'>Connections</th><th"
                + " class='n'>Species</th><th class='n'>Trainings</th><th"
                + " class='n'>Time</th></tr></thead><tbody>{}</tbody></table></div>",
            rows);
    return rows.size() <= SHORT
        ? table
        : Markup.of(
            "<details><summary>All {} generations in figures</summary>{}</details>",
            rows.size(),
            table);
  }

  private static Markup row(GenerationLine line, boolean best, DoubleFunction<String> fitness) {
    return Markup.of(
        "<tr{}><td class='n'>{}</td><td class='n'><b>{}</b></td><td class='n'>{}</td><td"
            + " class='n'>{}</td><td class='n'>#{}</td><td class='n'>{}</td><td"
            + " class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td><td class='n'>{}</td><td"
            + " class='n'>{}</td></tr>",
        best ? new Markup(" class='best'") : Markup.NONE,
        line.generation(),
        fitness.apply(line.best()),
        fitness.apply(line.mean()),
        line.failures(),
        line.bestId(),
        line.bestNodes(),
        Figures.brief(line.nodes()),
        Figures.brief(line.connections()),
        line.species() == 0 ? Figures.NOT_MEASURED : line.species(),
        line.cost().evaluations(),
        Figures.duration(line.cost().seconds()));
  }
}
