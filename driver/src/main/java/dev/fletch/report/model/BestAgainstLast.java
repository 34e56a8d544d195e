package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import dev.fletch.search.Round;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether the epoch of the best validation figure or the last one gave the better genotype. */
public final class BestAgainstLast {
  private BestAgainstLast() {}

  /** After retraining, in words; empty unless both were retrained. */
  public static String sentence(RunReport report) {
    OptionalInt last =
        report.search().last().map(e -> OptionalInt.of(e.epoch())).orElse(OptionalInt.empty());
    OptionalInt best = report.search().bestEpoch();
    Optional<CandidateReport> ofBest = retrained(report.candidates(), best);
    Optional<CandidateReport> ofLast = retrained(report.candidates(), last);
    if (ofBest.isEmpty() || ofLast.isEmpty()) {
      return "";
    }
    Metric metric = report.search().metric();
    Round round = report.search().round();
    if (best.equals(last)) {
      return "The last "
          + round.noun()
          + " is also the one with the best validation "
          + metric.name()
          + ".";
    }
    String epochs =
        "%s (best validation %s) and %s (last)"
            .formatted(
                round.numbered(best.getAsInt()), metric.name(), round.numbered(last.getAsInt()));
    if (ofBest.equals(ofLast)) {
      return epochs.substring(0, 1).toUpperCase(Locale.ROOT)
          + epochs.substring(1)
          + " have the same genotype.";
    }
    Comparison comparison = Comparison.of(ofBest.get(), ofLast.get());
    return "After retraining, the genotypes of %s reach %s and %s: %s; %s."
        .formatted(
            epochs,
            metric.text(ofBest.get().testFigureMean()),
            metric.text(ofLast.get().testFigureMean()),
            ahead(comparison.difference(), metric),
            comparison.test());
  }

  private static String ahead(double difference, Metric metric) {
    return metric.isLevel(difference, 0)
        ? "they are level"
        : "the %s is ahead by %s %s"
            .formatted(
                metric.isBetter(difference, 0) ? "best" : "last",
                Figures.points(metric, Math.abs(difference)),
                metric.points());
  }

  private static Optional<CandidateReport> retrained(
      List<CandidateReport> candidates, OptionalInt epoch) {
    return candidates.stream()
        .filter(c -> c.measuredSeeds() > 0)
        .filter(
            c ->
                c.origins().stream()
                    .anyMatch(
                        o ->
                            o.epoch().isPresent()
                                && o.epoch().equals(epoch)
                                && o.lambda().isEmpty()))
        .findFirst();
  }
}
