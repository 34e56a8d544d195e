package dev.fletch.run;

import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.settings.Plural;
import dev.fletch.task.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** What a sweep will take, told before it starts: steps and examples, which can be known. */
public final class SweepEstimate {
  private final SweepConfig sweep;
  private final Map<TrialConfig, DataHeader> data;
  private final Configuration hadoop;

  /**
   * @param data by trial; those that cannot be carried out are missing
   * @param hadoop how the places of other runs and of files are reached
   */
  public SweepEstimate(SweepConfig sweep, Map<TrialConfig, DataHeader> data, Configuration hadoop) {
    this.sweep = sweep;
    this.data = data;
    this.hadoop = hadoop;
  }

  /** A line for all, one per trial, and the sum. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(headline());
    Total total = new Total();
    for (TrialConfig trial : sweep.trials()) {
      DataHeader header = data.get(trial);
      lines.add(
          header == null
              ? text("trial     %s: cannot be carried out", trial.name())
              : line(trial, header, total));
    }
    lines.add(
        text(
            "total     search %s (%s); retrain at most %s, %s (%s)",
            Plural.of(total.searchSteps, "step"),
            Plural.of(total.searchExamples, total.noun()),
            Plural.of(total.trainings, "training"),
            Plural.of(total.trainingSteps, "step"),
            Plural.of(total.trainingExamples, total.noun())));
    return lines;
  }

  /** How many trials there are. */
  public String headline() {
    int trials = sweep.trials().size();
    return text(
        "sweep     %s, %d at a time",
        Plural.of(trials, "trial"), Math.min(sweep.parallel(), trials));
  }

  private String line(TrialConfig trial, DataHeader header, Total total) {
    RunEstimate estimate =
        new RunEstimate(trial.config(), header, SweepPreflight.laterPlaces(sweep, trial), hadoop);
    int trainings = estimate.trainings();
    total.nouns.add(Task.of(header).noun());
    // The last step of an epoch has fewer examples than a batch.
    total.searchSteps += estimate.searchSteps();
    total.searchExamples += estimate.searchExamples();
    total.trainings += trainings;
    total.trainingSteps += trainings * estimate.trainingSteps();
    total.trainingExamples += trainings * estimate.trainingExamples();
    return text(
        "trial     %s (%s): search %s; retrain at most %d x %s of %s, %s",
        trial.name(),
        values(trial),
        estimate.searches()
            ? search(estimate, trial.config().searching().tasks())
            : RunEstimate.NO_SEARCH,
        trainings,
        Plural.of(estimate.trainingSteps(), "step"),
        Plural.of(estimate.trainingBatch(), estimate.unit()),
        estimate.largestTraining());
  }

  private static String search(RunEstimate estimate, int replicas) {
    return text(
        "%s of %s, %s, %,d MiB of %s per replica (%d)",
        Plural.of(estimate.searchSteps(), "step"),
        Plural.of(estimate.searchBatch(), estimate.unit()),
        Plural.of(estimate.weights(), "weight"),
        estimate.replicaMebibytes(),
        estimate.memory(),
        replicas);
  }

  private static String values(TrialConfig trial) {
    List<String> values = new ArrayList<>();
    trial.values().forEach((key, value) -> values.add(key + " = " + value));
    values.add("seed = " + trial.config().seed());
    return String.join(", ", values);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static final class Total {
    private long searchSteps;
    private long searchExamples;
    private long trainings;
    private long trainingSteps;
    private long trainingExamples;

    /** What all trials call an example. */
    private final Set<String> nouns = new HashSet<>();

    private String noun() {
      return nouns.size() == 1 ? nouns.iterator().next() : "example";
    }
  }
}
