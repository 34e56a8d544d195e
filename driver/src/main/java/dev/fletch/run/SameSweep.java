package dev.fletch.run;

import dev.fletch.config.RunConfig;
import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a sweep that is to go on is the one that began: trials of the same names, each with the
 * settings it had. However the configuration says that does not matter, and where the sweep lies
 * does not either. Other than in a run, retraining must stay as it was: trials that are done are
 * not looked at again.
 */
final class SameSweep {
  private static final String CANDIDATES = "retrain.candidates";
  private static final int NAMED_IN_MESSAGE = 4;

  private SameSweep() {}

  /**
   * @param where to begin the message
   * @throws RunFolderRefusedException naming the trials that have come and gone, or every setting
   *     that differs with both values
   */
  static void require(SweepConfig before, SweepConfig now, String where) {
    Map<String, TrialConfig> begun = byName(before);
    requireSameNames(begun.keySet(), byName(now).keySet(), where);
    Map<String, List<String>> trials = new LinkedHashMap<>();
    for (TrialConfig trial : now.trials()) {
      RunConfig was = begun.get(trial.name()).config();
      changes(was, before.base().output(), trial.config(), now.base().output())
          .forEach(c -> trials.computeIfAbsent(c, unused -> new ArrayList<>()).add(trial.name()));
    }
    List<String> changes = new ArrayList<>();
    trials.forEach(
        (change, names) ->
            changes.add(names.size() == begun.size() ? change : change + " in " + named(names)));
    ResultKeys.requireNone(changes, where);
  }

  /**
   * The same for a trial that was started: defaults may have changed since, though the sweep's file
   * has not.
   *
   * @param run the trial's folder
   * @param sweep where the sweep lies now
   */
  static void requireTrial(RunFolder run, TrialConfig trial, String sweep) {
    RunConfig before = SameExperiment.begun(run);
    String folder = "/" + SweepFolder.TRIALS + "/" + trial.name();
    String place = before.output();
    String sweepBefore =
        place.endsWith(folder) ? place.substring(0, place.length() - folder.length()) : sweep;
    ResultKeys.requireNone(
        changes(before, sweepBefore, trial.config(), sweep), "run folder " + run.path());
  }

  private static Map<String, TrialConfig> byName(SweepConfig sweep) {
    return sweep.trials().stream()
        .collect(
            Collectors.toMap(
                TrialConfig::name, Function.identity(), (one, same) -> one, LinkedHashMap::new));
  }

  private static void requireSameNames(
      Collection<String> before, Collection<String> now, String where) {
    List<String> gone = before.stream().filter(name -> !now.contains(name)).toList();
    List<String> come = now.stream().filter(name -> !before.contains(name)).toList();
    List<String> changes = new ArrayList<>();
    if (!gone.isEmpty()) {
      changes.add("without " + named(gone));
    }
    if (!come.isEmpty()) {
      changes.add("with " + named(come) + ", which it had not");
    }
    if (!changes.isEmpty()) {
      throw new RunFolderRefusedException(
          "%s: was started with other trials (now %s): resume with the old ones, or choose another output"
              .formatted(where, String.join("; ", changes)));
    }
  }

  private static String named(List<String> trials) {
    int more = trials.size() - NAMED_IN_MESSAGE;
    String names = String.join(", ", trials.subList(0, Math.min(NAMED_IN_MESSAGE, trials.size())));
    return (trials.size() == 1 ? "trial " : "trials ")
        + names
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /** Candidates from trials of the sweep itself are the same wherever both lie. */
  private static List<String> changes(
      RunConfig before, String sweepBefore, RunConfig now, String sweepNow) {
    boolean searches = before.retrain().needsSearch() || now.retrain().needsSearch();
    Map<String, String> was = keys(before, searches);
    Map<String, String> is = keys(now, searches);
    if (candidates(before, sweepBefore).equals(candidates(now, sweepNow))) {
      was.remove(CANDIDATES);
      is.remove(CANDIDATES);
    }
    return ResultKeys.of(was).changesTo(ResultKeys.of(is));
  }

  private static Map<String, String> keys(RunConfig config, boolean searches) {
    Map<String, String> keys = new TreeMap<>(config.resolved());
    keys.keySet().removeAll(ResultKeys.WITHOUT_INFLUENCE);
    if (!searches) {
      keys.keySet().removeIf(key -> key.startsWith("search."));
    }
    return keys;
  }

  private static List<String> candidates(RunConfig config, String sweep) {
    return config.retrain().candidates().stream().map(label -> within(sweep, label)).toList();
  }

  /** The label, with a place below the sweep's folder as the configuration writes it. */
  private static String within(String sweep, String label) {
    for (String kind : List.of(CandidateLabel.RUN, CandidateLabel.FILE, "")) {
      String below = kind + sweep + "/";
      if (label.startsWith(below)) {
        return kind + "${fletch.output}/" + label.substring(below.length());
      }
    }
    return label;
  }
}
