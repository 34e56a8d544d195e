package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method has a file in {@code conf} at its paper's scale and one for minutes on two cores,
 * and sweeps that set methods beside each other keep to the latter.
 */
class MethodConfFilesTest {
  private static final Path FOLDER = Path.of("..", "conf");

  /** What a file is named after; DARTS has two, by its order. */
  static Stream<String> systems() {
    return Stream.concat(
        Stream.of("darts-first-order", "darts-second-order"),
        ShippedMethods.names().filter(name -> !name.equals("darts")));
  }

  private static String dataOf(String system) {
    return switch (system) {
      case "td-darts-learned-temperature" -> "cifar100";
      case "darts-l1", "hypernetwork" -> "mnist";
      default -> "cifar10";
    };
  }

  @ParameterizedTest
  @MethodSource("systems")
  void everyMethodHasAFileAtPaperScale(String system) {
    assertIsOf(system, load(system + "-" + dataOf(system) + ".conf"));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void everyMethodHasAProxy(String system) throws Exception {
    String file = system + "-proxy.conf";
    RunConfig config = load(file);

    assertIsOf(system, config);
    assertThat(Files.readString(FOLDER.resolve(file))).contains("include \"proxy.conf\"");
    RunConfig shared = load("proxy.conf");
    assertThat(config.supernet()).isEqualTo(shared.supernet());
    assertThat(config.retrain().network()).isEqualTo(shared.retrain().network());
    assertThat(config.report().title()).startsWith("Proxy: ");
  }

  private static void assertIsOf(String system, RunConfig config) {
    boolean isDarts = system.startsWith("darts-first") || system.startsWith("darts-second");
    assertThat(config.search().method().name()).isEqualTo(isDarts ? "darts" : system);
    if (isDarts) {
      assertThat(config.search().order()).isEqualTo(system.equals("darts-first-order") ? 1 : 2);
    }
  }

  /** From the papers and their code; the files say where each is from. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          darts-first-order-cifar10     | search.order                      | first
          darts-first-order-cifar10     | search.alpha.learning-rate        | 3e-4
          darts-second-order-cifar10    | search.order                      | second
          darts-second-order-cifar10    | retrain.drop-path                 | 0.2
          td-darts-cifar10              | search.temperature.from           | 10
          td-darts-cifar10              | search.temperature.to             | 0.1
          sdarts-rs-cifar10             | search.order                      | first
          sdarts-rs-cifar10             | search.method.epsilon-to          | 0.3
          sdarts-adv-cifar10            | search.method.epsilon-from        | 0.03
          sdarts-adv-cifar10            | search.method.steps               | 7
          darts-minus-cifar10           | search.method.beta                | 1
          darts-minus-cifar10           | search.method.decay               | linear
          fair-darts-cifar10            | search.batch                      | 128
          fair-darts-cifar10            | search.method.zero-one-weight     | 10
          fair-darts-cifar10            | search.method.threshold           | 0.85
          fair-darts-cifar10            | search.weights.learning-rate      | 0.005
          fair-darts-cifar10            | search.weights.learning-rate-min  | 0.001
          fair-darts-cifar10            | search.alpha.learning-rate        | 3e-3
          fair-darts-cifar10            | search.alpha.beta1                | 0.9
          beta-darts-cifar10            | search.epochs                     | 50
          beta-darts-cifar10            | search.method.weight              | 25
          pc-darts-cifar10              | search.batch                      | 256
          pc-darts-cifar10              | search.method.partial             | 4
          pc-darts-cifar10              | search.method.warm-up             | 15
          pc-darts-cifar10              | search.weights.learning-rate      | 0.1
          pc-darts-cifar10              | search.weights.learning-rate-min  | 0
          pc-darts-cifar10              | search.alpha.learning-rate        | 6e-4
          pc-darts-cifar10              | search.alpha.beta1                | 0.5
          pc-darts-cifar10              | retrain.drop-path                 | 0.3
          pc-darts-cifar10              | retrain.batch                     | 96
          p-darts-cifar10               | supernet.layers                   | 5
          p-darts-cifar10               | search.epochs                     | 75
          p-darts-cifar10               | search.batch                      | 96
          p-darts-cifar10               | search.method.warm-up             | 10
          p-darts-cifar10               | search.method.alpha-clip          | 5
          p-darts-cifar10               | search.weights.learning-rate      | 0.025
          p-darts-cifar10               | search.weights.learning-rate-min  | 0
          p-darts-cifar10               | search.alpha.learning-rate        | 6e-4
          p-darts-cifar10               | retrain.batch                     | 128
          p-darts-cifar10               | retrain.drop-path                 | 0.3
          snas-cifar10                  | data.search-portion               | 0.9
          snas-cifar10                  | search.epochs                     | 150
          snas-cifar10                  | search.method.alpha-clip          | 10
          snas-cifar10                  | search.temperature.to             | 0.03
          snas-cifar10                  | search.alpha.optimizer            | adam
          gdas-cifar10                  | search.epochs                     | 250
          gdas-cifar10                  | search.batch                      | 256
          gdas-cifar10                  | search.weights.optimizer          | nesterov
          gdas-cifar10                  | search.weights.momentum           | 0.9
          gdas-cifar10                  | search.weights.learning-rate-min  | 0.001
          gdas-cifar10                  | search.weights.weight-decay       | 5e-4
          gdas-cifar10                  | search.temperature.from           | 10
          darts-egs-cifar10             | search.method.samples             | 7
          random-search-cifar10         | search.epochs                     | 2400
          random-search-cifar10         | search.method.epochs-per-sample   | 100
          random-search-cifar10         | supernet.layers                   | 8
          random-weight-sharing-cifar10 | supernet.init-channels            | 24
          random-weight-sharing-cifar10 | search.epochs                     | 150
          random-weight-sharing-cifar10 | search.gradient-clip              | 1
          random-weight-sharing-cifar10 | search.method.samples             | 5000
          random-weight-sharing-cifar10 | search.method.chunks              | 10
          darts-l1-mnist                | search.alpha.learning-rate        | 1e-3
          darts-l1-mnist                | search.order                      | second
          hypernetwork-mnist            | search.epochs                     | 101
          hypernetwork-mnist            | search.method.draw                | log-uniform
          hypernetwork-mnist            | search.alpha-l1                   | 0
          """)
  void hasThePublishedValue(String file, String key, String value) {
    String found = load(file + ".conf").resolved().get(key);

    if (value.matches("[0-9].*")) {
      assertThat(Double.parseDouble(found)).isEqualTo(Double.parseDouble(value));
    } else {
      assertThat(found).isEqualTo("\"" + value + "\"");
    }
  }

  @Test
  void pDartsHasTheStagesOfThePaper() {
    SortedMap<String, String> resolved = load("p-darts-cifar10.conf").resolved();

    assertThat(resolved.get("search.method.added-layers")).isEqualTo("[0, 6, 12]");
    assertThat(resolved.get("search.method.dropped-operations")).isEqualTo("[3, 2]");
    assertThat(resolved.get("search.method.skip-dropout")).isEqualTo("[0.1, 0.4, 0.7]");
  }

  @Test
  void theComparisonGivesEveryMethodItsProxysSettingsAndTheSameBudget() {
    List<TrialConfig> trials = sweep("compare-methods.conf").trials();

    assertThat(trials).hasSize(36);
    assertThat(trials.stream().map(t -> t.labels().get("search")).distinct())
        .containsExactlyInAnyOrderElementsOf(systems().toList());
    for (TrialConfig trial : trials) {
      RunConfig run = trial.config();
      RunConfig proxy = load(trial.labels().get("search") + "-proxy.conf");
      assertThat(ofMethod(run)).as(trial.name()).isEqualTo(ofMethod(proxy));
      assertThat(List.of(run.search().epochs(), run.search().batch(), run.search().replicas()))
          .isEqualTo(List.of(6, 64, 1));
      assertThat(run.data().searchPortion()).isEqualTo(0.5);
      assertThat(run.retrain().candidates()).hasSize(1);
    }
  }

  /** The settings of the search but for its size. */
  private static SortedMap<String, String> ofMethod(RunConfig config) {
    SortedMap<String, String> settings = new TreeMap<>(config.resolved());
    settings
        .keySet()
        .removeIf(
            key ->
                !key.startsWith("search.")
                    || key.startsWith("search.watch.")
                    || List.of("search.epochs", "search.batch", "search.replicas").contains(key));
    return settings;
  }

  @Test
  void theSweepOfOptimizersHasEveryCombinationForEveryMethod() {
    List<TrialConfig> trials = sweep("optimizer-combinations.conf").trials();

    assertThat(trials).hasSize(3 * 4 * 4);
    assertThat(trials.stream().map(t -> t.config().search().method().name()).distinct())
        .containsExactly("darts", "sdarts-rs", "darts-minus");
    assertThat(
            trials.stream()
                .map(t -> t.config().search().alpha() + " " + t.config().search().weights())
                .distinct())
        .hasSize(16);
  }

  @Test
  void theLambdasOfTheHypernetworkAreThoseOfTheSearchesBesideIt() {
    List<TrialConfig> trials = sweep("lambda-comparison.conf").trials();

    assertThat(trials.stream().map(t -> t.config().search().method().name()))
        .containsExactly("hypernetwork", "darts-l1", "darts-l1", "darts-l1", "darts-l1");
    assertThat(trials.get(0).config().resolved().get("search.method.lambdas"))
        .isEqualTo(trials.stream().skip(1).map(t -> t.config().search().alphaL1()).toList() + "");
    assertThat(ofMethod(trials.get(0).config()))
        .isEqualTo(ofMethod(load("hypernetwork-proxy.conf")));
  }

  private static RunConfig load(String file) {
    return RunConfigLoader.load(FOLDER.resolve(file), List.of());
  }

  private static SweepConfig sweep(String file) {
    return RunConfigLoader.loadSweep(FOLDER.resolve(file), List.of()).orElseThrow();
  }
}
