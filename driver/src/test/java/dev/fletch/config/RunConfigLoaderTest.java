package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunConfigLoaderTest {
  private static final String MINIMAL =
      """
      fletch {
        name = small
        output = runs/small
        data { format = idx, path = some/folder }
      }
      """;

  @TempDir Path folder;

  @Test
  void theDefaultsAreThoseOfTheDartsPaper() {
    RunConfig config = load(MINIMAL);

    assertThat(config.seed()).isZero();
    assertThat(config.data().format()).isEqualTo(new IdxFormat());
    assertThat(config.data().searchPortion()).isEqualTo(0.5);
    assertThat(config.supernet()).isEqualTo(new SupernetSettings(16, 8, 4, 3, Operation.DARTS));
    assertThat(config.search().order()).isEqualTo(1);
    assertThat(config.search().epochs()).isEqualTo(50);
    assertThat(config.search().batch()).isEqualTo(64);
    assertThat(config.search().gradientClip()).isEqualTo(5);
    assertThat(config.search().weights()).isEqualTo(new SgdSettings(0.9, 3e-4));
    assertThat(config.search().weightsRate())
        .isEqualTo(new LearningRateSettings(LearningRateSettings.Schedule.COSINE, 0.025, 0.001));
    assertThat(config.search().alpha()).isEqualTo(new AdamSettings(0.5, 0.999, 1e-8, 1e-3));
    assertThat(config.search().alphaRate())
        .isEqualTo(new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 3e-4, 3e-4));
    assertThat(config.search().temperature())
        .isEqualTo(
            new TemperatureSettings(
                TemperatureSettings.Schedule.CONSTANT, 1, 1, TemperatureSettings.Mode.SOFTMAX));
    assertThat(config.search().augmentation()).isEqualTo(new AugmentationSettings(4, true, 0));
    assertThat(config.retrain().network())
        .isEqualTo(new CandidateSettings(36, 20, 3, 0.4, 0.2, 600));
    assertThat(config.retrain().batch()).isEqualTo(96);
    assertThat(config.retrain().weightsRate().minimum()).isZero();
    assertThat(config.retrain().augmentation()).isEqualTo(new AugmentationSettings(4, true, 16));
  }

  @Test
  void overridesWinWithAndWithoutTheRootAndTheLastOneMost() {
    RunConfig config =
        load(
            MINIMAL,
            "fletch.search.epochs=7",
            "search.batch=8",
            "search.batch=9",
            "output=hdfs://name-node:8020/runs/x",
            "retrain.seeds=[3, 4]",
            "report.title=\"Two words\"",
            "search.augmentation.flip=false",
            "space { nodes = 2 }".replace(" {", "={"));

    assertThat(config.search().epochs()).isEqualTo(7);
    assertThat(config.search().batch()).isEqualTo(9);
    assertThat(config.output()).isEqualTo("hdfs://name-node:8020/runs/x");
    assertThat(config.retrain().seeds()).containsExactly(3L, 4L);
    assertThat(config.report().title()).isEqualTo("Two words");
    assertThat(config.search().augmentation().flip()).isFalse();
    assertThat(config.supernet().nodes()).isEqualTo(2);
    assertThat(config.supernet().operations()).isEqualTo(Operation.DARTS);
  }

  @Test
  void anotherOptimizerBringsItsOwnDefaults() {
    RunConfig config =
        load(MINIMAL, "search.weights.optimizer=adam", "search.weights.learning-rate=1e-3");

    assertThat(config.search().weights()).isEqualTo(new AdamSettings(0.5, 0.999, 1e-8, 1e-3));
    assertThat(config.search().weightsRate())
        .isEqualTo(new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 1e-3, 1e-3));
  }

  @Test
  void theMinimumOfAConstantRateFollowsTheRate() {
    RunConfig config = load(MINIMAL, "search.alpha.learning-rate=1e-4");

    assertThat(config.search().alphaRate().minimum()).isEqualTo(1e-4);
  }

  @Test
  void includesAreRelativeToTheFileAndSubstitutionsSeeTheDefaults() throws IOException {
    Files.writeString(folder.resolve("shared.conf"), MINIMAL);
    Path file = folder.resolve("run.conf");
    Files.writeString(
        file, "include \"shared.conf\"\nfletch.search.threads = ${fletch.retrain.parallel}\n");

    RunConfig config = RunConfigLoader.load(file, List.of());

    assertThat(config.name()).isEqualTo("small");
    assertThat(config.search().threads()).isEqualTo(2);
  }

  @Test
  void theRenderedTextLoadsToAnEqualConfiguration() {
    RunConfig config =
        load(
            MINIMAL,
            "name=odd",
            "seed=-9007199254740993",
            "data.path=a \"quoted\" \\ path",
            "search.order=second",
            "retrain.weights.optimizer=adam",
            "search.alpha.optimizer=sgd",
            "search.temperature={schedule=exponential, from=10, to=0.1, mode=rescale}",
            "retrain.candidates=[last, epoch-3]");

    RunConfig again = RunConfigLoader.load("config.conf", config.render(), List.of());

    assertThat(again).isEqualTo(config);
    assertThat(config.render())
        .contains("seed = -9007199254740993\n")
        .contains("    temperature {\n      schedule = \"exponential\"\n      from = 10.0\n");
  }

  @Test
  void theResolvedKeysHoldEveryValue() {
    assertThat(load(MINIMAL, "retrain.seeds=[1, 2]").resolved())
        .containsEntry("name", "\"small\"")
        .containsEntry("search.batch", "64")
        .containsEntry("search.weights.momentum", "0.9")
        .containsEntry("retrain.seeds", "[1, 2]")
        .containsKeys(
            RunConfigLoader.defaults().getConfig(RunConfigLoader.ROOT).entrySet().stream()
                .map(Map.Entry::getKey)
                .toArray(String[]::new));
  }

  @Test
  void aMissingFileAndAFolderAreProblemsOfTheFile() {
    Path missing = folder.resolve("nowhere.conf");

    assertThat(failure(missing)).hasMessage(missing + ": no such file, or not readable");
    assertThat(failure(folder)).hasMessage(folder + ": is a folder, not a file");
  }

  @Test
  void aProblemInAnIncludedFileNamesThatFile() throws IOException {
    Files.writeString(folder.resolve("shared.conf"), MINIMAL + "fletch.seed = soon\n");
    Path file = folder.resolve("run.conf");
    Files.writeString(file, "include \"shared.conf\"\nfletch.search.epochs = 0\n");

    ConfigException exception = failure(file);

    assertThat(exception.problems())
        .extracting(ConfigProblem::toString)
        .containsExactly(
            file + ":2: search.epochs must be >= 1, got 0",
            folder.resolve("shared.conf") + ":6: seed must be a whole number, got \"soon\"");
  }

  private static ConfigException failure(Path file) {
    return catchThrowableOfType(() -> RunConfigLoader.load(file, List.of()), ConfigException.class);
  }

  private static RunConfig load(String text, String... overrides) {
    return RunConfigLoader.load("run.conf", text, List.of(overrides));
  }
}
