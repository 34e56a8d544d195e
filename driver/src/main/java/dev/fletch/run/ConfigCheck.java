package dev.fletch.run;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Genotype;
import dev.fletch.architecture.Operation;
import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.StreamFacts;
import dev.fletch.data.TextFacts;
import dev.fletch.engine.PlanTooLargeException;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.FitnessSettings;
import dev.fletch.search.PopulationSettings;
import dev.fletch.search.SearchSettings;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.supernet.RecurrentSpace;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * What is checked of a configuration before anything is started or written, whichever command it is
 * for: that its data can be read and used as configured, and its networks built. Data sets are read
 * once, however many configurations name them.
 */
public final class ConfigCheck {
  private final Configuration hadoop;
  private final Map<DataSettings, DataHeader> headers = new HashMap<>();
  private final Map<DataSettings, RuntimeException> refusals = new HashMap<>();

  public ConfigCheck(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Checks the data from beginning to end, that it can be divided and augmented as configured, and
   * that networks for it fit into memory.
   *
   * @throws RuntimeException of the package that refuses, see {@link Failure}
   */
  DataHeader check(RunConfig config) {
    return check(config, Set.of());
  }

  /**
   * As {@link #check(RunConfig)}.
   *
   * @param later run folders that there will be before this run begins
   */
  DataHeader check(RunConfig config, Set<String> later) {
    DataHeader data = header(config.data());
    RetrainSettings retrain = config.retrain();
    Refusals refusals = new Refusals();
    refusals.check(() -> data.heldOut(retrain.protocol().validationPortion()));
    refusals.check(() -> config.searching().augmentation().checkFor(data.input()));
    refusals.check(() -> retrain.augmentation().checkFor(data.input()));
    if (data.streams().isPresent()) {
      addRows(config, data.streams().get(), refusals);
      refusals.orThrow(); // there is no network for rows that cannot be
    }
    addFitting(config, data, refusals);
    if (retrain.needsSearch()) {
      refusals.check(() -> requireSearchable(config, data));
    }
    KnownCandidates.of(config, later, hadoop, refusals)
        .structures()
        .forEach(
            (candidate, genotype) ->
                refusals.check(() -> requireTrainable(candidate, genotype, retrain, data)));
    retrain.candidates().stream()
        .filter(candidate -> CandidateLabel.parse(candidate).needsSearch())
        .findFirst()
        .ifPresent(
            candidate -> refusals.check(() -> requireUnknown(candidate, config, data, retrain)));
    refusals.orThrow();
    return data;
  }

  private static void requireSearchable(RunConfig config, DataHeader data) {
    if (config.population().isPresent()) {
      PopulationSettings population = config.population().get();
      FitnessSettings fitness = population.fitness();
      requireBuildable(
          "search.fitness.batch",
          fitness.batch(),
          () ->
              new PlannedPopulation(population, data)
                  .requireBuildable(fitness.network(), fitness.batch()));
    } else {
      requireBuildable(
          "search.batch",
          config.search().batch(),
          () -> new PlannedStages(config, data).requireBuildable());
    }
  }

  /** A search reads both texts in the rows of all its replicas, a training the training text. */
  private static void addRows(RunConfig config, StreamFacts streams, Refusals refusals) {
    RetrainSettings retrain = config.retrain();
    if (retrain.needsSearch() && config.population().isEmpty()) {
      SearchSettings search = config.search();
      String key = "search.batch";
      refusals.check(() -> streams.requireTrainRows(key, search.batch(), search.replicas()));
      refusals.check(() -> streams.requireValidRows(key, search.batch(), search.replicas()));
    }
    refusals.check(
        () ->
            streams.requireTrainRows(
                "retrain.batch", retrain.batch(), retrain.fanOut().replicas()));
  }

  /** Networks begin with the vectors of {@code data.embeddings}, if any. */
  private static void addFitting(RunConfig config, DataHeader data, Refusals refusals) {
    int vectors = data.texts().map(TextFacts::vectorWidth).orElse(0);
    if (vectors == 0) {
      return;
    }
    if (config.retrain().needsSearch() && config.population().isPresent()) {
      CandidateSettings network = config.population().get().fitness().network();
      refusals.check(() -> requireWidth("search.fitness", network, vectors));
    } else if (config.retrain().needsSearch()) {
      SupernetSettings supernet = SupernetSettings.of(config.supernet());
      int width = supernet.embedding().width(supernet.stemChannels());
      refusals.check(() -> requireWidth("supernet", width, vectors));
    }
    refusals.check(
        () -> requireWidth("retrain", CandidateSettings.of(config.retrain().network()), vectors));
  }

  private static void requireWidth(String section, CandidateSettings network, int vectors) {
    requireWidth(section, network.embedding().width(network.stemChannels()), vectors);
  }

  private static void requireWidth(String section, int width, int vectors) {
    if (width != vectors) {
      throw new UsageException(
          "%1$s.embedding-width must be %2$d, the length of the vectors of data.embeddings, got %3$d: set it to %2$d"
              .formatted(section, vectors, width));
    }
  }

  /** Checks the data alone. */
  public DataHeader header(DataSettings settings) {
    if (refusals.containsKey(settings)) {
      throw refusals.get(settings);
    }
    try {
      return headers.computeIfAbsent(settings, s -> DataSet.header(s, hadoop));
    } catch (RuntimeException e) {
      refusals.put(settings, e);
      throw e;
    }
  }

  /** What is allowed, but hardly what was meant: one line each. */
  public static List<String> warnings(RunConfig config, DataHeader data) {
    List<String> warnings = new ArrayList<>(data.warnings());
    if (config.supernet() instanceof SupernetSettings supernet
        && !config.searchPlan().hasNormalCells()
        && config.retrain().needsSearch()) {
      warnings.add(
          "supernet.layers = %d makes reduction cells only: alpha of the normal cell is never"
                  .formatted(supernet.layers())
              + " trained and its genotype is left to chance; from 3 layers on there are both");
    }
    data.texts().ifPresent(texts -> addUntrained(config, texts, warnings));
    return warnings;
  }

  /** Searches are scored on training texts, so only trainings from scratch meet such words. */
  private static void addUntrained(RunConfig config, TextFacts texts, List<String> warnings) {
    if (texts.unknownTrain() == 0
        && texts.unknownTest() > 0
        && CandidateSettings.of(config.retrain().network()).embedding().wordDropout() == 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%.1f %% of the words in test texts are unknown, but none in training texts, so that"
                  + " the unknown word stays as it was drawn: raise data.min-count, now %d, or"
                  + " retrain.word-dropout above 0",
              100 * texts.unknownTest(),
              config.data().text().minCount()));
    }
  }

  private static void requireBuildable(String key, int batch, Runnable layOut) {
    try {
      layOut.run();
    } catch (PlanTooLargeException e) {
      throw new UsageException(key + " = " + batch + " is too large for memory: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Stands for what a search will find. */
  private static void requireUnknown(
      String candidate, RunConfig config, DataHeader data, RetrainSettings retrain) {
    if (config.population().isPresent()) {
      requireBuildable(
          "retrain.batch",
          retrain.batch(),
          () ->
              new PlannedPopulation(config.population().get(), data)
                  .requireBuildable(CandidateSettings.of(retrain.network()), retrain.batch()));
    } else {
      requireTrainable(candidate, standIn(config), retrain, data);
    }
  }

  private static void requireTrainable(
      String candidate, Architecture genotype, RetrainSettings retrain, DataHeader data) {
    requireBuildable(
        "retrain.batch", retrain.batch(), () -> layOut(candidate, genotype, retrain, data));
  }

  private static void layOut(
      String candidate, Architecture genotype, RetrainSettings retrain, DataHeader data) {
    try (ArchitectureNetwork network =
        Networks.of(
            genotype, retrain.network(), data.retrainInput(), Task.of(data), retrain.batch(), 1)) {
      network.requireBuildable();
    } catch (PlanTooLargeException | InvalidSettingsException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UsageException("retrain.candidates: " + candidate + ": " + e.getMessage());
    }
  }

  /** For what the search will find, with the states of any genotype of that size. */
  private static Genotype standIn(RunConfig config) {
    return config.supernet() instanceof RecurrentSpace space
        ? space.random(config.seed(), 0)
        : skipConnections(config.supernet().topology());
  }

  private static CellPair skipConnections(CellTopology topology) {
    List<Gene> genes =
        List.of(new Gene(Operation.SKIP_CONNECT, 0), new Gene(Operation.SKIP_CONNECT, 1));
    CellGenotype cell = new CellGenotype(Collections.nCopies(topology.nodes(), genes));
    return new CellPair(cell, cell, topology.kinds());
  }
}
