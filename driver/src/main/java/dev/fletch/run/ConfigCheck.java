package dev.fletch.run;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Operation;
import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.engine.PlanTooLargeException;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.Networks;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.FitnessSettings;
import dev.fletch.search.PopulationSettings;
import dev.fletch.task.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    DataHeader data = header(config.data());
    data.heldOut(config.retrain().protocol().validationPortion());
    config.searching().augmentation().checkFor(data.input());
    config.retrain().augmentation().checkFor(data.input());
    if (config.population().isPresent()) {
      checkGenomes(config.retrain(), config.population().get(), data);
      return data;
    }
    if (config.retrain().needsSearch()) {
      requireBuildable(
          "search.batch",
          config.search().batch(),
          () -> new PlannedStages(config, data).requireBuildable());
    }
    requireBuildable(
        "retrain.batch",
        config.retrain().batch(),
        () -> layOutCandidate(config.retrain(), config.supernet().nodes(), data));
    return data;
  }

  private static void checkGenomes(
      RetrainSettings retrain, PopulationSettings settings, DataHeader data) {
    PlannedPopulation population = new PlannedPopulation(settings, data);
    if (retrain.needsSearch()) {
      FitnessSettings fitness = settings.fitness();
      requireBuildable(
          "search.fitness.batch",
          fitness.batch(),
          () -> population.requireBuildable(fitness.network(), fitness.batch()));
    }
    requireBuildable(
        "retrain.batch",
        retrain.batch(),
        () -> {
          if (given(retrain).isPresent()) {
            layOut(given(retrain).get(), retrain, data);
          } else {
            population.requireBuildable(retrain.network(), retrain.batch());
          }
        });
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
    if (!config.searchPlan().hasNormalCells() && config.retrain().needsSearch()) {
      warnings.add(
          "supernet.layers = %d makes reduction cells only: alpha of the normal cell is never"
                  .formatted(config.supernet().layers())
              + " trained and its genotype is left to chance; from 3 layers on there are both");
    }
    return warnings;
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

  private static void layOutCandidate(RetrainSettings retrain, int nodes, DataHeader data) {
    layOut(given(retrain).orElseGet(() -> skipConnections(nodes)), retrain, data);
  }

  private static Optional<Architecture> given(RetrainSettings retrain) {
    return retrain.candidates().stream()
        .map(CandidateLabel::parse)
        .filter(CandidateLabel.Given.class::isInstance)
        .map(label -> ((CandidateLabel.Given) label).genotype())
        .findFirst();
  }

  private static void layOut(Architecture genotype, RetrainSettings retrain, DataHeader data) {
    try (ArchitectureNetwork network =
        Networks.of(genotype, retrain.network(), data.input(), Task.of(data), retrain.batch(), 1)) {
      network.requireBuildable();
    }
  }

  /** A stand-in for what the search will find, with the states of any genotype of that size. */
  private static CellPair skipConnections(int nodes) {
    List<Gene> genes =
        List.of(new Gene(Operation.SKIP_CONNECT, 0), new Gene(Operation.SKIP_CONNECT, 1));
    CellGenotype cell = new CellGenotype(Collections.nCopies(nodes, genes));
    return new CellPair(cell, cell);
  }
}
