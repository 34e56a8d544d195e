package dev.fletch.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.JsonFields;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code search/result.json}: how a search ended, which its epochs alone do not say.
 *
 * @param method its name, for example {@code td-darts}
 * @param order 1 or 2; 0 for a method without alpha
 * @param stopReason {@code completed}, or the words of the rule that stopped it early
 * @param beforeCollapse the epoch from before a collapse; where older versions wrote none, the
 *     epochs may still name one
 * @param comparableFrom the first epoch that the best one is looked for among
 */
public record SearchEnd(
    String method, int order, String stopReason, OptionalInt beforeCollapse, int comparableFrom) {
  private static final FormatVersion VERSION = new FormatVersion(1);

  static void write(RunFolder run, SearchSettings settings, SearchResult result) {
    write(run, settings.methodName(), settings.order(), result);
  }

  static void write(RunFolder run, PlannedSearch plan, SearchResult result) {
    write(run, plan.settings().methodName(), plan.order(), result);
  }

  private static void write(RunFolder run, String method, int order, SearchResult result) {
    ObjectNode json = VERSION.start();
    json.put("method", method)
        .put("order", order)
        .put("bestEpoch", result.bestEpoch())
        .put("comparableFrom", result.comparableFrom())
        .put("stopReason", result.stopReason())
        .put("stopEpoch", result.lastEpoch());
    if (result.beforeCollapse().isPresent()) {
      json.put("beforeCollapse", result.beforeCollapse().getAsInt());
    } else {
      json.putNull("beforeCollapse");
    }
    run.writeText(SearchResult.RESULT_FILE, json + "\n");
  }

  /**
   * Reads the end of a run's search; empty if it has not ended.
   *
   * @throws RunFolderException if the file cannot be understood, or a newer Fletch wrote it
   */
  public static Optional<SearchEnd> read(RunFolder run) {
    if (!run.exists(SearchResult.RESULT_FILE)) {
      return Optional.empty();
    }
    String where = run.path() + "/" + SearchResult.RESULT_FILE;
    try {
      JsonFields json =
          JsonFields.open(VERSION.read(run.readText(SearchResult.RESULT_FILE), where));
      return Optional.of(
          new SearchEnd(
              json.text("method"),
              json.integer("order"),
              json.text("stopReason"),
              json.integerIfThere("beforeCollapse"),
              json.integerIfThere("comparableFrom").orElse(0)));
    } catch (IllegalArgumentException e) {
      throw unreadable(where, e);
    }
  }

  /**
   * @param where the file
   */
  static RunFolderException unreadable(String where, IllegalArgumentException cause) {
    String reason = cause.getMessage().lines().findFirst().orElse("unreadable");
    return new RunFolderException(
        where + ": is no result of a search (" + reason + "); delete it and resume the search",
        cause);
  }
}
