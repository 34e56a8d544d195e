package dev.fletch.config;

import com.typesafe.config.ConfigException.BadPath;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key and the values it takes in the trials.
 *
 * @param path without the root, for example {@code search.weights.optimizer}
 * @param values at least one
 */
record VariedKey(String path, ConfigList values) {
  private static final String RUN_RULE =
      "must be a list of { label = NAME, fletch { } }; a file's section fletch comes from include"
          + " \"FILE\" between the braces";

  /** A key with one of its values. */
  record Choice(String path, ConfigValue value) {
    boolean isOfRuns() {
      return path.equals(RUN);
    }
  }

  /** Stands for the whole configuration: its values have a section {@code fletch} each. */
  static final String RUN = "run";

  private static final String SECTION = SweepReader.SECTION + "." + SweepReader.VARY;

  /**
   * Reads the section {@code vary}: keys may be written as one quoted path or as sections.
   *
   * @return sorted by path, so that names of trials do not depend on the order in the file
   */
  static List<VariedKey> read(ConfigObject vary, Problems problems) {
    List<VariedKey> keys = new ArrayList<>();
    collect("", vary, keys, problems);
    keys.sort(Comparator.comparing(VariedKey::path));
    Set<String> paths = keys.stream().map(VariedKey::path).collect(Collectors.toSet());
    for (VariedKey key : keys) {
      for (int dot = key.path.indexOf('.'); dot > 0; dot = key.path.indexOf('.', dot + 1)) {
        String around = key.path.substring(0, dot);
        if (paths.contains(around)) {
          problems.add(
              key.values.origin(),
              SECTION + "." + key.path,
              "lies within " + around + ", which is varied too: vary one of them");
        }
      }
    }
    return keys;
  }

  private static void collect(
      String prefix, ConfigObject object, List<VariedKey> keys, Problems problems) {
    object.forEach(
        (key, value) -> {
          String path = prefix + plain(key, value, problems);
          if (value instanceof ConfigObject below) {
            collect(path + ".", below, keys, problems);
          } else if (refusal(path) != null) {
            problems.add(value.origin(), SECTION + "." + path, refusal(path));
          } else if (value instanceof ConfigList list && !list.isEmpty()) {
            keys.add(new VariedKey(path, list));
            list.stream()
                .filter(run -> path.equals(RUN) && !isRun(run))
                .forEach(run -> problems.add(run.origin(), SECTION + "." + path, RUN_RULE));
          } else {
            problems.add(
                value.origin(),
                SECTION + "." + path,
                "must be a list of values, at least one, got " + Values.shown(value));
          }
        });
  }

  /** Whether {@code key}, as it is written in the section, varies whole configurations. */
  static boolean isOfRuns(String key) {
    try {
      return plain(key).equals(RUN);
    } catch (BadPath e) {
      return false; // read reports it
    }
  }

  /** The key without the root. */
  private static String plain(String key) {
    List<String> elements = ConfigUtil.splitPath(key);
    boolean rooted = elements.size() > 1 && elements.get(0).equals(RunConfigLoader.ROOT);
    return String.join(".", rooted ? elements.subList(1, elements.size()) : elements);
  }

  private static String plain(String key, ConfigValue value, Problems problems) {
    try {
      return plain(key);
    } catch (BadPath e) {
      problems.addSentence(value.origin(), SECTION, SECTION + ": \"" + key + "\" is not a key");
      return key;
    }
  }

  /** A name and a section {@code fletch}: anything else would be left out without a word. */
  private static boolean isRun(ConfigValue value) {
    return value instanceof ConfigObject run
        && run.get(RunConfigLoader.ROOT) instanceof ConfigObject
        && run.keySet().equals(Set.of(TrialNames.LABEL, RunConfigLoader.ROOT));
  }

  private static String refusal(String path) {
    if (path.equals("seed")) {
      return "cannot be varied: name the seeds in sweep.seeds, which keeps their trials together";
    }
    if (path.equals("name") || path.equals("output") || path.startsWith(SweepReader.SECTION)) {
      return "cannot be varied: it belongs to the sweep";
    }
    return null;
  }
}
