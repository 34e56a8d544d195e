package dev.fletch.run;

import dev.fletch.config.RunConfigLoader;
import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.runfolder.RunLease;
import dev.fletch.runfolder.RunPlace;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The folder of a sweep: its configuration, its report, and a run folder for every trial. */
public final class SweepFolder implements AutoCloseable {
  static final String TRIALS = "trials";

  private final RunLease lease;
  private final RunFolder run;

  private SweepFolder(RunLease lease) {
    this.lease = lease;
    this.run = lease.folder();
  }

  /**
   * Checks, without changing anything, that {@link #open} would not refuse.
   *
   * @throws RunFolderRefusedException if the folder is in use, or EXISTING holds another sweep
   */
  static void check(SweepConfig sweep, Phases.Folder folder, Configuration hadoop) {
    String output = sweep.base().output();
    if (folder == Phases.Folder.NEW) {
      new RunPlace(output, hadoop).requireUnused();
      return;
    }
    RunFolder run = RunFolder.open(output, hadoop);
    String text = run.readText(RunFolder.CONFIG);
    SweepConfig before =
        RunConfigLoader.loadSweep(run.path() + "/" + RunFolder.CONFIG, text, List.of())
            .orElseThrow(
                () ->
                    new RunFolderRefusedException(
                        "run folder "
                            + run.path()
                            + ": holds a run and no sweep: choose another output"));
    SameSweep.require(before, sweep, "run folder " + run.path());
    for (TrialConfig trial : sweep.trials()) {
      started(sweep, trial, hadoop)
          .ifPresent(begun -> SameSweep.requireTrial(begun, trial, sweep.base().output()));
    }
  }

  /**
   * Makes the folder, or opens it to go on; nobody else can until it is closed.
   *
   * @param command as typed, for whoever finds the folder in use
   */
  public static SweepFolder open(
      SweepConfig sweep, Phases.Folder folder, Configuration hadoop, String command) {
    String output = sweep.base().output();
    if (folder == Phases.Folder.EXISTING) {
      return new SweepFolder(RunLease.resume(output, hadoop, command));
    }
    SweepFolder opened = new SweepFolder(RunLease.create(output, hadoop, command));
    opened.run.writeText(RunFolder.CONFIG, sweep.text());
    return opened;
  }

  /** The folder of a trial that was started; empty if it was not. */
  static Optional<RunFolder> started(SweepConfig sweep, TrialConfig trial, Configuration hadoop) {
    RunFolder run = RunFolder.open(sweep.base().output(), hadoop);
    return run.exists(folder(trial) + "/" + RunFolder.CONFIG)
        ? Optional.of(RunFolder.open(run.path() + "/" + folder(trial), hadoop))
        : Optional.empty();
  }

  @Override
  public void close() {
    lease.close();
  }

  RunFolder run() {
    return run;
  }

  private static String folder(TrialConfig trial) {
    return TRIALS + "/" + trial.name();
  }

  /** Whether the trial has been carried out to its end. */
  boolean isComplete(TrialConfig trial) {
    return run.exists(folder(trial) + "/" + RunFolder.SUCCESS);
  }

  /** Whether there is a run of the trial to go on with; what is less than that is cleared away. */
  Phases.Folder prepare(TrialConfig trial) {
    if (run.exists(folder(trial) + "/" + RunFolder.CONFIG)) {
      return Phases.Folder.EXISTING;
    }
    run.delete(folder(trial));
    return Phases.Folder.NEW;
  }
}
