package dev.fletch.runfolder;

import dev.fletch.settings.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The configuration keys that decide a result, each with its resolved value: going on with other
 * values would mix two experiments.
 *
 * @param values key as a person writes it, for example {@code search.batch}, to its value as text
 */
public record ResultKeys(SortedMap<String, String> values) implements Serializable {
  /**
   * Keys that no result depends on: what a run is called, where it lies, how many things it does at
   * a time, by which way, on what device, and for how long it tries. They are left out wherever
   * runs are compared; who compares less than whole runs leaves out more.
   */
  public static final Set<String> WITHOUT_INFLUENCE =
      Set.of(
          "cluster.device",
          "name",
          "output",
          "report.title",
          "search.keep-checkpoints",
          "search.exchange",
          "search.exchange-timeout-seconds",
          "search.fitness.parallel",
          "retrain.parallel",
          "retrain.exchange",
          "retrain.exchange-timeout-seconds",
          "retrain.time-limit-minutes");

  public ResultKeys {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public static ResultKeys of(Map<String, String> values) {
    return new ResultKeys(new TreeMap<>(values));
  }

  /** These keys and one more. */
  public ResultKeys with(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(values);
    more.put(key, value);
    return new ResultKeys(more);
  }

  /** SHA-256 of keys and values, in hexadecimal. */
  public String digest() {
    StringBuilder lines = new StringBuilder();
    values.forEach((key, value) -> lines.append(key + "=" + value + "\n"));
    return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** One phrase per key that differs: {@code search.batch was 32, now 64}. */
  public List<String> changesTo(ResultKeys now) {
    TreeSet<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(now.values.keySet());
    List<String> changes = new ArrayList<>();
    for (String key : keys) {
      String before = values.getOrDefault(key, "absent");
      String after = now.values.getOrDefault(key, "absent");
      if (!before.equals(after)) {
        changes.add(key + " was " + before + ", now " + after);
      }
    }
    return changes;
  }

  /**
   * @param where what was started with these keys, to begin the message
   * @throws RunFolderRefusedException naming every key that differs
   */
  public void requireSame(ResultKeys now, String where) {
    requireNone(changesTo(now), where);
  }

  /**
   * @param changes a phrase each, as {@link #changesTo} has them
   * @param where as above
   * @throws RunFolderRefusedException naming every change, if there are any
   */
  public static void requireNone(List<String> changes, String where) {
    if (!changes.isEmpty()) {
      throw new RunFolderRefusedException(
          where
              + ": was started with other settings ("
              + String.join("; ", changes)
              + "): resume with the old ones, or choose another output");
    }
  }
}
