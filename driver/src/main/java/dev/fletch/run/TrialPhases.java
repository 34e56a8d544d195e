package dev.fletch.run;

import dev.fletch.cli.progress.Progress;
import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;

/** Opens the phases of a sweep's trials, several at a time, each on a thread of its own. */
public interface TrialPhases extends AutoCloseable {
  /**
   * @param command as typed, for the manifest and the report
   * @param progress of this trial
   */
  Phases open(TrialConfig trial, Phases.Folder folder, String command, Progress progress);

  /** Whether what trials share has failed: then all that are left would fail too. */
  boolean hasStopped();

  @Override
  void close();

  /** Opens what the trials of a sweep share. */
  @FunctionalInterface
  interface Factory {
    TrialPhases open(SweepConfig sweep, Progress progress);
  }
}
