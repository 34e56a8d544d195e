package dev.fletch.run;

import dev.fletch.cluster.ClusterException;
import dev.fletch.config.ConfigException;
import dev.fletch.config.ConfigProblem;
import dev.fletch.cuda.DriverException;
import dev.fletch.data.DataException;
import dev.fletch.data.UnreachableDataException;
import dev.fletch.gradient.DivergedException;
import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.settings.SettingProblem;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a failure is told to a person: lines for standard error, and the exit code.
 *
 * @param lines one per problem, without line breaks
 */
public record Failure(List<String> lines, int exitCode) {
  /** Exceptions that were made to be read; a subclass without an entry counts as its superclass. */
  private static final Map<Class<?>, Function<Throwable, Failure>> KNOWN = new HashMap<>();

  static {
    told(ConfigException.class, ExitCode.USAGE, Failure::problems);
    told(InvalidSettingsException.class, ExitCode.USAGE, Failure::problems);
    told(UsageException.class, ExitCode.USAGE, UsageException::problems);
    told(DataException.class, ExitCode.USAGE);
    told(RunFolderRefusedException.class, ExitCode.USAGE);
    told(DivergedException.class, ExitCode.FAILED);
    told(UnreachableDataException.class, ExitCode.INFRASTRUCTURE);
    told(SweepStoppedException.class, ExitCode.INFRASTRUCTURE);
    told(RunFolderException.class, ExitCode.INFRASTRUCTURE);
    told(ClusterException.class, ExitCode.INFRASTRUCTURE);
    told(DriverException.class, ExitCode.INFRASTRUCTURE);
    told(
        IOException.class,
        ExitCode.INFRASTRUCTURE,
        e -> List.of(e.getClass().getSimpleName() + ": " + oneLine(e)));
  }

  private static void told(Class<? extends Throwable> type, int exitCode) {
    told(type, exitCode, e -> List.of(oneLine(e)));
  }

  private static <E extends Throwable> void told(
      Class<E> type, int exitCode, Function<E, List<String>> lines) {
    KNOWN.put(type, e -> new Failure(lines.apply(type.cast(e)), exitCode));
  }

  /** Judges by the outermost cause that was made to be read; without one it is a fault of ours. */
  public static Failure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
        if (KNOWN.containsKey(type)) {
          return KNOWN.get(type).apply(cause);
        }
      }
    }
    String type = thrown.getClass().getSimpleName();
    return new Failure(
        List.of(
            "unexpected " + type + ": " + oneLine(thrown) + "; --verbose shows where it happened"),
        ExitCode.INFRASTRUCTURE);
  }

  private static List<String> problems(ConfigException e) {
    return e.problems().stream().map(ConfigProblem::toString).toList();
  }

  private static List<String> problems(InvalidSettingsException e) {
    return e.problems().stream().map(SettingProblem::toString).toList();
  }

  private static String oneLine(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? "no message" : message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
