package dev.fletch.report.model;

import dev.fletch.architecture.RecurrentCell;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.MixingWeights;
import dev.fletch.search.Round;
import dev.fletch.search.SearchResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a report says of the search.
 *
 * @param method for example {@code darts}
 * @param order 1 or 2; 0 for a method without alpha
 * @param alphaL1 weight of the sum of |alpha| in alpha's loss; 0 for none
 * @param hasNormalCells see {@link dev.fletch.search.SearchPlan#hasNormalCells}: nothing is said of
 *     cells that the search did not have
 * @param result empty if nothing was searched
 * @param mixing weights after some or all epochs, by rising epoch
 */
public record SearchReport(
    String method,
    int order,
    double alphaL1,
    boolean hasNormalCells,
    Optional<SearchResult> result,
    List<MixingWeights> mixing) {
  static final String NOT_SEARCHED = "not searched";

  public SearchReport {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(result, "result");
    mixing = List.copyOf(mixing);
  }

  /** In order of training; none if nothing was searched. */
  public List<EpochRecord> epochs() {
    return result.map(SearchResult::epochs).orElse(List.of());
  }

  /** What ranks the epochs, and what their figures are. */
  public Metric metric() {
    return epochs().stream().findFirst().map(EpochRecord::metric).orElse(Metrics.DEFAULT);
  }

  /** Whether recurrent cells were searched. */
  public boolean isRecurrent() {
    return epochs().stream().anyMatch(epoch -> epoch.genotype() instanceof RecurrentCell);
  }

  /** What the search counts. */
  public Round round() {
    return epochs().stream().findFirst().map(EpochRecord::round).orElse(Round.EPOCH);
  }

  /** The record of an epoch, if there is one. */
  public Optional<EpochRecord> epoch(int number) {
    return number < epochs().size() ? Optional.of(epochs().get(number)) : Optional.empty();
  }

  public OptionalInt bestEpoch() {
    return result.map(r -> OptionalInt.of(r.bestEpoch())).orElse(OptionalInt.empty());
  }

  /** The epoch of the best validation figure; empty if nothing was searched. */
  public Optional<EpochRecord> best() {
    return result.map(r -> r.epochs().get(r.bestEpoch()));
  }

  /** The last epoch; empty if nothing was searched. */
  public Optional<EpochRecord> last() {
    return result.map(r -> r.epochs().get(r.lastEpoch()));
  }

  /** The epoch from before a collapse; empty if nothing collapsed. */
  public OptionalInt beforeCollapse() {
    return result.map(SearchResult::beforeCollapse).orElse(OptionalInt.empty());
  }

  /** Why it ended, in words. */
  public String stopReason() {
    return result.map(SearchResult::stopReason).orElse(NOT_SEARCHED);
  }

  /** Whether a rule ended it before its last epoch. */
  public boolean endedEarly() {
    return result.filter(SearchResult::endedEarly).isPresent();
  }

  /** Whether it can be gone on with. */
  public boolean isInterrupted() {
    return result.filter(SearchResult::isInterrupted).isPresent();
  }

  /** Wall time of all epochs. */
  public double seconds() {
    return result.map(SearchResult::seconds).orElse(0.0);
  }
}
