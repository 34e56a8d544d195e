package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.FamilyDrawing;
import dev.fletch.report.draw.HorizontalAxis;
import dev.fletch.report.draw.LineChart;
import dev.fletch.report.draw.LineChart.Axis;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Series;
import dev.fletch.report.draw.Series.Point;
import dev.fletch.report.model.FamilyTree;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.GenerationLine;
import dev.fletch.report.model.PopulationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** How genomes evolved: generations over time, what they cost, the winner's ancestors. */
final class PopulationSection {
  private static final double HEIGHT = 236;

  private PopulationSection() {}

  /**
   * @param metric what fitness is, where more is better
   */
  static Markup of(PopulationReport population, Metric metric) {
    DoubleFunction<String> fitness = fitness(metric);
    List<GenerationLine> lines = population.lines();
    return Section.of(
        "population",
        "The population, generation by generation",
        lead(population, fitness),
        List.of(
            charts(population, lines, metric),
            GenerationTable.of(population, fitness),
            tree(population.winner(), fitness),
            InnovationList.of(population.innovations())));
  }

  /** Where fewer is better, fitness is no figure of the metric. */
  private static DoubleFunction<String> fitness(Metric metric) {
    return metric.isBetter(1, 0) ? metric::text : Figures::brief;
  }

  private static String lead(PopulationReport population, DoubleFunction<String> fitness) {
    List<GenerationLine> lines = population.lines();
    String cost =
        "%s of %s, %s in %s."
            .formatted(
                Figures.counted(lines.size(), "generation"),
                Figures.counted(lines.get(0).individuals(), "genome"),
                Figures.counted(population.evaluations(), "training"),
                Figures.duration(population.seconds()));
    OptionalInt best = population.bestGeneration();
    if (best.isEmpty()) {
      return cost + " No genome could be trained.";
    }
    GenerationLine winner = lines.get(best.getAsInt());
    return "%s The fittest genome, #%d of generation %d, has %s with a fitness of %s."
        .formatted(
            cost,
            winner.bestId(),
            winner.generation(),
            Figures.counted(winner.bestNodes(), "node"),
            fitness.apply(winner.best()));
  }

  private static Markup charts(
      PopulationReport population, List<GenerationLine> lines, Metric metric) {
    List<Markup> charts = new ArrayList<>();
    DoubleFunction<String> axis = Figures.axis(metric);
    charts.add(
        chart(
            "Fitness",
            axis,
            false,
            population.bestGeneration(),
            List.of(
                series(lines, "best", "c2", GenerationLine::best),
                series(lines, "mean", "c1", GenerationLine::mean))));
    charts.add(
        chart(
            "Size of the genomes that is computed",
            Figures::brief,
            true,
            OptionalInt.empty(),
            List.of(
                series(lines, "nodes, mean", "c3", GenerationLine::nodes),
                series(lines, "connections, mean", "c4", GenerationLine::connections),
                series(lines, "nodes of the best", "c0 dashed", GenerationLine::bestNodes))));
    if (population.hasSpecies()) {
      charts.add(
          chart(
              "Species",
              Figures::brief,
              true,
              OptionalInt.empty(),
              List.of(series(lines, "species", "c5", GenerationLine::species))));
    }
    charts.add(
        new LineChart(
                "Cost of a generation",
                HEIGHT,
                new Axis(
                    "trainings",
                    Figures::brief,
                    true,
                    List.of(series(lines, "trainings", "c6", l -> l.cost().evaluations()))),
                new Axis(
                    "seconds",
                    Figures::brief,
                    true,
                    List.of(
                        series(lines, "seconds (right)", "c0 dashed", l -> l.cost().seconds()))),
                OptionalInt.empty(),
                HorizontalAxis.Kind.GENERATIONS)
            .figure());
    return Markup.of("<div class='charts'>{}</div>", charts);
  }

  private static Markup chart(
      String title,
      DoubleFunction<String> format,
      boolean fromZero,
      OptionalInt marked,
      List<Series> lines) {
    return new LineChart(
            title,
            HEIGHT,
            new Axis("", format, fromZero, lines),
            Axis.ABSENT,
            marked,
            HorizontalAxis.Kind.GENERATIONS)
        .figure();
  }

  private static Series series(
      List<GenerationLine> lines,
      String name,
      String style,
      ToDoubleFunction<GenerationLine> value) {
    return new Series(
        name,
        style,
        lines.stream().map(l -> new Point(l.generation(), value.applyAsDouble(l))).toList());
  }

  private static Markup tree(FamilyTree tree, DoubleFunction<String> fitness) {
    if (tree.members().isEmpty()) {
      return Markup.NONE;
    }
    String left =
        tree.leftOut() == 0
            ? ""
            : " %s of those shown %s left out: the least fit of a generation, or too far back."
                .formatted(
                    Figures.counted(tree.leftOut(), "parent"), tree.leftOut() == 1 ? "is" : "are");
    return Markup.of(
        "<h3 class='sub'>Family tree of the fittest genome</h3><p class='lead'>Each with its number"
            + " and fitness; lines lead from parents to children. Orange comes from a crossover,"
            + " blue from a mutation; grey and dashed is a copy, grey and solid was drawn for the"
            + " first generation.{}</p><div class='card scroll'>{}</div>",
        left,
        FamilyDrawing.svg(tree, fitness));
  }
}
