package dev.fletch.search;

import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.util.List;

/** Which files a search leaves, so that a lost one is missed rather than taken for not searched. */
public final class SearchFiles {
  private static final String FOLDER = "search";

  private SearchFiles() {}

  /**
   * Checks that a run folder holds all of its search as far as that has come.
   *
   * @param isNeeded whether the run has no results without a search
   * @throws RunFolderRefusedException naming the first file that is missing, and how to get it
   *     back, or that a newer Fletch wrote
   * @throws dev.fletch.runfolder.RunFolderException if a file cannot be understood
   */
  public static void requireWhole(RunFolder run, SearchSection settings, boolean isNeeded) {
    if (!run.exists(SearchResult.EPOCHS_FILE)) {
      if (!run.list(FOLDER).isEmpty()) {
        throw missing(run, SearchResult.EPOCHS_FILE, restorable(run));
      }
      if (isNeeded) {
        throw missing(run, SearchResult.EPOCHS_FILE, "run the search first, or restore it");
      }
      return;
    }
    List<EpochRecord> epochs = SearchResult.read(run, settings.epochs()).epochs();
    for (EpochRecord epoch : epochs) {
      String name =
          epoch.generation().isPresent()
              ? PopulationFile.name(epoch.epoch())
              : AlphaFile.name(epoch.epoch());
      if (!run.exists(name)) {
        throw missing(run, name, "restore it from a copy of the folder");
      }
      if (epoch.generation().isPresent()) {
        PopulationFile.read(run, epoch.epoch());
      } else {
        AlphaFile.read(run, epoch.epoch());
      }
    }
    if (hasEnded(epochs, settings) && !run.exists(SearchResult.RESULT_FILE)) {
      throw missing(run, SearchResult.RESULT_FILE, restorable(run));
    }
  }

  private static boolean hasEnded(List<EpochRecord> epochs, SearchSection settings) {
    return settings instanceof PopulationSettings population
        ? population.budget().end(epochs).isPresent()
        : epochs.size() >= settings.epochs()
            || ((SearchSettings) settings).stop().check(epochs).isPresent();
  }

  private static String restorable(RunFolder run) {
    return run.list(SearchCheckpoints.FOLDER).isEmpty()
        ? "restore it from a copy of the folder"
        : "run or search with --resume writes it anew from " + SearchCheckpoints.FOLDER;
  }

  private static RunFolderRefusedException missing(RunFolder run, String name, String remedy) {
    return new RunFolderRefusedException(
        "run folder %s: %s is missing: %s".formatted(run.path(), name, remedy));
  }
}
