package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Operation;
import dev.fletch.gradient.Metrics;
import dev.fletch.method.Methods;
import dev.fletch.network.RecurrentNetworkSettings;
import dev.fletch.nn.recurrent.RecurrentDropout;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.AveragedSgdSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.search.SearchPlan;
import dev.fletch.supernet.RecurrentSpace;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of words are searched for recurrent cells, and nothing else is. */
class RecurrentConfigTest {
  private static RunConfig load(String format, String... overrides) {
    return RunConfigLoader.load(
        "run.conf",
        "fletch { name = a, output = b, data { format = %s, path = c } }".formatted(format),
        List.of(overrides));
  }

  private static List<String> problems(String format, String... overrides) {
    try {
      load(format, overrides);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(ConfigProblem::message).toList();
    }
  }

  @Test
  void defaultsAreThePublishedOnes() {
    RunConfig config = load("words");

    assertThat(config.supernet())
        .isEqualTo(
            new RecurrentSpace(
                8,
                Operation.RECURRENT,
                new RecurrentSettings(300, new RecurrentDropout(0, .2, .75, .25, .75), 0, 1e-3)));
    assertThat(config.retrain().network())
        .isEqualTo(
            new RecurrentNetworkSettings(
                8000,
                new RecurrentSettings(850, new RecurrentDropout(.1, .2, .75, .25, .75), 0, 1e-3)));
    assertThat(config.search().batch()).isEqualTo(256);
    assertThat(config.search().epochs()).isEqualTo(50);
    assertThat(config.search().gradientClip()).isEqualTo(.25);
    assertThat(config.search().weights()).isEqualTo(new SgdSettings(0, 5e-7));
    assertThat(config.search().weightsRate())
        .isEqualTo(new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 20, 20));
    assertThat(config.search().alpha()).isEqualTo(new AdamSettings(.9, .999, 1e-8, 1e-3));
    assertThat(config.searchPlan())
        .isInstanceOfSatisfying(
            SearchPlan.class, plan -> assertThat(plan.settings().unrolled().clip()).isTrue());
    assertThat(config.search().alphaRate().rate()).isEqualTo(3e-3);
    assertThat(config.retrain().batch()).isEqualTo(64);
    assertThat(config.retrain().gradientClip()).isEqualTo(.25);
    assertThat(config.retrain().weights()).isEqualTo(new AveragedSgdSettings(8e-7, 5));
    assertThat(config.retrain().weightsRate().rate()).isEqualTo(20);
    assertThat(config.searchPlan())
        .isInstanceOfSatisfying(
            SearchPlan.class, plan -> assertThat(plan.metric()).isEqualTo(Metrics.PERPLEXITY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "space.nodes|4",
        "space.operations|[tanh,identity]",
        "supernet.size|20",
        "supernet.dropout.words|0.5",
        "supernet.dropout.output|0",
        "supernet.activation-regularisation|2.0",
        "supernet.slowness-regularisation|0",
        "retrain.size|30",
        "retrain.dropout.hidden|0.5",
        "retrain.slowness-regularisation|1.0",
        "retrain.epochs|7"
      })
  void changingAKeyChangesTheConfigurationAndSurvivesRendering(String key, String value) {
    RunConfig changed = load("words", key + "=" + value);

    assertThat(changed).isNotEqualTo(load("words"));
    assertThat(RunConfigLoader.load("config.conf", changed.render(), List.of())).isEqualTo(changed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "supernet.layers=4|supernet.layers must be left out: it is for networks of images and"
            + " texts, and words has streams of words",
        "space.kinds=1|space.kinds must be left out: it is for networks of images and texts, and"
            + " words has streams of words",
        "retrain.drop-path=0.1|retrain.drop-path must be left out: it is for networks of images"
            + " and texts, and words has streams of words",
        "retrain.auxiliary-weight=0|retrain.auxiliary-weight must be left out: it is for networks"
            + " of images and texts, and words has streams of words",
        "supernet.size=0|supernet.size must be >= 1, got 0",
        "supernet.dropout.words=1|supernet.dropout.words must be at least 0 and below 1, got 1.0",
        "retrain.dropout=0.5|retrain.dropout must be a section { }, got \"0.5\"",
        "space.operations=[none]|space.operations must name at least one function besides none",
        "space.operations=[tanh,tahn]|space.operations must be a list of any of none, tanh, relu,"
            + " sigmoid, identity, got [\"tanh\", \"tahn\"]",
        "search.method=neat|search.method.name must not be neat: genomes are networks for images"
            + " and texts, and words has streams of words",
        "search.method=fair-darts|search.method.threshold must be 0 for recurrent cells, whose"
            + " nodes keep their best function however weak it is, got 0.85 (the default)",
        "retrain.candidates=[DARTS_V2]|retrain.candidates must be recurrent cells, since words has"
            + " streams of words; given ones are DARTS_V1_RNN, DARTS_V2_RNN, ENAS_RNN,"
            + " baseline-highway, baseline-gated, baseline-tanh and texts as recurrent=[tanh:0], got [DARTS_V2]",
      })
  void whatMeansNothingToRecurrentCellsIsRefused(String key, String problem) {
    assertThat(problems("words", key)).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "supernet.size=300|supernet.size must be left out: it is for recurrent cells, and idx has"
            + " images",
        "supernet.dropout.words=0.1|supernet.dropout must be left out: it is for recurrent cells,"
            + " and idx has images",
        "retrain.slowness-regularisation=1|retrain.slowness-regularisation must be left out: it is"
            + " for recurrent cells, and idx has images",
        "retrain.candidates=[DARTS_V2_RNN]|retrain.candidates must not be recurrent cells: they"
            + " read streams of words, and idx has images; got [DARTS_V2_RNN]"
      })
  void recurrentCellsAreForStreamsAlone(String key, String problem) {
    assertThat(problems("idx", key)).containsExactly(problem);
  }

  @Test
  void everyMethodIsTakenOrRefusedInOneLine() {
    TreeMap<String, List<String>> refused = new TreeMap<>();
    for (String name : Methods.all().stream().map(Methods::name).toList()) {
      List<String> problems = problems("words", "search.method=" + name);
      if (!problems.isEmpty()) {
        refused.put(name, problems);
      }
    }

    assertThat(refused.keySet())
        .containsExactly("darts-minus", "fair-darts", "p-darts", "pc-darts");
    assertThat(refused.values()).allSatisfy(problems -> assertThat(problems).hasSize(1));
    assertThat(problems("words", "search.method={name=fair-darts, threshold=0}")).isEmpty();
    assertThat(problems("words", "search.method=darts", "search.order=second")).isEmpty();
  }

  @Test
  void givenCellsTakeNoSearch() {
    RunConfig config =
        load(
            "words",
            "retrain.candidates=[DARTS_V1_RNN, ENAS_RNN, baseline-tanh, random-1,"
                + " \"recurrent=[tanh:0|relu:1]\"]");

    assertThat(config.retrain().needsSearch()).isFalse();
    assertThat(RunConfigLoader.load("config.conf", config.render(), List.of())).isEqualTo(config);
  }

  /** So a run of images that goes on is filed under the keys it was begun with. */
  @Test
  void configurationsOfImagesHaveNoKeysOfRecurrentCells() {
    assertThat(load("idx").resolved().keySet())
        .noneMatch(key -> key.contains("regularisation") || key.startsWith("supernet.dropout"));
    assertThat(load("words").resolved().keySet())
        .contains("supernet.dropout.words", "retrain.dropout.words", "space.nodes")
        .noneMatch(key -> key.contains("layers") || key.contains("embedding-width"));
    assertThatThrownBy(() -> load("words", "supernet.sise=3"))
        .hasMessageContaining("unknown key supernet.sise; did you mean supernet.size?");
  }
}
