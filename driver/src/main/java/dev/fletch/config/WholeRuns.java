package dev.fletch.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;

/** The whole configurations among which a sweep's key {@code run} chooses. */
final class WholeRuns {
  /** What trials have from the sweep, whatever their own configurations say. */
  private static final List<String> OF_THE_SWEEP = List.of("name", "seed", "output", "report");

  private WholeRuns() {}

  /**
   * Lays overrides over each of them: they lie over the sweep's own configuration already, which
   * each of them is laid over.
   *
   * @param section the section {@code fletch} with its sweep
   * @param overrides resolved, without the root
   */
  static ConfigObject overridden(ConfigObject section, Config overrides) {
    Config over = withoutThoseOfTheSweep(overrides.withoutPath(SweepReader.SECTION));
    if (over.isEmpty()
        || !(section.get(SweepReader.SECTION) instanceof ConfigObject sweep)
        || !(sweep.get(SweepReader.VARY) instanceof ConfigObject vary)) {
      return section;
    }
    ConfigObject changed = vary;
    for (String key : vary.keySet()) {
      if (VariedKey.isOfRuns(key) && vary.get(key) instanceof ConfigList runs) {
        List<ConfigValue> all = runs.stream().map(run -> overridden(run, over)).toList();
        changed =
            changed.withValue(key, ConfigValueFactory.fromIterable(all).withOrigin(runs.origin()));
      }
    }
    return section.withValue(SweepReader.SECTION, sweep.withValue(SweepReader.VARY, changed));
  }

  /** What is no whole configuration stays as it is, to be refused. */
  private static ConfigValue overridden(ConfigValue run, Config over) {
    if (!(run instanceof ConfigObject whole)
        || !(whole.get(RunConfigLoader.ROOT) instanceof ConfigObject)) {
      return run;
    }
    Config content = ShortSection.spelledOut(RunConfigLoader.content(whole.toConfig()));
    return whole.withValue(RunConfigLoader.ROOT, over.withFallback(content).root());
  }

  /** A trial of the configuration {@code whole}, over what the sweep's has beside. */
  static Config laidOver(Config trial, ConfigObject whole) {
    Config run = ShortSection.spelledOut(RunConfigLoader.content(whole.toConfig()));
    return withoutThoseOfTheSweep(run).withFallback(trial);
  }

  private static Config withoutThoseOfTheSweep(Config run) {
    Config left = run;
    for (String key : OF_THE_SWEEP) {
      left = left.withoutPath(key);
    }
    return left;
  }
}
