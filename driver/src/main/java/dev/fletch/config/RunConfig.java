package dev.fletch.config;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataFormat;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ImageFormat;
import dev.fletch.data.StreamFormat;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.method.Method;
import dev.fletch.method.SearchSpace;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.search.PlannedSearch;
import dev.fletch.search.PopulationPlan;
import dev.fletch.search.PopulationSettings;
import dev.fletch.search.SearchPlan;
import dev.fletch.search.SearchSection;
import dev.fletch.search.SearchSettings;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import dev.fletch.supernet.SupernetSettings;
import dev.fletch.supernet.SupernetSpace;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A whole run, validated: what {@link RunConfigLoader} makes of a file.
 *
 * @param name of the run, in file names and headings
 * @param seed all randomness of the search is a function of it
 * @param output the run folder, on any Hadoop file system; a path without scheme lies on the
 *     default one, and a relative one in the working directory there. The same holds for {@code
 *     data.path}
 * @param supernet merged from the sections {@code space} and {@code supernet}
 */
public record RunConfig(
    String name,
    long seed,
    String output,
    DataSettings data,
    SupernetSpace supernet,
    @Key("search") SearchSection searching,
    RetrainSettings retrain,
    ReportSettings report,
    ClusterSection cluster)
    implements Serializable {
  public RunConfig {
    check(name, seed, output, data, supernet, searching, retrain).orThrow();
  }

  /**
   * The search by gradients.
   *
   * @throws IllegalStateException if a population searches
   */
  public SearchSettings search() {
    if (searching instanceof SearchSettings settings) {
      return settings;
    }
    throw new IllegalStateException("No search by gradients: a population searches");
  }

  /** What the method of a search by gradients is given. */
  public SearchSpace space() {
    return space(search(), data, supernet, seed);
  }

  /** The search by a population; empty if gradients search. */
  public Optional<PopulationSettings> population() {
    return searching instanceof PopulationSettings settings
        ? Optional.of(settings)
        : Optional.empty();
  }

  /**
   * The rules that no section can check alone.
   *
   * @param data null if the section itself was refused
   * @param supernet null if the section itself was refused
   * @param searching null if the section itself was refused
   * @param retrain null if the section itself was refused
   */
  static Checks check(
      String name,
      long seed,
      String output,
      DataSettings data,
      SupernetSpace supernet,
      SearchSection searching,
      RetrainSettings retrain) {
    SearchSettings search = searching instanceof SearchSettings settings ? settings : null;
    Checks checks =
        new Checks()
            .require(
                "name",
                name.matches("[A-Za-z0-9._-]+"),
                "must consist of letters, digits, '.', '_' and '-', got \"" + name + "\"")
            .require("output", !output.isBlank(), "must name a folder");
    if (retrain != null) {
      checks
          .require(
              "retrain.candidates",
              isDistinct(retrain.candidates()),
              "must not name a candidate twice, got " + retrain.candidates())
          .require(
              "retrain.seeds",
              isDistinct(retrain.seeds()),
              "must not name a seed twice, got " + retrain.seeds())
          .require(
              "retrain.halving.rungs",
              retrain.fanOut().halving().rungs().stream()
                  .allMatch(rung -> rung < retrain.network().epochs()),
              "must be below retrain.epochs, which is " + retrain.network().epochs(),
              "retrain.epochs");
    }
    if (search != null) {
      int epochs = stageEpochs(search, data, supernet, seed);
      checkWarmUp(checks, "search", "weights", search.weightsRate(), epochs);
      checkWarmUp(checks, "search", "alpha", search.alphaRate(), epochs);
    }
    if (retrain != null) {
      checkWarmUp(checks, "retrain", "weights", retrain.weightsRate(), retrain.network().epochs());
    }
    if (supernet != null && search != null) {
      MethodRules.check(checks, search, space(search, data, supernet, seed));
    }
    if (search != null && retrain != null) {
      checkCandidates(checks, search, retrain.candidates());
    }
    if (searching instanceof PopulationSettings population) {
      checkWarmUp(
          checks,
          "search.fitness",
          "weights",
          population.fitness().weightsRate(),
          population.fitness().network().epochs());
      PopulationRules.check(checks, population, retrain);
    }
    if (data != null && !(data.format() instanceof ImageFormat)) {
      DataFormat format = data.format();
      checkUnchanged(
          checks,
          format,
          searching instanceof PopulationSettings ? "search.fitness" : "search",
          searching == null ? null : searching.augmentation());
      checkUnchanged(checks, format, "retrain", retrain == null ? null : retrain.augmentation());
    }
    if (data != null && data.format() instanceof StreamFormat && retrain != null) {
      double portion = retrain.protocol().validationPortion();
      checks.require(
          "retrain.validation-portion",
          portion == 0,
          "must be left out: %s has a validation text of its own, got %s"
              .formatted(data.format().text(), portion),
          "data.format");
    }
    if (data != null && supernet != null && retrain != null) {
      checkNetworks(checks, data, supernet, searching, retrain);
    }
    return checks;
  }

  private static void checkNetworks(
      Checks checks,
      DataSettings data,
      SupernetSpace supernet,
      SearchSection searching,
      RetrainSettings retrain) {
    StreamRules.check(checks, data, searching, retrain);
    if (supernet instanceof SupernetSettings cells
        && retrain.network() instanceof CandidateSettings network) {
      TextRules.check(checks, data, cells, searching, retrain.candidates(), network);
    }
  }

  private static void checkUnchanged(
      Checks checks, DataFormat format, String phase, AugmentationSettings augmentation) {
    if (augmentation == null) {
      return; // refused itself
    }
    for (String key : augmentation.changes()) {
      checks.require(
          phase + ".augmentation." + key,
          false,
          "must be left out: it changes images, and " + format.text() + " has texts",
          "data.format");
    }
  }

  private static void checkCandidates(
      Checks checks, SearchSettings search, List<String> candidates) {
    List<String> beyond = new ArrayList<>();
    List<String> withoutLambda = new ArrayList<>();
    for (String candidate : candidates) {
      CandidateLabel label = CandidateLabel.parse(candidate);
      if (label.epoch().orElse(0) >= search.epochs()) {
        beyond.add(candidate);
      }
      if (!isRecorded(label, search.method())) {
        withoutLambda.add(candidate);
      }
    }
    checks
        .require(
            "retrain.candidates",
            beyond.isEmpty(),
            "must be epochs of the search, which are 0 to "
                + (search.epochs() - 1)
                + ", got "
                + beyond,
            "search.epochs")
        .require(
            "retrain.candidates",
            withoutLambda.isEmpty(),
            (search.method().lambdas().isEmpty()
                    ? "must not name lambdas: method " + search.method().name() + " has none"
                    : "must be lambdas of search.method.lambdas, which are "
                        + search.method().lambdas())
                + ", got "
                + withoutLambda,
            "search.method.name",
            "search.method.lambdas");
  }

  /** Whether a search of {@code method} records the lambda that the label asks for, if any. */
  private static boolean isRecorded(CandidateLabel label, Method method) {
    if (method == null) {
      return true; // refused itself
    }
    if (label instanceof CandidateLabel.Lambda lambda) {
      return method.lambdas().contains(lambda.value());
    }
    return !(label instanceof CandidateLabel.Lambdas) || !method.lambdas().isEmpty();
  }

  /** Epochs after which learning rates begin anew; not 0, which the method refuses itself. */
  private static int stageEpochs(
      SearchSettings search, DataSettings data, SupernetSpace supernet, long seed) {
    return search.method() == null || supernet == null
        ? search.epochs()
        : Math.max(1, search.method().stageEpochs(space(search, data, supernet, seed)));
  }

  /** Data that were refused themselves are taken for images. */
  private static SearchSpace space(
      SearchSettings search, DataSettings data, SupernetSpace supernet, long seed) {
    int dimensions = data == null ? ImageFormat.DIMENSIONS : data.format().dimensions();
    return search.space(supernet, dimensions, seed);
  }

  private static void checkWarmUp(
      Checks checks, String phase, String section, LearningRateSettings rate, int epochs) {
    checks.require(
        phase + "." + section + ".learning-rate-warm-up",
        rate.warmUp() < epochs,
        "must be below the number of epochs, which is " + epochs + ", got " + rate.warmUp(),
        phase + ".epochs");
  }

  private static boolean isDistinct(List<?> values) {
    return new HashSet<>(values).size() == values.size();
  }

  /** The search to be run, or that was. */
  public PlannedSearch searchPlan() {
    boolean isOfWords =
        data.format() instanceof StreamFormat; // others are of examples with classes
    return searchPlan(isOfWords ? Metrics.PERPLEXITY : Metrics.DEFAULT, resolved());
  }

  /**
   * The same.
   *
   * @param metric what ranks epochs
   * @param resolved every key with its value, as the results are filed under
   */
  public PlannedSearch searchPlan(Metric metric, Map<String, String> resolved) {
    ResultKeys keys = SearchPlan.resultKeys(resolved);
    return searching instanceof PopulationSettings population
        ? new PopulationPlan(population, data, supernet, metric, seed, keys)
        : new SearchPlan(search(), supernet, data.format().dimensions(), metric, seed, keys);
  }

  /**
   * This configuration with every value spelled out, as HOCON text. Loading it gives an equal
   * {@code RunConfig}, whatever the defaults have become by then.
   */
  public String render() {
    return RunConfigText.of(this);
  }

  /**
   * Every key with its value, {@code search.batch} to {@code 64}, by which runs can be compared.
   */
  public SortedMap<String, String> resolved() {
    return RunConfigText.resolved(this);
  }
}
