package dev.fletch;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import org.apache.hadoop.conf.Configuration;

/** What is checked before anything is started or written. */
final class Preflight {
  private Preflight() {}

  /**
   * Checks the configuration, and that the run folder is free, or with {@code folder} EXISTING that
   * it holds a run, and that it can be written to.
   *
   * @throws RuntimeException of the package that refuses, see {@link Failure}
   */
  static DataHeader check(RunConfig config, Phases.Folder folder, Configuration hadoop) {
    switch (folder) {
      case NEW -> RunFolder.requireUnused(config.output(), hadoop);
      case EXISTING -> requireNoSweep(RunFolder.open(config.output(), hadoop));
    }
    RunFolder.requireWritable(config.output(), hadoop);
    return new ConfigCheck(hadoop).check(config);
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
