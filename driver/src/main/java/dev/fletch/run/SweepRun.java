package dev.fletch.run;

import dev.fletch.cli.progress.Progress;
import dev.fletch.cli.progress.TrialProgress;
import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.report.SweepWriter;
import dev.fletch.report.model.SweepReport;
import dev.fletch.report.model.TrialReport;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.settings.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;

/**
 * Carries out the trials of a sweep, some at a time, and keeps one report over all of them. A trial
 * that fails does not stop the others.
 */
public final class SweepRun {
  private static final int SECONDS_TO_END = 10;

  private final SweepConfig sweep;
  private final Map<TrialConfig, RuntimeException> refused;
  private final SweepFolder folder;
  private final Configuration hadoop;
  private final TrialPhases phases;
  private final String command;
  private final Progress progress;
  private final BooleanSupplier interrupted;
  private final List<TrialReport> reports = new ArrayList<>();
  private final Map<TrialConfig, CompletableFuture<TrialReport>> ends = new ConcurrentHashMap<>();

  /**
   * @param refused trials that cannot be carried out, and why: they fail without being started
   * @param phases stay open
   * @param command as typed
   * @param interrupted whether the process has been told to end: what fails then is no failure
   */
  public SweepRun(
      SweepConfig sweep,
      Map<TrialConfig, RuntimeException> refused,
      SweepFolder folder,
      Configuration hadoop,
      TrialPhases phases,
      String command,
      Progress progress,
      BooleanSupplier interrupted) {
    this.sweep = sweep;
    this.refused = refused;
    this.folder = folder;
    this.hadoop = hadoop;
    this.phases = phases;
    this.command = command;
    this.progress = progress;
    this.interrupted = interrupted;
    for (TrialConfig trial : sweep.trials()) {
      reports.add(TrialReport.waiting(described(trial)));
      ends.put(trial, new CompletableFuture<>());
    }
  }

  /** The exit code: whether all trials came to their end without a failure. */
  public int run() {
    RunFolder run = folder.run();
    run.delete(RunFolder.SUCCESS);
    carryOutAll();
    if (interrupted.getAsBoolean()) {
      return ExitCode.INTERRUPTED;
    }
    writeReport();
    boolean complete = sweep.trials().stream().allMatch(folder::isComplete);
    if (complete) {
      run.markComplete();
    }
    return reports.stream().allMatch(TrialReport::isDone) ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void carryOutAll() {
    ExecutorService pool =
        Executors.newFixedThreadPool(sweep.parallel(), new DaemonThreads("trial"));
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < sweep.trials().size(); i++) {
        int index = i;
        futures.add(pool.submit(() -> carryOutAndTell(index)));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SweepStoppedException("the sweep was interrupted; go on with --resume", e);
    } catch (ExecutionException e) {
      String reason = String.join("; ", Failure.of(e.getCause()).lines());
      throw new SweepStoppedException("the sweep stopped: " + reason, e);
    } finally {
      end(pool);
    }
  }

  /** Trials that are under way must have let go of Spark before it is closed. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    try {
      pool.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** However it ends, trials that wait for it must not wait for ever. */
  private void carryOutAndTell(int index) {
    try {
      carryOut(index);
    } finally {
      ends.get(sweep.trials().get(index)).cancel(false);
    }
  }

  private void carryOut(int index) {
    if (interrupted.getAsBoolean()) {
      return;
    }
    TrialConfig trial = sweep.trials().get(index);
    Progress named = new TrialProgress(trial.name(), progress);
    TrialReport report;
    try {
      report = outcome(trial, named);
    } catch (RuntimeException e) {
      if (interrupted.getAsBoolean()) {
        return;
      }
      if (phases.hasStopped()) {
        throw new SweepStoppedException("Spark ended while trials were running", e);
      }
      String reason = String.join("; ", Failure.of(e).lines());
      named.say("failed: " + reason);
      report = TrialReport.failed(described(trial), reason);
    }
    synchronized (reports) {
      reports.set(index, report);
      writeReport();
    }
    ends.get(trial).complete(report);
  }

  private TrialReport outcome(TrialConfig trial, Progress named) {
    if (folder.isComplete(trial)) {
      TrialReport before = read(trial);
      if (before.isDone()) {
        named.say("already done");
        return before;
      }
    }
    if (refused.containsKey(trial)) {
      throw refused.get(trial);
    }
    awaitSources(trial, named);
    named.say("trial starts");
    try (Phases run = phases.open(trial, folder.prepare(trial), command, named)) {
      if (run.candidatesNeedSearch()) {
        run.search();
      }
      run.retrain();
      run.report();
    }
    TrialReport report = read(trial);
    named.say(report.summary());
    return report;
  }

  /** They come before it in the list, so that a thread works on each, or has. */
  private void awaitSources(TrialConfig trial, Progress named) {
    for (TrialConfig source : sweep.sources(trial)) {
      if (!ends.get(source).isDone()) {
        named.say("waits for " + source.name());
      }
      TrialReport end = ends.get(source).join();
      if (!end.hasCandidate()) {
        throw new UsageException(
            "trial %s, whose candidates it was to train, has failed: see why, and go on with --resume"
                .formatted(source.name()));
      }
      if (!end.isDone()) {
        named.say(
            "takes what %s has, which partly failed (%s)".formatted(source.name(), end.failure()));
      }
    }
  }

  private TrialReport read(TrialConfig trial) {
    RunFolder run = RunFolder.open(trial.config().output(), hadoop);
    return TrialReport.of(described(trial), RunReports.read(run, trial.config()));
  }

  private static TrialReport.Trial described(TrialConfig trial) {
    return new TrialReport.Trial(
        trial.name(), trial.group(), trial.labels(), trial.values(), trial.config().seed());
  }

  private void writeReport() {
    String title = sweep.base().report().title();
    try {
      new SweepWriter(folder.run()::writeBytes)
          .write(
              new SweepReport(
                  sweep.base().name(),
                  title.isBlank() ? sweep.base().name() : title,
                  command,
                  reports));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
