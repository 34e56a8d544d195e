package dev.fletch.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One trial of a sweep.
 *
 * @param name of its folder, for example {@code alpha.optimizer=sgd,weights.optimizer=adam,seed=1}
 * @param group its name without the seed: trials of one group differ in nothing else
 * @param labels varied key, as short as it stays clear, to the value's name
 * @param values full key to the value as it was written, sections spelled out
 * @param config the run it is; its output is the trial's folder
 */
public record TrialConfig(
    String name,
    String group,
    Map<String, String> labels,
    Map<String, String> values,
    RunConfig config)
    implements Serializable {
  public TrialConfig {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
