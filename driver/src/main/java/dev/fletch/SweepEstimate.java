package dev.fletch;

import dev.fletch.config.SweepConfig;
import dev.fletch.config.TrialConfig;
import dev.fletch.data.DataHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a sweep will take, told before it starts: steps and images, which can be known. */
final class SweepEstimate {
  private final SweepConfig sweep;
  private final Map<TrialConfig, DataHeader> data;

  /**
   * @param data by trial; those that cannot be carried out are missing
   */
  SweepEstimate(SweepConfig sweep, Map<TrialConfig, DataHeader> data) {
    this.sweep = sweep;
    this.data = data;
  }

  /** A line for all, one per trial, and the sum. */
  List<String> lines() {
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
            "total     search %,d steps (%,d images); retrain at most %,d trainings, %,d steps"
                + " (%,d images)",
            total.searchSteps,
            total.searchImages,
            total.trainings,
            total.trainingSteps,
            total.trainingImages));
    return lines;
  }

  /** How many trials there are. */
  String headline() {
    int trials = sweep.trials().size();
    return text(
        "sweep     %d %s, %d at a time",
        trials, trials == 1 ? "trial" : "trials", Math.min(sweep.parallel(), trials));
  }

  private static String line(TrialConfig trial, DataHeader header, Total total) {
    RunEstimate estimate = new RunEstimate(trial.config(), header);
    int trainings = estimate.trainings();
    int batch = trial.config().retrain().batch();
    int replicas = trial.config().search().replicas();
    long searchSteps = estimate.searchSteps();
    long trainingSteps = trainings * estimate.trainingSteps();
    // The last step of an epoch has fewer images than a batch.
    total.searchSteps += searchSteps;
    total.searchImages += (long) trial.config().search().epochs() * header.weights();
    total.trainings += trainings;
    total.trainingSteps += trainingSteps;
    total.trainingImages +=
        (long) trainings * trial.config().retrain().network().epochs() * header.train();
    return text(
        "trial     %s (%s): search %,d steps of %,d images, %,d weights, %,d MiB of native memory"
            + " per replica (%d); retrain at most %d x %,d steps of %,d images",
        trial.name(),
        values(trial),
        searchSteps,
        estimate.searchBatch(),
        estimate.weights(),
        estimate.replicaMebibytes(),
        replicas,
        trainings,
        estimate.trainingSteps(),
        batch);
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
    private long searchImages;
    private long trainings;
    private long trainingSteps;
    private long trainingImages;
  }
}
