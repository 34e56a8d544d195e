package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.runfolder.RunPlace;
import org.apache.hadoop.conf.Configuration;

/** What is checked before anything is started or written. */
public final class Preflight {
  private Preflight() {}

  /**
   * Checks the configuration, and that the run folder is free, or with {@code folder} EXISTING that
   * it holds this very run, and that it can be written to.
   *
   * @throws RuntimeException of the package that refuses, see {@link Failure}
   */
  public static DataHeader check(RunConfig config, Phases.Folder folder, Configuration hadoop) {
    switch (folder) {
      case NEW -> new RunPlace(config.output(), hadoop).requireUnused();
      case EXISTING -> requireNoSweep(RunFolder.open(config.output(), hadoop));
    }
    new RunPlace(config.output(), hadoop).requireWritable();
    DataHeader data = new ConfigCheck(hadoop).check(config);
    if (folder == Phases.Folder.EXISTING) {
      SameExperiment.require(config, RunFolder.open(config.output(), hadoop), hadoop);
    }
    return data;
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
