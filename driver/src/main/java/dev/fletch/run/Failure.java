package dev.fletch.run;

import dev.fletch.cluster.ClusterException;
import dev.fletch.config.ConfigException;
import dev.fletch.config.ConfigProblem;
import dev.fletch.data.DataException;
import dev.fletch.data.UnreachableDataException;
import dev.fletch.gradient.DivergedException;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.settings.SettingProblem;
import java.io.IOException;
import java.util.List;

/**
 * How a failure is told to a person: lines for standard error, and the exit code.
 *
 * @param lines one per problem, without line breaks
 */
public record Failure(List<String> lines, int exitCode) {
  /** Judges by the outermost cause that was made to be read; without one it is a fault of ours. */
  public static Failure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Failure known = known(cause);
      if (known != null) {
        return known;
      }
    }
    String type = thrown.getClass().getSimpleName();
    return one(
        ExitCode.INFRASTRUCTURE,
        "unexpected " + type + ": " + oneLine(thrown) + "; --verbose shows where it happened");
  }

  private static Failure known(Throwable cause) {
    if (cause instanceof ConfigException e) {
      return new Failure(
          e.problems().stream().map(ConfigProblem::toString).toList(), ExitCode.USAGE);
    }
    if (cause instanceof InvalidSettingsException e) {
      return new Failure(
          e.problems().stream().map(SettingProblem::toString).toList(), ExitCode.USAGE);
    }
    if (cause instanceof DivergedException) {
      return one(ExitCode.FAILED, oneLine(cause));
    }
    if (cause instanceof UnreachableDataException) {
      return one(ExitCode.INFRASTRUCTURE, oneLine(cause));
    }
    if (cause instanceof UsageException
        || cause instanceof DataException
        || cause instanceof RunFolderRefusedException) {
      return one(ExitCode.USAGE, oneLine(cause));
    }
    if (cause instanceof SweepStoppedException) {
      return one(ExitCode.INFRASTRUCTURE, oneLine(cause));
    }
    if (cause instanceof RunFolderException || cause instanceof ClusterException) {
      return one(ExitCode.INFRASTRUCTURE, oneLine(cause));
    }
    if (cause instanceof IOException) {
      return one(ExitCode.INFRASTRUCTURE, cause.getClass().getSimpleName() + ": " + oneLine(cause));
    }
    return null;
  }

  private static Failure one(int exitCode, String line) {
    return new Failure(List.of(line), exitCode);
  }

  private static String oneLine(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? "no message" : message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
