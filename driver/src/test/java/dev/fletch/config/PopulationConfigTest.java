package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Operation;
import dev.fletch.network.CandidateSettings;
import dev.fletch.search.BudgetSettings;
import dev.fletch.search.PopulationPlan;
import dev.fletch.search.PopulationSettings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code search.method = neat} means for a configuration. */
class PopulationConfigTest {
  private static final String HEAD =
      "fletch { name = a, output = b, data { format = idx, path = c } }";
  private static final String NEAT = "search.method=neat";

  private static RunConfig load(String... overrides) {
    return RunConfigLoader.load("run.conf", HEAD, List.of(overrides));
  }

  private static RunConfig neat(String... overrides) {
    return load(Stream.concat(Stream.of(NEAT), Stream.of(overrides)).toArray(String[]::new));
  }

  @Test
  void theNameAloneGivesEveryDefault() {
    RunConfig config = neat();
    PopulationSettings population = config.population().orElseThrow();

    assertThat(population.neat().population()).isEqualTo(50);
    assertThat(population.budget()).isEqualTo(new BudgetSettings(20, 0, 0));
    assertThat(population.neat().space().operations())
        .containsAll(List.of(Operation.NONE, new Operation("sep_conv_5")))
        .doesNotContain(new Operation("attention"));
    assertThat(population.neat().space().activations())
        .containsExactly(Activation.IDENTITY, Activation.RELU);
    assertThat(CandidateSettings.of(config.retrain().network()).auxiliaryWeight()).isZero();
    assertThat(config.searchPlan()).isInstanceOf(PopulationPlan.class);
    assertThat(load().population()).isEmpty();
  }

  @Test
  void everyKeySurvivesRendering() {
    RunConfig config =
        neat(
            "search.method.population=7",
            "search.method.species.enabled=true",
            "search.budget.minutes=2.5",
            "search.fitness.weights.optimizer=adam",
            "search.keep-checkpoints=5",
            "space.operations=[sep_conv_3]",
            "space.aggregations=[add, multiply]");
    String rendered = config.render();

    assertThat(RunConfigLoader.load("config.conf", rendered, List.of())).isEqualTo(config);
    assertThat(rendered).doesNotContain("supernet").doesNotContain("temperature");
    assertThat(config.resolved())
        .containsEntry("search.method.name", "\"neat\"")
        .containsEntry("search.method.population", "7")
        .containsEntry("space.operations", "[\"sep_conv_3\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search.order=second | search.order must be left out with method neat, which trains no"
            + " supernet",
        "search.temperature.from=5 | search.temperature must be left out with method neat",
        "supernet.layers=5 | supernet.layers must be left out with method neat",
        "space.nodes=3 | space.nodes must be left out with method neat",
        "search.method.partial=2 | search.method.partial belongs to method pc-darts, but method is"
            + " neat",
        "search.method.population=0 | search.method.population must be >= 1, got 0",
        "search.budget.generations=0 | search.budget.generations must be >= 1, got 0",
        "space.operations=[\"sep_conv_3*\"] | space.operations must not be multiplied by"
            + " themselves, which aggregations are for, got [sep_conv_3*]",
        "search.fitness.epochs=0 | search.fitness.epochs must be >= 1, got 0",
        "space.operations=[identity, max_pool_3] | space.operations must name an operation with"
            + " weights with method neat",
        "space.operations=[sep_conv_3, none, attention] | search.fitness.init-channels",
        "retrain.auxiliary-weight=0.4 | retrain.auxiliary-weight must be 0 with method neat",
        "retrain.candidates=[epoch-20] | retrain.candidates must be generations of the search,"
            + " which are 0 to 19, got [epoch-20]",
        "retrain.candidates=[random-0] | retrain.candidates must not be lambdas or random-N",
      })
  void whatMeansNothingToAPopulationIsRefused(String override, String message) {
    String also = override.contains("attention") ? "search.fitness.init-channels=12" : "name=a";
    assertThatThrownBy(() -> neat(override, also))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search.fitness.epochs=1 | search.fitness must be left out: it is for method neat",
        "search.budget.minutes=1 | search.budget must be left out: it is for method neat",
        "search.method.population=9 | search.method.population belongs to method neat, but method"
            + " is darts",
      })
  void whatIsForPopulationsIsRefusedElsewhere(String override, String message) {
    assertThatThrownBy(() -> load(override))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
