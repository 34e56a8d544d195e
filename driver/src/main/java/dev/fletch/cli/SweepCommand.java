package dev.fletch.cli;

import dev.fletch.cli.progress.Progress;
import dev.fletch.config.SweepConfig;
import dev.fletch.run.ExitCode;
import dev.fletch.run.Failure;
import dev.fletch.run.HadoopProperties;
import dev.fletch.run.Phases;
import dev.fletch.run.SweepEstimate;
import dev.fletch.run.SweepFolder;
import dev.fletch.run.SweepPreflight;
import dev.fletch.run.SweepRun;
import dev.fletch.run.TrialPhases;
import dev.fletch.run.UsageException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sweep}: a run for every combination of values in the section {@code sweep}. */
@Command(
    name = "sweep",
    description = "Runs every trial of the section sweep { }, with one leaderboard over all.")
public final class SweepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigArguments arguments;

  @Option(names = "--resume", description = "Goes on with the sweep in the output folder.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description = "Checks everything and prints what each trial would take, then stops.")
  private boolean dryRun;

  private final Session session;
  private final TrialPhases.Factory factory;

  public SweepCommand(Session session, TrialPhases.Factory factory) {
    this.session = session;
    this.factory = factory;
  }

  @Override
  public Integer call() {
    SweepConfig sweep =
        arguments
            .loadSweep()
            .orElseThrow(
                () ->
                    new UsageException(
                        arguments.name()
                            + " has no section sweep { }: add one that says what to vary, or use"
                            + " run"));
    Configuration hadoop = HadoopProperties.read();
    Phases.Folder folder = resume ? Phases.Folder.EXISTING : Phases.Folder.NEW;
    SweepPreflight checked = SweepPreflight.check(sweep, folder, hadoop);
    if (dryRun) {
      new SweepEstimate(sweep, checked.data(), hadoop)
          .lines()
          .forEach(spec.commandLine().getOut()::println);
      return printFailures(checked, spec.commandLine().getErr());
    }
    printFailures(checked, spec.commandLine().getErr());
    Warnings.print(spec, checked.warnings());
    int exitCode =
        session.inProgress(
            "--resume", progress -> carryOut(sweep, checked, folder, hadoop, progress));
    if (exitCode == ExitCode.FAILED) {
      spec.commandLine()
          .getErr()
          .println("fletch: some trials failed; see the report in " + sweep.base().output());
    }
    return exitCode;
  }

  /**
   * Prints what is wrong with single trials.
   *
   * @return the exit code
   */
  static int printFailures(SweepPreflight checked, PrintWriter err) {
    checked
        .failures()
        .forEach(
            (trial, e) ->
                Failure.of(e)
                    .lines()
                    .forEach(l -> err.println("fletch: trial " + trial.name() + ": " + l)));
    return checked.failures().isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
  }

  private int carryOut(
      SweepConfig sweep,
      SweepPreflight checked,
      Phases.Folder folder,
      Configuration hadoop,
      Progress progress) {
    try (TrialPhases phases = factory.open(sweep, progress);
        SweepFolder opened = SweepFolder.open(sweep, folder, hadoop, session.command())) {
      int exitCode =
          new SweepRun(
                  sweep,
                  checked.failures(),
                  opened,
                  hadoop,
                  phases,
                  session.command(),
                  progress,
                  session::isInterrupted)
              .run();
      progress.say("sweep folder: " + sweep.base().output());
      return exitCode;
    }
  }
}
