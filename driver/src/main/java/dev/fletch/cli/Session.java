package dev.fletch.cli;

import dev.fletch.cli.progress.EndableProgress;
import dev.fletch.cli.progress.Progress;
import dev.fletch.cli.progress.ProgressBar;
import dev.fletch.cli.progress.ProgressLines;
import dev.fletch.config.RunConfig;
import dev.fletch.run.ExitCode;
import dev.fletch.run.Phases;
import java.io.PrintWriter;
import java.util.function.ToIntFunction;

/** One call of the command line: what was typed, where progress goes, and how phases are opened. */
public final class Session {
  private final String command;
  private final Phases.Factory factory;
  private final PrintWriter err;
  private final boolean isTerminal;
  private volatile boolean interrupted;

  public Session(String command, Phases.Factory factory, PrintWriter err, boolean isTerminal) {
    this.command = command;
    this.factory = factory;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /**
   * Opens the phases of {@code config} for {@code work} and closes them whatever comes of it.
   *
   * @param again what an interrupted run goes on with, for example {@code --resume}
   */
  int inPhases(RunConfig config, Phases.Folder folder, String again, ToIntFunction<Phases> work) {
    int exitCode =
        inProgress(
            again,
            progress -> {
              try (Phases phases = factory.open(config, folder, command, progress)) {
                int code = work.applyAsInt(phases);
                progress.say("run folder: " + config.output());
                return code;
              }
            });
    if (exitCode == ExitCode.FAILED) {
      err.println("fletch: some trainings failed; see the report in " + config.output());
    }
    return exitCode;
  }

  /**
   * Does {@code work}, telling its progress until the process is told to end.
   *
   * @param again what an interrupted run goes on with
   */
  int inProgress(String again, ToIntFunction<Progress> work) {
    try (EndableProgress progress = new EndableProgress(progress())) {
      Interruption interruption =
          new Interruption(() -> interrupted(progress, "interrupted; go on with " + again));
      try {
        return work.applyAsInt(progress);
      } finally {
        interruption.forget();
      }
    }
  }

  /** As typed. */
  String command() {
    return command;
  }

  /** Whether this process has been told to end: what fails from then on only follows from that. */
  public boolean isInterrupted() {
    return interrupted;
  }

  private void interrupted(EndableProgress progress, String line) {
    interrupted = true;
    progress.end(line);
  }

  static int exitCode(Phases.Retrained retrained) {
    return retrained.failed() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Progress progress() {
    return isTerminal
        ? new ProgressBar(err, System::nanoTime)
        : new ProgressLines(err, System::nanoTime);
  }
}
