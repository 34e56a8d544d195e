package dev.fletch.report.page;

import dev.fletch.architecture.RecurrentCell;
import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.LineChart;
import dev.fletch.report.draw.LineChart.Axis;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.draw.Series;
import dev.fletch.report.draw.Series.Point;
import dev.fletch.report.model.CandidateMetrics;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.Leaderboard;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.TrainingReport;
import dev.fletch.retrain.TrainingEpoch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** One card per candidate: its architecture as drawings, and how its trainings went. */
final class CandidateSection {
  private static final int STYLES = 6;
  private static final double HEIGHT = 176;

  private CandidateSection() {}

  /** In the order of the leaderboard, whose links lead here. */
  static Markup of(RunReport report) {
    List<CandidateReport> ranked = Leaderboard.ranked(report.candidates());
    List<Markup> cards = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      cards.add(card(i + 1, ranked.get(i), report));
    }
    return Section.of(
        "candidates",
        "Candidates",
        ArchitectureFigure.lead(ranked.stream().map(CandidateReport::genotype).toList()),
        cards);
  }

  private static Markup card(int rank, CandidateReport candidate, RunReport report) {
    Metric metric = report.metric();
    CandidateMetrics metrics = CandidateMetrics.of(candidate);
    long tested = candidate.results().stream().filter(r -> r.confusion().isKnown()).count();
    return Markup.of(
        "<article class='card' id='candidate-{}'><h3>{}</h3><p class='facts'>{} · {} parameters ·"
            + " {} · trained {} · {}</p>{}{}{}{}<details><summary>"
            + "{}</summary><pre>{}</pre></details></article>",
        rank,
        candidate.id(),
        candidate.origin(),
        Figures.count(candidate.parameters()),
        figure(candidate, metric),
        Figures.duration(candidate.seconds()),
        StatusMark.of(candidate),
        metrics(metrics, metric, candidate.genotype() instanceof RecurrentCell),
        ArchitectureFigure.of(candidate.genotype(), !isLeftToChance(candidate, report)),
        curves(candidate.trainings(), metric),
        ConfusionTable.of(metrics.confusion(), metrics.classNames(), tested),
        ArchitectureFigure.summary(candidate.genotype()),
        candidate.genotype().text());
  }

  /** Whether its normal cell comes from a search that had none. */
  private static boolean isLeftToChance(CandidateReport candidate, RunReport report) {
    return !report.search().hasNormalCells()
        && candidate.origins().stream().anyMatch(origin -> origin.epoch().isPresent());
  }

  private static String figure(CandidateReport candidate, Metric metric) {
    String spread =
        candidate.measuredSeeds() > 1
            ? " ± " + Figures.points(metric, candidate.testFigureStd())
            : "";
    return "test " + metric.name() + " " + metric.text(candidate.testFigureMean()) + spread;
  }

  private static Markup metrics(CandidateMetrics metrics, Metric metric, boolean ofWords) {
    List<String> facts = new ArrayList<>();
    if (metrics.confusion().isKnown()) {
      facts.add("macro precision " + Figures.percent(metrics.macroPrecision()));
      facts.add("recall " + Figures.percent(metrics.macroRecall()));
      facts.add("F1 " + Figures.percent(metrics.macroF1()));
      facts.add(
          "±"
              + Figures.points(metric, metrics.halfWidth())
              + " points at 95 % confidence from "
              + metrics.testExamples()
              + " test examples");
    }
    if (!Double.isNaN(metrics.bestTestFigure())) {
      facts.add("best epoch " + metric.text(metrics.bestTestFigure()) + ", chosen on test data");
    }
    if (metrics.multiplyAdds() > 0) {
      facts.add(
          Figures.count(metrics.multiplyAdds())
              + " multiply-adds "
              + (ofWords ? "a word" : "an example"));
    }
    if (!Double.isNaN(metrics.imagesPerSecond())) {
      facts.add(
          Figures.brief(metrics.imagesPerSecond())
              + (ofWords ? " words/s" : " examples/s")
              + " in training");
    }
    return facts.isEmpty()
        ? Markup.NONE
        : Markup.of("<p class='facts'>{}</p>", String.join(" · ", facts));
  }

  private static Markup curves(List<TrainingReport> trainings, Metric metric) {
    List<TrainingReport> curved = trainings.stream().filter(s -> !s.epochs().isEmpty()).toList();
    if (curved.isEmpty()) {
      return Markup.NONE;
    }
    return Markup.of(
        "<div class='charts'>{}{}{}{}</div>",
        chart(
            "Training " + metric.name(),
            lines -> FigureAxis.of(metric, lines),
            TrainingEpoch::trainFigure,
            curved),
        chart(
            "Training loss",
            lines -> new Axis("", Figures::brief, false, lines),
            TrainingEpoch::trainLoss,
            curved),
        ifMeasured(
            "Validation " + metric.name(), metric, e -> e.evaluated().validationFigure(), curved),
        ifMeasured(
            "Test " + metric.name() + " of every epoch",
            metric,
            e -> e.evaluated().testFigure(),
            curved));
  }

  private static Markup ifMeasured(
      String title,
      Metric metric,
      ToDoubleFunction<TrainingEpoch> value,
      List<TrainingReport> trainings) {
    boolean measured =
        trainings.stream()
            .flatMap(training -> training.epochs().stream())
            .anyMatch(epoch -> !Double.isNaN(value.applyAsDouble(epoch)));
    return measured
        ? chart(title, lines -> FigureAxis.of(metric, lines), value, trainings)
        : Markup.NONE;
  }

  private static Markup chart(
      String title,
      Function<List<Series>, Axis> axis,
      ToDoubleFunction<TrainingEpoch> value,
      List<TrainingReport> trainings) {
    List<Series> lines = new ArrayList<>();
    for (TrainingReport training : trainings) {
      lines.add(
          new Series(
              "seed " + training.seed(),
              "c" + (lines.size() % STYLES + 1),
              training.epochs().stream()
                  .map(e -> new Point(e.epoch(), value.applyAsDouble(e)))
                  .toList()));
    }
    return new LineChart(title, HEIGHT, axis.apply(lines), Axis.ABSENT, OptionalInt.empty())
        .figure();
  }
}
