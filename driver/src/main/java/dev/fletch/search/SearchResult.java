package dev.fletch.search;

import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a search came to.
 *
 * @param epochs in order, epoch e at index e; not empty
 * @param stopReason {@code completed}, {@code interrupted} when epochs are missing, or the words of
 *     the rule that stopped it early
 * @param beforeCollapse the epoch from before a collapse: the one that a rule named, otherwise the
 *     one before skip connections took over; empty if nothing collapsed
 * @param comparableFrom the first epoch that the best one is looked for among
 */
public record SearchResult(
    List<EpochRecord> epochs, String stopReason, OptionalInt beforeCollapse, int comparableFrom) {
  public static final String EPOCHS_FILE = "search/epochs.jsonl";
  public static final String RESULT_FILE = "search/result.json";

  static final String COMPLETED = "completed";
  private static final String INTERRUPTED = "interrupted";

  public SearchResult {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("Invalid search result: no epoch was trained");
    }
    if (beforeCollapse.isPresent()
        && (beforeCollapse.getAsInt() < 0 || beforeCollapse.getAsInt() >= epochs.size())) {
      throw new IllegalArgumentException(
          "beforeCollapse is epoch %d, but the search has the epochs 0 to %d"
              .formatted(beforeCollapse.getAsInt(), epochs.size() - 1));
    }
    beforeCollapse = beforeCollapse.isPresent() ? beforeCollapse : Collapse.before(epochs);
  }

  /** Of a search that no rule stopped, all of whose epochs compare. */
  public SearchResult(List<EpochRecord> epochs, String stopReason) {
    this(epochs, stopReason, OptionalInt.empty(), 0);
  }

  /**
   * The epoch with the best validation score among those from {@link #comparableFrom} on; the
   * earlier one of equals. The last epoch if the search has not come that far.
   */
  public int bestEpoch() {
    int best = Math.min(comparableFrom, lastEpoch());
    for (EpochRecord record : epochs.subList(best, epochs.size())) {
      double leading = epochs.get(best).validationFigure();
      if (record.metric().isBetter(record.validationFigure(), leading)) {
        best = record.epoch();
      }
    }
    return best;
  }

  public int lastEpoch() {
    return epochs.size() - 1;
  }

  /** The epoch to prefer over a collapsed one; the last epoch if nothing collapsed. */
  public int epochBeforeCollapse() {
    return beforeCollapse.orElse(lastEpoch());
  }

  /** Whether epochs are missing that no rule left out: the search can be gone on with. */
  public boolean isInterrupted() {
    return stopReason.equals(INTERRUPTED);
  }

  /** Whether a rule ended the search before the last epoch that was asked for. */
  public boolean endedEarly() {
    return !stopReason.equals(COMPLETED) && !isInterrupted();
  }

  /** Wall time of all epochs, also over interruptions. */
  public double seconds() {
    return epochs.stream().mapToDouble(EpochRecord::seconds).sum();
  }

  /**
   * Reads what a run folder holds of a search.
   *
   * @param plan of that search: what its files do not say yet follows from it
   * @throws RunFolderException if there is no finished epoch, or a file cannot be understood
   */
  public static SearchResult read(RunFolder run, PlannedSearch plan) {
    return read(run, plan.settings().epochs(), plan.comparableFrom());
  }

  /**
   * Reads what a run folder holds of a search of which nothing else is known: all of its epochs
   * compare, unless it says otherwise itself.
   *
   * @throws RunFolderException if there is no finished epoch, or a file cannot be understood
   */
  public static SearchResult readSoFar(RunFolder run) {
    return read(run, 0);
  }

  /** Of a search all of whose epochs compare, unless it says otherwise itself. */
  static SearchResult read(RunFolder run, int planned) {
    return read(run, planned, 0);
  }

  /**
   * Reads what a run folder holds of a search.
   *
   * @param planned epochs the configuration asks for
   * @param comparableFrom the first epoch that the best one is looked for among, unless the search
   *     says so itself
   * @throws RunFolderException if there is no finished epoch, or a file cannot be understood
   */
  private static SearchResult read(RunFolder run, int planned, int comparableFrom) {
    if (!run.exists(EPOCHS_FILE)) {
      throw new RunFolderException(
          "run folder " + run.path() + ": has no " + EPOCHS_FILE + ": run the search first");
    }
    List<EpochRecord> epochs = records(run.readLines(EPOCHS_FILE), run.path() + "/" + EPOCHS_FILE);
    if (epochs.isEmpty()) {
      throw new RunFolderException(
          "run folder " + run.path() + ": the search has not finished an epoch: resume it first");
    }
    Optional<SearchEnd> end = SearchEnd.read(run);
    return end.isPresent() ? ended(run, epochs, end.get()) : of(epochs, planned, comparableFrom);
  }

  /** What the search wrote of its end, which may have come before the last epoch planned. */
  private static SearchResult ended(RunFolder run, List<EpochRecord> epochs, SearchEnd end) {
    try {
      return new SearchResult(epochs, end.stopReason(), end.beforeCollapse(), end.comparableFrom());
    } catch (IllegalArgumentException e) {
      throw SearchEnd.unreadable(run.path() + "/" + RESULT_FILE, e);
    }
  }

  /** Of a search that no rule has stopped. */
  static SearchResult of(List<EpochRecord> epochs, int planned, int comparableFrom) {
    String reason = epochs.size() >= planned ? COMPLETED : INTERRUPTED;
    return new SearchResult(epochs, reason, OptionalInt.empty(), comparableFrom);
  }

  /**
   * @param where to begin the message with
   */
  static List<EpochRecord> records(List<String> lines, String where) {
    List<EpochRecord> records = new ArrayList<>();
    for (String line : lines) {
      try {
        EpochRecord record = EpochRecord.fromJson(line);
        if (record.epoch() != records.size()) {
          throw new IllegalArgumentException(
              "it is epoch " + record.epoch() + ", expected " + records.size());
        }
        records.add(record);
      } catch (IllegalArgumentException e) {
        throw new RunFolderException(
            where
                + ":"
                + (records.size() + 1)
                + ": is no record of an epoch ("
                + e.getMessage()
                + ")",
            e);
      }
    }
    return records;
  }
}
