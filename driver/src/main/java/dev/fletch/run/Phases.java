package dev.fletch.run;

import dev.fletch.cli.progress.Progress;
import dev.fletch.config.RunConfig;

/**
 * The phases of one run, each from what the one before left in the run folder. Called in order, on
 * one thread; phases may be left out.
 */
public interface Phases extends AutoCloseable {
  void search();

  /** Whether retraining needs what a search yields; it does not if all genotypes are given. */
  boolean candidatesNeedSearch();

  /** Retrains what is not retrained yet; a failing training does not stop the others. */
  Retrained retrain();

  void report();

  /** Whether there is a report from before. */
  boolean hasReport();

  @Override
  void close();

  /**
   * What came of a retraining.
   *
   * @param trainings of candidates with seeds, those of earlier starts included
   * @param failed those of them without a result
   */
  record Retrained(int trainings, int failed) {}

  /** What the phases start from. */
  enum Folder {
    /** There is none yet: it is made. */
    NEW,
    /** One from an earlier start, to be gone on with. */
    EXISTING
  }

  /** Opens what the phases of {@code config} need; {@link Phases#close} gives it back. */
  @FunctionalInterface
  interface Factory {
    /**
     * @param command as typed, for the manifest and the report
     */
    Phases open(RunConfig config, Folder folder, String command, Progress progress);
  }
}
