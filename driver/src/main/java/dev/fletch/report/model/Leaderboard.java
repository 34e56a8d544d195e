package dev.fletch.report.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Candidates by falling mean test accuracy; those without one come last, in the order of the run.
 */
public final class Leaderboard {
  private Leaderboard() {}

  public static List<CandidateReport> ranked(List<CandidateReport> candidates) {
    return candidates.stream()
        .sorted(
            Comparator.comparingDouble(
                c -> c.measuredSeeds() == 0 ? Double.POSITIVE_INFINITY : -c.testAccuracyMean()))
        .toList();
  }

  /** The leader beside {@code candidate}; none for the leader itself and what was not measured. */
  public static Optional<Comparison> comparison(
      CandidateReport candidate, List<CandidateReport> all) {
    return best(all)
        .filter(leader -> !leader.equals(candidate) && candidate.measuredSeeds() > 0)
        .map(leader -> Comparison.of(leader, candidate));
  }

  /** The winner, if any candidate has a test accuracy. */
  public static Optional<CandidateReport> best(List<CandidateReport> candidates) {
    return ranked(candidates).stream().findFirst().filter(c -> c.measuredSeeds() > 0);
  }
}
