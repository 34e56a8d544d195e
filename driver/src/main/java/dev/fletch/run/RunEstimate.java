package dev.fletch.run;

import dev.fletch.architecture.Derivation;
import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.SearchSettings;
import dev.fletch.settings.Plural;
import dev.fletch.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run will take, told before it starts. */
public final class RunEstimate {
  private static final long MEBI = 1L << 20;

  private final RunConfig config;
  private final DataHeader data;
  private final PlannedStages stages;

  public RunEstimate(RunConfig config, DataHeader data) {
    this.config = config;
    this.data = data;
    this.stages = new PlannedStages(config, data);
  }

  /** One line per fact, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (config.retrain().needsSearch()) {
      lines.addAll(search());
    } else {
      lines.add("search    none: all candidates are given");
    }
    lines.addAll(retrain());
    return lines;
  }

  private List<String> search() {
    SearchSettings search = config.search();
    long weights = weights();
    int alpha = stages.compositions().get(0).alpha().length();
    long steps = steps(data.weights(), searchBatch());
    return List.of(
        text(
            "search    %s: %s, %s%s",
            search.method().name(),
            Plural.of(weights, "weight"),
            Plural.of(alpha, "alpha"),
            stages.compositions().size() == 1
                ? ""
                : " in the largest of " + stages.compositions().size() + " supernets"),
        text(
            "          %s of %s = %s on %s of %s",
            Plural.of(search.epochs(), "epoch"),
            Plural.of(steps, "step"),
            Plural.of(search.epochs() * steps, "step"),
            Plural.of(search.replicas(), "replica"),
            Plural.of(search.batch(), "example")),
        text(
            "          %,d MiB of parameters and optimizer state on the driver,"
                + " %,d MiB of native memory per replica",
            mebi(weights * (1L + search.weights().statePerParameter()) * Float.BYTES),
            mebi(stages.replicaBytes())));
  }

  private List<String> retrain() {
    RetrainSettings retrain = config.retrain();
    long steps = stepsPerTrainingEpoch();
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "retrain   at most %s (%s, %s), %d at a time",
            Plural.of(trainings(), "training"),
            Plural.of(mostCandidates(), "candidate"),
            Plural.of(retrain.seeds().size(), "seed"),
            retrain.fanOut().parallel()));
    if (retrain.needsSearch()) {
      lines.add(
          text(
              "          %,d to %,d weights each, as the search decides",
              ParameterCounts.least(
                  derivation(), config.supernet(), retrain.network(), data.input(), Task.of(data)),
              ParameterCounts.most(
                  config.supernet(), retrain.network(), data.input(), Task.of(data))));
    }
    lines.add(
        text(
            "          %s of %s = %s each",
            Plural.of(retrain.network().epochs(), "epoch"),
            Plural.of(steps, "step"),
            Plural.of(retrain.network().epochs() * steps, "step")));
    return lines;
  }

  /** Equal genotypes will be trained once, and a search may change its genotype in every epoch. */
  private int mostCandidates() {
    return config.retrain().candidates().stream()
        .map(CandidateLabel::parse)
        .mapToInt(this::mostGenotypes)
        .sum();
  }

  private int mostGenotypes(CandidateLabel label) {
    if (label instanceof CandidateLabel.Changes) {
      return config.search().epochs();
    }
    return label instanceof CandidateLabel.Lambdas ? config.search().method().lambdas().size() : 1;
  }

  private Derivation derivation() {
    return stages.compositions().get(0).derivation();
  }

  /** Weights of the supernet. */
  long weights() {
    return stages.weights();
  }

  /** Images of a step of the search, over all replicas. */
  int searchBatch() {
    return config.search().batch() * config.search().replicas();
  }

  /** Steps of the whole search; 0 if none is needed. */
  long searchSteps() {
    return config.retrain().needsSearch()
        ? config.search().epochs() * steps(data.weights(), searchBatch())
        : 0;
  }

  /** Trainings from scratch at most: candidates may turn out to be the same. */
  int trainings() {
    return mostCandidates() * config.retrain().seeds().size();
  }

  /** Steps of one training from scratch. */
  long trainingSteps() {
    return config.retrain().network().epochs() * stepsPerTrainingEpoch();
  }

  private long stepsPerTrainingEpoch() {
    RetrainSettings retrain = config.retrain();
    int heldOut = data.heldOut(retrain.protocol().validationPortion());
    return steps(data.train() - heldOut, retrain.batch() * retrain.fanOut().replicas());
  }

  long replicaMebibytes() {
    return mebi(stages.replicaBytes());
  }

  private static long steps(int examples, int perStep) {
    return (examples + perStep - 1L) / perStep;
  }

  private static long mebi(long bytes) {
    return (bytes + MEBI - 1) / MEBI;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
