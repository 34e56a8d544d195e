package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ImageFormat;
import dev.fletch.runfolder.Manifest;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.search.SearchPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Whether what is to go on in a run folder is what began there: the same seed, the same search, the
 * same examples. Titles, parallelism, what is measured beside, and how candidates are retrained may
 * change: a retraining with other settings begins anew by itself. So may the place of the data, as
 * long as the examples are the same.
 */
public final class SameExperiment {
  /** In {@link Manifest#dataChecksums}: of all examples that are used. */
  static final String EXAMPLES = "examples";

  /** Where the data lies; its checksum says whether it is the same. */
  static final Set<String> PLACES =
      Set.of("data.path", "data.train", "data.valid", "data.test", "data.embeddings");

  private SameExperiment() {}

  /**
   * Compares {@code config} with what the folder holds. A key that the folder's configuration does
   * not have, since an older Fletch wrote it, had its default: defaults of new keys keep what was.
   *
   * @throws RunFolderRefusedException naming every setting that differs with both values, or the
   *     data
   */
  static void require(RunConfig config, RunFolder run, Configuration hadoop) {
    RunConfig before = begun(run);
    boolean searches = before.retrain().needsSearch() || config.retrain().needsSearch();
    String where = "run folder " + run.path();
    keys(before, searches).requireSame(keys(config, searches), where);
    if (run.exists(RunFolder.MANIFEST)) {
      Manifest manifest = Manifest.read(run);
      String seed = manifest.seeds().isEmpty() ? "unknown" : manifest.seeds().get(0).toString();
      ResultKeys.of(Map.of("seed", seed))
          .requireSame(ResultKeys.of(Map.of("seed", Long.toString(config.seed()))), where);
      requireSameData(manifest, config.data(), run, hadoop);
    }
  }

  /**
   * Compares the data alone.
   *
   * @throws RunFolderRefusedException if the run was begun with other examples
   */
  static void requireSameData(RunFolder run, DataSettings data, Configuration hadoop) {
    if (run.exists(RunFolder.MANIFEST)) {
      requireSameData(Manifest.read(run), data, run, hadoop);
    }
  }

  private static void requireSameData(
      Manifest manifest, DataSettings data, RunFolder run, Configuration hadoop) {
    String before = manifest.dataChecksums().getOrDefault(EXAMPLES, "");
    DataSet examples = DataSet.open(data, AugmentationSettings.NONE, 0, hadoop);
    String now = examples.checksum();
    if (!before.isEmpty() && !before.equals(now)) {
      throw new RunFolderRefusedException(
          ("run folder %1$s: was started with other %2$s: the checksum of the examples of %3$s was"
                  + " %4$s (%5$s), now %6$s: bring the old %2$s back, or choose another output")
              .formatted(run.path(), kind(data), place(data), before, RunFolder.MANIFEST, now));
    }
    VocabularyFile.requireSame(run, examples);
  }

  private static String kind(DataSettings data) {
    return data.format() instanceof ImageFormat ? "images" : "texts";
  }

  /**
   * The keys of {@code config} that results are filed under: those of the run's beginning where the
   * data merely has moved, and without keys that this Fletch has and the one that began the run had
   * not, unless they change something. So what is finished stays finished, and goes on.
   */
  public static Map<String, String> resolved(RunConfig config, RunFolder run) {
    Map<String, String> now = new TreeMap<>(config.resolved());
    Map<String, String> before = begun(run).resolved();
    Set<String> known = RunConfigLoader.keys(run.readText(RunFolder.CONFIG));
    now.entrySet()
        .removeIf(
            key ->
                !known.contains(key.getKey()) && key.getValue().equals(before.get(key.getKey())));
    PLACES.stream().filter(before::containsKey).forEach(key -> now.put(key, before.get(key)));
    return now;
  }

  /** The configuration that a run was begun with. */
  static RunConfig begun(RunFolder run) {
    return RunConfigLoader.load(
        run.path() + "/" + RunFolder.CONFIG, run.readText(RunFolder.CONFIG), List.of());
  }

  private static ResultKeys keys(RunConfig config, boolean searches) {
    Map<String, String> resolved = config.resolved();
    Map<String, String> keys = new TreeMap<>(SearchPlan.resultKeys(resolved).values());
    resolved.forEach(
        (key, value) -> {
          if (key.startsWith("data.")) {
            keys.put(key, value);
          }
        });
    keys.keySet().removeAll(PLACES);
    if (!searches) {
      keys.keySet().removeIf(key -> key.startsWith("search."));
    }
    return ResultKeys.of(keys);
  }

  private static String place(DataSettings data) {
    return data.path().isBlank() ? "data.train and data.test" : data.path();
  }
}
