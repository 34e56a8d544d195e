package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.data.DataSettings;
import dev.fletch.data.StreamFormat;
import dev.fletch.retrain.Taken;
import dev.fletch.runfolder.Manifest;
import dev.fletch.runfolder.RunFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the data of several runs are called side by side. Runs have the same data where they are
 * trained on the same examples and tested on the same, wherever those lie: only then do their
 * figures compare.
 */
final class DataNames {
  private final Map<String, String> identities = new HashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  /**
   * @param runs with their configurations; where one name would mean different data, each gets the
   *     name of its first run as well
   */
  DataNames(Map<RunFolder, RunConfig> runs) {
    Map<String, Set<String>> meant = new HashMap<>();
    runs.forEach(
        (run, config) ->
            meant
                .computeIfAbsent(name(config.data()), unused -> new HashSet<>())
                .add(identity(run, config)));
    runs.forEach(
        (run, config) -> {
          boolean isClear = meant.get(name(config.data())).size() == 1;
          names.computeIfAbsent(identity(run, config), unused -> name(run, config, isClear));
        });
  }

  /** What the data of a run are called, which may be another run than those above. */
  String of(RunFolder run, RunConfig config) {
    return names.computeIfAbsent(identity(run, config), unused -> name(run, config, true));
  }

  /** What they are called that a run noted of another one. */
  String of(Taken.FoundIn found) {
    String plain = found.data();
    return names.computeIfAbsent(
        found.examples(), unused -> free(plain, found.run(), found.folder(), true));
  }

  /** What people call the data of a run, whatever others are called. */
  static String plain(RunConfig config) {
    return name(config.data());
  }

  /**
   * The same for runs with the same examples. The checksum covers all that are used, after limits
   * and resizing, and the vocabulary of texts; in how many rows a stream is tested decides too; a
   * run without one is believed its name.
   */
  String identity(RunFolder run, RunConfig config) {
    return identities.computeIfAbsent(
        run.path(),
        unused -> {
          String checksum =
              run.exists(RunFolder.MANIFEST)
                  ? Manifest.read(run).dataChecksums().getOrDefault(SameExperiment.EXAMPLES, "")
                  : "";
          String examples = checksum.isEmpty() ? name(config.data()) : checksum;
          String streams =
              config.data().format() instanceof StreamFormat
                  ? ", test-rows " + config.data().stream().testRows()
                  : "";
          return examples + ", image-side " + config.data().imageSide() + streams;
        });
  }

  private String name(RunFolder run, RunConfig config, boolean isClear) {
    return free(name(config.data()), config.name(), run.path(), isClear);
  }

  private String free(String plain, String run, String folder, boolean isClear) {
    if (isClear && !names.containsValue(plain)) {
      return plain;
    }
    return Stream.of("run " + run, "run " + run + " in " + folder)
        .map(detail -> detailed(plain, detail))
        .filter(name -> !names.containsValue(name))
        .findFirst()
        .orElse(plain);
  }

  private static String detailed(String name, String detail) {
    return name.endsWith(")")
        ? name.substring(0, name.length() - 1) + ", " + detail + ")"
        : name + " (" + detail + ")";
  }

  /** What people call the data: the folder of the training files, and what is not usual of them. */
  private static String name(DataSettings data) {
    String train = folder(data.train(), data.path());
    String test = folder(data.test(), data.path());
    List<String> details = new ArrayList<>();
    if (!test.equals(train) && !test.isEmpty()) {
      details.add("tested on " + test);
    }
    Map<String, Integer> limits = new LinkedHashMap<>();
    limits.put("train-limit", data.trainLimit());
    limits.put("test-limit", data.testLimit());
    limits.put("resize", data.resize());
    limits.put("image-side", data.imageSide());
    limits.values().removeIf(value -> value == 0);
    limits.forEach((key, value) -> details.add(key + " " + value));
    String name = train.isEmpty() ? data.format().text() : train;
    return details.isEmpty() ? name : name + " (" + String.join(", ", details) + ")";
  }

  /** The last part of the folder's path: that of the files where they are listed with one. */
  private static String folder(List<String> files, String path) {
    String first = files.isEmpty() ? "" : files.get(0);
    String ofFile = last(first.substring(0, Math.max(0, first.lastIndexOf('/'))));
    return ofFile.matches("\\.*") ? last(path) : ofFile;
  }

  private static String last(String path) {
    String trimmed = path.replaceAll("/+$", "");
    return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf(':')) + 1);
  }
}
