package dev.fletch.report.table;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.gradient.Metric;
import dev.fletch.report.model.CandidateMetrics;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.Comparison;
import dev.fletch.report.model.Leaderboard;
import java.util.List;
import java.util.Optional;

/**
 * The leaderboard as RFC 4180 text, one line per candidate; candidates without a test figure have
 * no rank.
 */
public final class LeaderboardCsv {
  private LeaderboardCsv() {}

  private static List<String> header(Metric metric) {
    String figure = metric.field("test");
    return List.of(
        "rank",
        "id",
        "epoch",
        figure + "Mean",
        figure + "Std",
        "seeds",
        "parameters",
        "seconds",
        "status",
        "normal",
        "reduction",
        figure + "HalfWidth",
        "testLossMean",
        "macroPrecisionMean",
        "macroRecallMean",
        "macroF1Mean",
        metric.field("bestTest") + "Mean",
        "multiplyAdds",
        "imagesPerSecondMean",
        "commonSeeds",
        "pValue",
        "lambda",
        "genome",
        "recurrent");
  }

  public static String text(List<CandidateReport> candidates, Metric metric) {
    StringBuilder csv = new StringBuilder(Csv.line(header(metric)));
    int rank = 0;
    for (CandidateReport candidate : Leaderboard.ranked(candidates)) {
      rank++;
      String place = candidate.measuredSeeds() > 0 ? Integer.toString(rank) : "";
      csv.append(Csv.line(fields(candidate, place, candidates)));
    }
    return csv.toString();
  }

  private static List<String> fields(
      CandidateReport candidate, String rank, List<CandidateReport> all) {
    String epoch =
        candidate.epoch().isPresent() ? Integer.toString(candidate.epoch().getAsInt()) : "";
    CandidateMetrics metrics = CandidateMetrics.of(candidate);
    Optional<CellPair> cells =
        candidate.genotype() instanceof CellPair pair ? Optional.of(pair) : Optional.empty();
    Optional<Comparison> comparison = Leaderboard.comparison(candidate, all);
    return List.of(
        rank,
        candidate.id(),
        epoch,
        Csv.number(candidate.testFigureMean()),
        Csv.number(candidate.testFigureStd()),
        Integer.toString(candidate.measuredSeeds()),
        count(candidate.parameters()),
        Csv.number(candidate.seconds()),
        candidate.status(),
        cells.map(c -> c.normal().text()).orElse(""),
        cells.map(c -> c.reduction().text()).orElse(""),
        Csv.number(metrics.halfWidth()),
        Csv.number(metrics.testLoss()),
        Csv.number(metrics.macroPrecision()),
        Csv.number(metrics.macroRecall()),
        Csv.number(metrics.macroF1()),
        Csv.number(metrics.bestTestFigure()),
        count(metrics.multiplyAdds()),
        Csv.number(metrics.imagesPerSecond()),
        comparison.map(c -> Integer.toString(c.commonSeeds())).orElse(""),
        comparison.map(c -> Csv.number(c.pValue())).orElse(""),
        Csv.number(candidate.lambda()),
        candidate.genotype() instanceof Genome ? candidate.genotype().text() : "",
        candidate.genotype() instanceof RecurrentCell ? candidate.genotype().text() : "");
  }

  private static String count(long number) {
    return number > 0 ? Long.toString(number) : "";
  }
}
