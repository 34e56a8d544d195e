package dev.fletch.search;

import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What a population search may take; it ends after the first whole generation in which one of these
 * is used up.
 *
 * @param generations at most
 * @param evaluations trainings of networks; 0: any number
 * @param minutes wall time of all generations, also over interruptions, see {@link
 *     GenerationClock}; 0: any. The number of generations then depends on the machine
 */
public record BudgetSettings(int generations, int evaluations, double minutes)
    implements Serializable {
  private static final double SECONDS_PER_MINUTE = 60;

  public BudgetSettings {
    new Checks()
        .atLeast("generations", generations, 1)
        .atLeast("evaluations", evaluations, 0)
        .atLeast("minutes", minutes, 0)
        .orThrow();
  }

  /** Why a search with these generations has ended; empty if it goes on. */
  Optional<String> end(List<EpochRecord> records) {
    if (records.size() >= generations) {
      return Optional.of(SearchResult.COMPLETED);
    }
    if (records.isEmpty()) {
      return Optional.empty();
    }
    GenerationDetails last = records.get(records.size() - 1).generation().orElseThrow();
    if (evaluations > 0 && last.evaluations() >= evaluations) {
      return Optional.of("the budget of " + evaluations + " evaluations was used up");
    }
    double seconds = records.stream().mapToDouble(EpochRecord::seconds).sum();
    return minutes > 0 && seconds >= minutes * SECONDS_PER_MINUTE
        ? Optional.of("the budget of " + minutes + " minutes was used up")
        : Optional.empty();
  }
}
