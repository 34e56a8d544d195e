package dev.fletch.report.model;

import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Candidates by mean test figure, the best first; those without one come last, in the order of the
 * run.
 */
public final class Leaderboard {
  private Leaderboard() {}

  public static List<CandidateReport> ranked(List<CandidateReport> candidates) {
    return candidates.stream()
        .sorted(
            Comparator.comparing(CandidateReport::testFigureMean, metric(candidates).bestFirst()))
        .toList();
  }

  /** What ranks them, and what their figures are. */
  static Metric metric(List<CandidateReport> candidates) {
    return candidates.stream()
        .flatMap(candidate -> candidate.trainings().stream())
        .flatMap(training -> training.metric().stream())
        .findFirst()
        .orElse(Metrics.DEFAULT);
  }

  /** The leader beside {@code candidate}; none for the leader itself and what was not measured. */
  public static Optional<Comparison> comparison(
      CandidateReport candidate, List<CandidateReport> all) {
    return best(all)
        .filter(leader -> !leader.equals(candidate) && candidate.measuredSeeds() > 0)
        .map(leader -> Comparison.of(leader, candidate));
  }

  /** Those that are level with the winner, the winner itself not among them. */
  public static List<CandidateReport> levelWithBest(List<CandidateReport> candidates) {
    List<CandidateReport> ranked = ranked(candidates);
    return ranked.stream()
        .skip(1)
        .filter(
            candidate ->
                metric(candidates)
                    .isLevel(candidate.testFigureMean(), ranked.get(0).testFigureMean()))
        .toList();
  }

  /** The winner, if any candidate has a test figure. */
  public static Optional<CandidateReport> best(List<CandidateReport> candidates) {
    return ranked(candidates).stream().findFirst().filter(c -> c.measuredSeeds() > 0);
  }
}
