package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.data.DataSet;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.io.PrintWriter;
import java.util.Collection;
import org.apache.hadoop.conf.Configuration;

/** What is checked before anything is started or written. */
public final class Preflight {
  private Preflight() {}

  /**
   * Checks the data from beginning to end, that it can be augmented as configured, and that the run
   * folder is free, or with {@code folder} EXISTING that it holds this very run.
   *
   * @throws RuntimeException of the package that refuses, see {@link Failure}
   */
  public static DataHeader check(RunConfig config, Phases.Folder folder, Configuration hadoop) {
    switch (folder) {
      case NEW -> RunFolder.requireUnused(config.output(), hadoop);
      case EXISTING -> requireNoSweep(RunFolder.open(config.output(), hadoop));
    }
    DataHeader data = DataSet.header(config.data(), hadoop);
    if (folder == Phases.Folder.EXISTING) {
      SameExperiment.require(config, RunFolder.open(config.output(), hadoop), hadoop);
    }
    data.heldOut(config.retrain().protocol().validationPortion());
    config.search().augmentation().checkFor(data.input());
    config.retrain().augmentation().checkFor(data.input());
    return data;
  }

  /** Prints what people should know of data that can be used, each line once. */
  public static void warn(Collection<DataHeader> data, PrintWriter err) {
    data.stream()
        .flatMap(header -> header.warnings().stream())
        .distinct()
        .forEach(line -> err.println("warning: " + line));
  }

  private static void requireNoSweep(RunFolder run) {
    if (run.exists(SweepFolder.TRIALS)) {
      throw new RunFolderRefusedException(
          "run folder "
              + run.path()
              + ": holds a sweep: go on with sweep --resume, or name the folder of one of its"
              + " trials");
    }
  }
}
