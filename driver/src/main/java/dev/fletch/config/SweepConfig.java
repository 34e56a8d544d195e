package dev.fletch.config;

import dev.fletch.retrain.CandidateLabel;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A whole sweep, validated: a run and the trials that vary it.
 *
 * @param base the run without the section {@code sweep}; its output is the sweep's folder
 * @param parallel trials at a time
 * @param trials in the order of the varied keys' names, the last one changing fastest, seeds within
 * @param text the configuration as it was written, resolved, as HOCON: loading it gives an equal
 *     sweep
 */
public record SweepConfig(RunConfig base, int parallel, List<TrialConfig> trials, String text)
    implements Serializable {
  public SweepConfig {
    trials = List.copyOf(trials);
  }

  /**
   * Trials before {@code trial} whose candidates it trains, by their folders: they have to end
   * before it begins.
   */
  public List<TrialConfig> sources(TrialConfig trial) {
    Set<String> places =
        trial.config().retrain().candidates().stream()
            .map(CandidateLabel::parse)
            .filter(CandidateLabel.Elsewhere.class::isInstance)
            .map(label -> ((CandidateLabel.Elsewhere) label).place())
            .collect(Collectors.toSet());
    return trials.subList(0, trials.indexOf(trial)).stream()
        .filter(t -> places.contains(t.config().output()))
        .toList();
  }
}
