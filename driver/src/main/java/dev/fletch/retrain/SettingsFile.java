package dev.fletch.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code retrain/settings.json}: the settings of a run's newest retraining, as {@link
 * Retraining#resultKeys} has them. Results that were left by one with others are told by it.
 */
final class SettingsFile {
  private static final FormatVersion VERSION = new FormatVersion(1);
  private static final String NAME = TrainingFolders.ROOT + "/settings.json";

  private SettingsFile() {}

  static void write(RunFolder run, ResultKeys keys) {
    ObjectNode json = VERSION.start();
    ObjectNode settings = json.putObject("settings");
    keys.values().forEach(settings::put);
    run.writeText(NAME, json.toPrettyString() + "\n");
  }

  /**
   * @return empty where an older Fletch retrained, or nothing was
   * @throws RunFolderException if the file cannot be understood, or a newer Fletch wrote it
   */
  static Optional<ResultKeys> read(RunFolder run) {
    if (!run.exists(NAME)) {
      return Optional.empty();
    }
    String where = run.path() + "/" + NAME;
    try {
      JsonNode settings = VERSION.read(run.readText(NAME), where).path("settings");
      if (!settings.isObject()) {
        throw new IllegalArgumentException("settings must be an object");
      }
      Map<String, String> values = new TreeMap<>();
      settings.fields().forEachRemaining(key -> values.put(key.getKey(), key.getValue().asText()));
      return Optional.of(ResultKeys.of(values));
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          where
              + ": is not readable as settings ("
              + RunFolderException.reason(e)
              + "): retrain to have it written anew",
          e);
    }
  }
}
