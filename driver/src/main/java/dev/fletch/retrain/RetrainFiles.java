package dev.fletch.retrain;

import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;

/** Which files a retraining leaves, so that a lost one is missed rather than taken for nothing. */
public final class RetrainFiles {
  private RetrainFiles() {}

  /**
   * Checks that a run folder holds, for every candidate, what it is and how it was trained.
   *
   * @throws RunFolderRefusedException naming the first file that is missing, and how to get it
   *     back, or that a newer Fletch wrote
   * @throws dev.fletch.runfolder.RunFolderException if a file cannot be understood
   */
  public static void requireWhole(RunFolder run) {
    for (String candidate : TrainingFolders.candidates(run)) {
      TrainingFolders.seeds(run, candidate).forEach(seed -> requireWhole(run, candidate, seed));
    }
  }

  /** A training without a result may have failed for want of room, and its files with it. */
  private static void requireWhole(RunFolder run, String candidate, long seed) {
    boolean hasTrained =
        ResultFile.read(run, candidate, seed)
            .filter(entry -> entry.outcome() instanceof Outcome.Trained)
            .isPresent();
    if (!hasTrained) {
      return;
    }
    if (!run.exists(CandidateFile.name(candidate))) {
      throw missing(run, CandidateFile.name(candidate), "retrain writes it anew");
    }
    CandidateFile.read(run, candidate);
    String curve = TrainingEpoch.file(candidate, seed);
    if (!run.exists(curve)) {
      throw missing(run, curve, "delete " + CandidateJob.folder(candidate, seed) + " and retrain");
    }
  }

  private static RunFolderRefusedException missing(RunFolder run, String name, String remedy) {
    return new RunFolderRefusedException(
        "run folder %s: %s is missing: %s".formatted(run.path(), name, remedy));
  }
}
