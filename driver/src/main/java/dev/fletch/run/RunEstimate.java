package dev.fletch.run;

import dev.fletch.architecture.Derivation;
import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.data.Portion;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.NetworkSettings;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.FitnessSettings;
import dev.fletch.search.PopulationSettings;
import dev.fletch.search.SearchSettings;
import dev.fletch.settings.Plural;
import dev.fletch.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** What a run will take, told before it starts. */
public final class RunEstimate {
  static final String NO_SEARCH = "none: all candidates are given";

  private static final long MEBI = 1L << 20;

  private final RunConfig config;
  private final DataHeader data;
  private final EpochSteps steps;

  /** Of a search by gradients; null if a population searches. */
  private final PlannedStages stages;

  /** Null if gradients search. */
  private final PlannedPopulation population;

  private final CandidateEstimate trained;

  /**
   * @param config that has been checked
   * @param later run folders that there will be before this run begins: what they will have is not
   *     known
   * @param hadoop how the places of other runs and of files are reached
   */
  public RunEstimate(RunConfig config, DataHeader data, Set<String> later, Configuration hadoop) {
    this.config = config;
    this.data = data;
    this.steps = new EpochSteps(data, config.data());
    Refusals refusals = new Refusals();
    this.trained =
        new CandidateEstimate(
            config.retrain(), data, KnownCandidates.of(config, later, hadoop, refusals));
    refusals.orThrow();
    this.population = config.population().map(p -> new PlannedPopulation(p, data)).orElse(null);
    this.stages = population == null ? new PlannedStages(config, data) : null;
  }

  /** Of what is carried out as part of something else: nothing is read of other runs and files. */
  public static RunEstimate ofBase(RunConfig config, DataHeader data, Configuration hadoop) {
    return new RunEstimate(config, data, KnownCandidates.places(config), hadoop);
  }

  /** One line per fact, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (searches()) {
      lines.addAll(population == null ? search() : evolution());
    } else {
      lines.add("search    " + NO_SEARCH);
    }
    lines.addAll(retrain());
    return lines;
  }

  /** Whether there is anything to search: not if all candidates are given. */
  boolean searches() {
    return config.retrain().needsSearch();
  }

  private List<String> search() {
    SearchSettings search = config.search();
    long weights = weights();
    int alpha = stages.compositions().get(0).alpha().length();
    long perEpoch = stepsPerSearchEpoch();
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
            steps.text(perEpoch),
            steps.text(search.epochs() * perEpoch),
            Plural.of(search.replicas(), "replica"),
            Plural.of(search.batch(), unit())),
        text(
            "          %,d MiB of parameters and optimizer state on the driver,"
                + " %,d MiB of %s per replica",
            mebi(weights * (1L + search.weights().statePerParameter()) * Float.BYTES),
            mebi(stages.replicaBytes()),
            memory()));
  }

  private List<String> evolution() {
    PopulationSettings settings = config.population().orElseThrow();
    FitnessSettings fitness = settings.fitness();
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "search    %s: at most %s of %s, %s (equal networks are trained once), %d at a time",
            settings.methodName(),
            Plural.of(settings.budget().generations(), "generation"),
            Plural.of(settings.neat().population(), "genome"),
            Plural.of(population.evaluations(), "evaluation"),
            fitness.parallel()));
    lines.add(
        text(
            "          %s of %s each; how long that takes is not known before, for networks differ",
            Plural.of(population.steps(), "step"), Plural.of(fitness.batch(), "example")));
    lines.add(
        text(
            "          %,d to %,d weights each, %,d MiB of native memory for the largest",
            population.fewestWeights(fitness.network()),
            population.mostWeights(fitness.network()),
            mebi(population.largestBytes())));
    if (settings.neat().inheritWeights()) {
      lines.add(
          text(
              "          children start with weights of their parents: at most %,d MiB of them stay"
                  + " in search/weights",
              mebi(population.inheritedBytes())));
    }
    return lines;
  }

  private List<String> retrain() {
    RetrainSettings retrain = config.retrain();
    long perEpoch = stepsPerTrainingEpoch();
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "retrain   at most %s (%s, %s), %d at a time",
            Plural.of(trainings(), "training"),
            Plural.of(mostCandidates(), "candidate"),
            Plural.of(retrain.seeds().size(), "seed"),
            retrain.fanOut().parallel()));
    if (searches()) {
      lines.add(
          text(
              "          %s each, as the search decides; their %s is not known before",
              CandidateEstimate.weights(
                  fewestWeights(retrain.network()), mostWeights(retrain.network())),
              memory()));
    }
    lines.addAll(trained.lines(trainings()));
    lines.add(
        text(
            "          %s of %s = %s each",
            Plural.of(retrain.network().epochs(), "epoch"),
            steps.text(perEpoch),
            steps.text(retrain.network().epochs() * perEpoch)));
    return lines;
  }

  /** What a training takes of the largest structure that is known, in a few words. */
  String largestTraining() {
    return trained.largest();
  }

  private long fewestWeights(NetworkSettings network) {
    return population == null
        ? ParameterCounts.least(
            derivation(), config.supernet(), network, data.input(), Task.of(data))
        : population.fewestWeights(CandidateSettings.of(network));
  }

  private long mostWeights(NetworkSettings network) {
    return population == null
        ? ParameterCounts.most(config.supernet(), network, data.input(), Task.of(data))
        : population.mostWeights(CandidateSettings.of(network));
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
      return config.searching().epochs();
    }
    return label instanceof CandidateLabel.Lambdas ? config.search().method().lambdas().size() : 1;
  }

  private Derivation derivation() {
    return stages.compositions().get(0).derivation();
  }

  /** Weights of the supernet, or of the largest network that a population can have. */
  long weights() {
    return population == null
        ? stages.weights()
        : population.mostWeights(config.population().orElseThrow().fitness().network());
  }

  /** Examples of a step of the search, over all replicas. */
  int searchBatch() {
    return config
        .population()
        .map(p -> p.fitness().batch())
        .orElseGet(() -> config.search().batch() * config.search().replicas());
  }

  /** Steps of the whole search, at most where a population searches; 0 if none is needed. */
  long searchSteps() {
    if (!searches()) {
      return 0;
    }
    return population == null
        ? config.search().epochs() * stepsPerSearchEpoch()
        : population.evaluations() * population.steps();
  }

  /** Examples of the whole search, as {@link #searchSteps}. */
  long searchExamples() {
    if (!searches()) {
      return 0;
    }
    return population == null
        ? (long) config.search().epochs() * data.weights()
        : population.evaluations()
            * config.population().orElseThrow().fitness().network().epochs()
            * data.weights();
  }

  /** Trainings from scratch at most: candidates may turn out to be the same. */
  int trainings() {
    return mostCandidates() * config.retrain().seeds().size();
  }

  /** Steps of one training from scratch. */
  long trainingSteps() {
    return config.retrain().network().epochs() * stepsPerTrainingEpoch();
  }

  /** Examples of one training from scratch. */
  long trainingExamples() {
    return (long) config.retrain().network().epochs() * examplesPerTrainingEpoch();
  }

  /** Examples of a step of a training, over all replicas. */
  int trainingBatch() {
    return config.retrain().batch() * config.retrain().fanOut().replicas();
  }

  private long stepsPerSearchEpoch() {
    return steps.count(Portion.WEIGHTS, data.weights(), searchBatch(), config.seed());
  }

  private long stepsPerTrainingEpoch() {
    long seed = config.retrain().seeds().get(0);
    return steps.count(Portion.FIT, examplesPerTrainingEpoch(), trainingBatch(), seed);
  }

  String memory() {
    return trained.memory();
  }

  /** What a minibatch has so many of. */
  String unit() {
    return steps.unit();
  }

  private int examplesPerTrainingEpoch() {
    return data.train() - data.heldOut(config.retrain().protocol().validationPortion());
  }

  long replicaMebibytes() {
    return mebi(population == null ? stages.replicaBytes() : population.largestBytes());
  }

  static long mebi(long bytes) {
    return (bytes + MEBI - 1) / MEBI;
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
