package dev.fletch.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Candidates by falling mean test accuracy; those without one come last, in the order of the run.
 */
final class Leaderboard {
  private Leaderboard() {}

  static List<CandidateReport> ranked(List<CandidateReport> candidates) {
    return candidates.stream()
        .sorted(
            Comparator.comparingDouble(
                c -> c.measuredSeeds() == 0 ? Double.POSITIVE_INFINITY : -c.testAccuracyMean()))
        .toList();
  }

  /** The winner, if any candidate has a test accuracy. */
  static Optional<CandidateReport> best(List<CandidateReport> candidates) {
    return ranked(candidates).stream().findFirst().filter(c -> c.measuredSeeds() > 0);
  }
}
