package dev.fletch.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.fletch.config.VariedKey.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the trials of a sweep: the written configuration with other values, read and checked as any
 * configuration. A value that a trial refuses is reported where it is written.
 *
 * <p>Substitutions have been resolved before: those that name a varied key see its value outside of
 * the sweep.
 */
final class TrialReader {
  private final RunConfigLoader.Reading reading;
  private final ConfigObject written;
  private final Problems problems;
  private final Map<Refusal, List<String>> refusals = new LinkedHashMap<>();

  /**
   * @param written the section {@code fletch} without {@code sweep}
   * @param problems holds those of the configuration itself, which trials do not repeat
   */
  TrialReader(RunConfigLoader.Reading reading, ConfigObject written, Problems problems) {
    this.reading = reading;
    this.written = written;
    this.problems = problems;
  }

  private record Refusal(String source, int line, String key, String message) {}

  /** All trials, complete if no problem has been reported. */
  List<TrialConfig> read(SweepReader.Plan plan, ConfigValue section) {
    Map<String, String> keys =
        TrialNames.shortKeys(plan.keys().stream().map(VariedKey::path).toList());
    List<TrialConfig> trials = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (List<Choice> choices : plan.combinations()) {
      Map<String, String> labels = new LinkedHashMap<>();
      choices.forEach(c -> labels.put(keys.get(c.path()), TrialNames.label(c.value())));
      if (plan.seeds().isEmpty()) {
        trials.add(trial(choices, labels, TrialNames.of(labels), null));
      }
      for (long seed : plan.seeds()) {
        Map<String, String> seeded = new LinkedHashMap<>(labels);
        seeded.put("seed", Long.toString(seed));
        trials.add(trial(choices, labels, TrialNames.of(seeded), seed));
      }
    }
    for (TrialConfig trial : trials) {
      if (!names.add(trial.name())) {
        problems.addSentence(
            section.origin(),
            "sweep.vary",
            "sweep.vary makes two trials of the name "
                + trial.name()
                + ": leave a value out, or give sections a label each");
      }
    }
    refusals.forEach(this::report);
    return trials;
  }

  private TrialConfig trial(
      List<Choice> choices, Map<String, String> labels, String name, Long seed) {
    Config trial = ShortSection.spelledOut(written.toConfig());
    Map<String, String> values = new LinkedHashMap<>();
    choices.forEach(choice -> values.putAll(spelledOut(choice)));
    // A whole configuration is what the others vary, and would cover what was laid on before.
    for (Choice choice :
        choices.stream().sorted(Comparator.comparing(c -> !c.isOfRuns())).toList()) {
      trial = laidOver(trial, choice);
    }
    if (seed != null) {
      trial = trial.withValue("seed", ConfigValueFactory.fromAnyRef(seed, "sweep.seeds"));
    }
    Problems found = problems.ofSameFile();
    RunConfig config = reading.read(trial.root(), found);
    for (ConfigProblem problem : found.all()) {
      if (!problems.all().contains(problem)) {
        Refusal refusal =
            new Refusal(problem.source(), problem.line(), problem.key(), problem.message());
        refusals.computeIfAbsent(refusal, unused -> new ArrayList<>()).add(name);
      }
    }
    return new TrialConfig(
        name, TrialNames.of(labels), labels, values, config == null ? null : placed(config, name));
  }

  /** The trial in its own folder, and with its name in the heading of its report. */
  private static RunConfig placed(RunConfig config, String name) {
    String title = config.report().title().isBlank() ? config.name() : config.report().title();
    return new RunConfig(
        config.name(),
        config.seed(),
        config.output() + "/trials/" + name,
        config.data(),
        config.supernet(),
        config.searching(),
        config.retrain(),
        new ReportSettings(title + ": " + name),
        config.cluster());
  }

  private Config laidOver(Config trial, Choice choice) {
    if (choice.isOfRuns()) {
      return choice.value() instanceof ConfigObject whole
          ? WholeRuns.laidOver(trial, whole)
          : trial;
    }
    String path = ConfigUtil.joinPath(List.of(choice.path().split("\\.")));
    if (!(choice.value() instanceof ConfigObject section)) {
      return trial.withValue(path, choice.value());
    }
    ConfigObject plain = section.withoutKey(TrialNames.LABEL);
    // The keys of one optimizer mean nothing to another, nor do those of one method.
    boolean isOther =
        isOther(trial, path, plain, OptimizerReader.OPTIMIZER)
            || isOther(trial, path, plain, MethodReader.NAME);
    Config below = isOther ? trial.withoutPath(path) : trial;
    return plain.atPath(path).withFallback(below);
  }

  private boolean isOther(Config trial, String path, ConfigObject section, String selector) {
    ConfigValue chosen = section.get(selector);
    Config effective = trial.withFallback(reading.defaults().toConfig());
    String key = path + "." + selector;
    return chosen != null && effective.hasPath(key) && !chosen.equals(effective.getValue(key));
  }

  private static Map<String, String> spelledOut(Choice choice) {
    Map<String, String> values = new LinkedHashMap<>();
    if (choice.isOfRuns()) {
      values.put(VariedKey.RUN, TrialNames.label(choice.value()));
    } else if (choice.value() instanceof ConfigObject section) {
      section
          .withoutKey(TrialNames.LABEL)
          .toConfig()
          .entrySet()
          .forEach(e -> values.put(choice.path() + "." + e.getKey(), Values.plain(e.getValue())));
    } else {
      values.put(choice.path(), Values.plain(choice.value()));
    }
    return values;
  }

  private void report(Refusal refusal, List<String> trials) {
    int others = trials.size() - 1;
    String more = others == 0 ? "" : others == 1 ? " and another" : " and " + others + " others";
    problems.addAlways(
        new ConfigProblem(
            refusal.source(),
            refusal.line(),
            refusal.key(),
            "in trial " + trials.get(0) + more + ": " + refusal.message()));
  }
}
