package dev.fletch.run;

import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What is checked of a sweep before anything is started or written.
 *
 * @param data of the trials whose data can be read
 * @param failures what is wrong with the data of the others
 */
public record SweepPreflight(
    Map<TrialConfig, DataHeader> data, Map<TrialConfig, RuntimeException> failures) {
  /**
   * Checks the folder, and every data set that a trial asks for from beginning to end. Bad data of
   * some trials are their failure only. A sweep to go on with must have its old images.
   *
   * @throws RuntimeException of the package that refuses, see {@link Failure}; also if no trial has
   *     data
   */
  public static SweepPreflight check(
      SweepConfig sweep, Phases.Folder folder, Configuration hadoop) {
    SweepFolder.check(sweep, folder, hadoop);
    Map<DataSettings, DataHeader> headers = new LinkedHashMap<>();
    Map<DataSettings, RuntimeException> refusals = new LinkedHashMap<>();
    Map<TrialConfig, DataHeader> data = new LinkedHashMap<>();
    Map<TrialConfig, RuntimeException> failures = new LinkedHashMap<>();
    for (TrialConfig trial : sweep.trials()) {
      DataSettings settings = trial.config().data();
      if (!headers.containsKey(settings) && !refusals.containsKey(settings)) {
        try {
          headers.put(settings, DataSet.header(settings, hadoop));
        } catch (RuntimeException e) {
          refusals.put(settings, e);
        }
      }
      if (headers.containsKey(settings)) {
        data.put(trial, headers.get(settings));
      } else {
        failures.put(trial, refusals.get(settings));
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
    return new SweepPreflight(data, failures);
  }
}
