package dev.fletch.search;

import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a search came to.
 *
 * @param epochs in order, epoch e at index e; not empty
 * @param stopReason {@code completed}, or {@code interrupted} when epochs are missing
 */
public record SearchResult(List<EpochRecord> epochs, String stopReason) {
  public static final String EPOCHS_FILE = "search/epochs.jsonl";

  public SearchResult {
    epochs = List.copyOf(epochs);
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("Invalid search result: no epoch was trained");
    }
  }

  /** The epoch with the highest validation accuracy; the earlier one of equals. */
  public int bestEpoch() {
    int best = 0;
    for (EpochRecord record : epochs) {
      if (record.validationAccuracy() > epochs.get(best).validationAccuracy()) {
        best = record.epoch();
      }
    }
    return best;
  }

  public int lastEpoch() {
    return epochs.size() - 1;
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
    return of(epochs, planned);
  }

  static SearchResult of(List<EpochRecord> epochs, int planned) {
    return new SearchResult(epochs, epochs.size() >= planned ? "completed" : "interrupted");
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
