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
 * @param beforeCollapse the epoch from before a collapse, where a rule named one
 * @param comparableFrom the first epoch that the best one is looked for among
 */
public record SearchResult(
    List<EpochRecord> epochs, String stopReason, OptionalInt beforeCollapse, int comparableFrom) {
  public static final String EPOCHS_FILE = "search/epochs.jsonl";
  public static final String RESULT_FILE = "search/result.json";

  private static final String COMPLETED = "completed";
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
  }

  /** Of a search of which no rule names an epoch from before a collapse. */
  public SearchResult(List<EpochRecord> epochs, String stopReason) {
    this(epochs, stopReason, OptionalInt.empty(), 0);
  }

  /** The epoch with the best validation score; the earlier one of equals. */
  public int bestEpoch() {
    int best = Math.min(comparableFrom, lastEpoch());
    for (EpochRecord record : epochs.subList(best, epochs.size())) {
      double leading = epochs.get(best).validationAccuracy();
      if (record.metric().isBetter(record.validationAccuracy(), leading)) {
        best = record.epoch();
      }
    }
    return best;
  }

  public int lastEpoch() {
    return epochs.size() - 1;
  }

  /**
   * The epoch to prefer over a collapsed one: that which the method named, otherwise the last one
   * before skip connections took over the normal cell. The last epoch if that never happened.
   */
  public int epochBeforeCollapse() {
    if (beforeCollapse.isPresent()) {
      return beforeCollapse.getAsInt();
    }
    // records of older versions do not say what trained alpha
    boolean known = epochs.stream().anyMatch(e -> e.watch().isAlphaTrained());
    for (EpochRecord record : epochs) {
      if (record.isCollapsed() && (record.watch().isAlphaTrained() || !known)) {
        return Math.max(0, record.epoch() - 1);
      }
    }
    return lastEpoch();
  }

  /** Whether a rule ended the search before the last epoch that was asked for. */
  public boolean endedEarly() {
    return !stopReason.equals(COMPLETED) && !stopReason.equals(INTERRUPTED);
  }

  /** Wall time of all epochs, also over interruptions. */
  public double seconds() {
    return epochs.stream().mapToDouble(EpochRecord::seconds).sum();
  }

  /**
   * Reads the search of a run folder.
   *
   * @param planned epochs the configuration asks for
   * @throws RunFolderException if there is no finished epoch, or the file cannot be understood
   */
  public static SearchResult read(RunFolder run, int planned) {
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
    return end.isPresent() ? ended(run, epochs, end.get()) : of(epochs, planned);
  }

  /** What the search wrote of its end, which may have come before the last epoch planned. */
  private static SearchResult ended(RunFolder run, List<EpochRecord> epochs, SearchEnd end) {
    try {
      return new SearchResult(epochs, end.stopReason(), end.beforeCollapse(), end.comparableFrom());
    } catch (IllegalArgumentException e) {
      throw SearchEnd.unreadable(run.path() + "/" + RESULT_FILE, e);
    }
  }

  static SearchResult of(List<EpochRecord> epochs, int planned) {
    return new SearchResult(epochs, epochs.size() >= planned ? COMPLETED : INTERRUPTED);
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
