package dev.fletch;

import dev.fletch.config.RunConfig;
import java.io.PrintWriter;
import java.util.function.ToIntFunction;

/** One call of the command line: what was typed, where progress goes, and how phases are opened. */
final class Session {
  private final String command;
  private final Phases.Factory factory;
  private final PrintWriter err;
  private final boolean isTerminal;

  Session(String command, Phases.Factory factory, PrintWriter err, boolean isTerminal) {
    this.command = command;
    this.factory = factory;
    this.err = err;
    this.isTerminal = isTerminal;
  }

  /** Opens the phases of {@code config} for {@code work} and closes them whatever comes of it. */
  int inPhases(RunConfig config, Phases.Folder folder, ToIntFunction<Phases> work) {
    int exitCode;
    try (Progress progress = progress();
        Phases phases = factory.open(config, folder, command, progress)) {
      exitCode = work.applyAsInt(phases);
      progress.say("run folder: " + config.output());
    }
    if (exitCode == ExitCode.FAILED) {
      err.println("fletch: some trainings failed; see the report in " + config.output());
    }
    return exitCode;
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
