package dev.fletch.run;

import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.runfolder.RunPlace;
import dev.fletch.search.SearchSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * What is checked of a sweep before anything is started or written.
 *
 * @param data of the trials that can be carried out
 * @param failures what is wrong with the others
 * @param parallel trials at a time
 */
public record SweepPreflight(
    Map<TrialConfig, DataHeader> data, Map<TrialConfig, RuntimeException> failures, int parallel) {
  /**
   * Checks the folder, and every trial as {@code run} would. What is wrong with some trials is
   * their failure only. A sweep to go on with must have its old images.
   *
   * @throws RuntimeException of the package that refuses, see {@link Failure}; also if no trial can
   *     be carried out
   */
  public static SweepPreflight check(
      SweepConfig sweep, Phases.Folder folder, Configuration hadoop) {
    SweepFolder.check(sweep, folder, hadoop);
    new RunPlace(sweep.base().output(), hadoop).requireWritable();
    ConfigCheck check = new ConfigCheck(hadoop);
    Map<TrialConfig, DataHeader> data = new LinkedHashMap<>();
    Map<TrialConfig, RuntimeException> failures = new LinkedHashMap<>();
    for (TrialConfig trial : sweep.trials()) {
      try {
        data.put(trial, check.check(trial.config(), laterPlaces(sweep, trial)));
      } catch (RuntimeException e) {
        failures.put(trial, e);
      }
    }
    if (folder == Phases.Folder.EXISTING) {
      for (TrialConfig trial : data.keySet()) {
        SweepFolder.started(sweep, trial, hadoop)
            .ifPresent(run -> SameExperiment.requireSameData(run, trial.config().data(), hadoop));
      }
    }
    if (data.isEmpty()) {
      throw failures.values().iterator().next();
    }
    return new SweepPreflight(data, failures, sweep.parallel());
  }

  /** Folders of trials that are done before {@code trial} begins. */
  static Set<String> laterPlaces(SweepConfig sweep, TrialConfig trial) {
    return sweep.sources(trial).stream()
        .map(source -> source.config().output())
        .collect(Collectors.toSet());
  }

  /** What is allowed, but hardly what was meant, with the first trial that it is about. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (parallel > 1 && data.keySet().stream().anyMatch(SweepPreflight::averagesAmongExecutors)) {
      warnings.add(
          ("sweep.parallel = %d with search.exchange = executors: an epoch takes all its slots at"
                  + " a time, and waits while other trials hold them; set sweep.parallel = 1, or"
                  + " search.exchange = driver")
              .formatted(parallel));
    }
    warnings.addAll(withTrials(trial -> ConfigCheck.warnings(trial.config(), data.get(trial))));
    return warnings;
  }

  /** What {@code export} will refuse, with the first trial that it is about. */
  public List<String> exportRefusals(SweepConfig sweep, Configuration hadoop) {
    return withTrials(
        trial -> ExportForecast.refusals(trial.config(), hadoop, laterPlaces(sweep, trial)));
  }

  private List<String> withTrials(Function<TrialConfig, List<String>> lines) {
    Map<String, String> trials = new LinkedHashMap<>();
    data.keySet()
        .forEach(
            trial -> lines.apply(trial).forEach(line -> trials.putIfAbsent(line, trial.name())));
    return trials.entrySet().stream()
        .map(e -> "trial " + e.getValue() + ": " + e.getKey())
        .toList();
  }

  private static boolean averagesAmongExecutors(TrialConfig trial) {
    return trial.config().searching() instanceof SearchSettings search
        && search.exchange().where() == ExchangeSettings.Where.EXECUTORS;
  }
}
