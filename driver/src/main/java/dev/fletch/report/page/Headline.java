package dev.fletch.report.page;

import dev.fletch.gradient.Metric;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.CandidateMetrics;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.Figures;
import dev.fletch.report.model.Leaderboard;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.SearchReport;
import dev.fletch.search.Round;
import java.util.List;
import java.util.Optional;

/** The result of a run in a sentence or two. */
final class Headline {
  private Headline() {}

  static Markup of(RunReport report) {
    Metric metric = report.metric();
    Optional<CandidateReport> best = Leaderboard.best(report.candidates());
    if (best.isPresent()) {
      return Markup.of(
          "{} {}{}", result(best.get(), metric), level(report.candidates()), cost(report));
    }
    if (!report.candidates().isEmpty()) {
      return Markup.of(
          "No candidate has a test {}: see <a href='#failures'>what went wrong</a>. {}",
          metric.name(),
          cost(report));
    }
    return Markup.of("{} {}", searchOnly(report.search()), cost(report));
  }

  private static Markup result(CandidateReport best, Metric metric) {
    int seeds = best.measuredSeeds();
    String figure = metric.text(best.testFigureMean());
    return Markup.of(
        "The best candidate, <b>{}</b>, reaches a test {} of <b>{}</b>{}.",
        best.id(),
        metric.name(),
        seeds > 1 ? figure + " ± " + Figures.points(metric, best.testFigureStd()) : figure,
        seeds > 1
            ? " (mean ± standard deviation over " + seeds + " seeds)"
            : " with a single seed, so its spread is unknown" + fromImages(best, metric));
  }

  private static String level(List<CandidateReport> candidates) {
    List<String> level =
        Leaderboard.levelWithBest(candidates).stream().map(CandidateReport::id).toList();
    return level.isEmpty() ? "" : "Level with it: " + Figures.listed(level) + ". ";
  }

  /** The noise that can be told even from one seed. */
  private static String fromImages(CandidateReport best, Metric metric) {
    CandidateMetrics metrics = CandidateMetrics.of(best);
    return metrics.testExamples() == 0
        ? ""
        : "; the "
            + metrics.testExamples()
            + " test examples alone leave it uncertain by ± "
            + Figures.points(metric, metrics.halfWidth())
            + " "
            + metric.points();
  }

  private static String searchOnly(SearchReport search) {
    return search
        .best()
        .map(
            e ->
                "Nothing has been retrained yet. The best validation "
                    + e.metric().name()
                    + (e.round() == Round.EPOCH ? " of the supernet is " : " of a genome is ")
                    + e.metric().text(e.validationFigure())
                    + ", in "
                    + e.round().numbered(e.epoch())
                    + ".")
        .orElse("Nothing has been retrained yet.");
  }

  private static String cost(RunReport report) {
    SearchReport search = report.search();
    double retraining =
        report.candidates().stream()
            .mapToDouble(CandidateReport::seconds)
            .filter(s -> !Double.isNaN(s))
            .sum();
    int trainings = report.candidates().stream().mapToInt(CandidateReport::countedSeeds).sum();
    String searched =
        search.epochs().isEmpty()
            ? "Nothing was searched, since all genotypes were given"
            : "The search took "
                + Figures.duration(search.seconds())
                + " for "
                + Figures.counted(search.epochs().size(), search.round().noun());
    return retraining == 0
        ? searched + "."
        : searched
            + "; "
            + Figures.counted(trainings, "training")
            + " from scratch took "
            + Figures.duration(retraining)
            + (trainings == 1 ? "." : " in sum.");
  }
}
