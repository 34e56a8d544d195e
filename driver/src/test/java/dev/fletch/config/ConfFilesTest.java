package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.Cifar100Format;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Stem;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.retrain.RetrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code conf} are valid, and those of papers are at paper scale. */
class ConfFilesTest {
  private static final Path FOLDER = Path.of("..", "conf");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void isValidNamedAfterItsFileAndSaysHowToRunIt(Path file) throws IOException {
    RunConfig config = RunConfigLoader.load(file, List.of());

    assertThat(config.name() + ".conf").isEqualTo(file.getFileName().toString());
    assertThat(config.output()).isEqualTo("runs/" + config.name());
    String command = RunConfigLoader.loadSweep(file, List.of()).isPresent() ? "sweep" : "run";
    assertThat(Files.readString(file))
        .contains("deploy/fletch " + command + " conf/" + file.getFileName());
  }

  /** A budget of time would have another machine find another structure. */
  @ParameterizedTest
  @MethodSource("files")
  void whatASearchFindsDoesNotDependOnTheMachine(Path file) throws IOException {
    RunConfigLoader.load(file, List.of())
        .population()
        .ifPresent(population -> assertThat(population.budget().minutes()).isZero());
  }

  @Test
  void dartsSpellsOutTheDefaultsOfThePaper() {
    RunConfig config = load("darts-cifar10.conf", "search.order=first");
    RunConfig bare =
        RunConfigLoader.load(
            "bare",
            "fletch { name = a, output = b, data { format = cifar10, path = c } }",
            List.of());

    assertThat(config.supernet()).isEqualTo(bare.supernet());
    assertThat(config.search()).isEqualTo(bare.search());
    assertThat(config.retrain().network()).isEqualTo(bare.retrain().network());
    assertThat(config.retrain().weightsRate()).isEqualTo(bare.retrain().weightsRate());
    assertThat(config.retrain().augmentation()).isEqualTo(bare.retrain().augmentation());
  }

  /** Section 3.1 and appendix A.1.2 of the paper; cnn/train.py of its code. */
  @Test
  void dartsIsEvaluatedAsInThePaper() {
    RetrainSettings retrain = load("darts-cifar10.conf").retrain();

    assertThat(retrain.network())
        .isEqualTo(new CandidateSettings(36, 20, Stem.CIFAR, 3, 0.4, 0.2, 600, 0));
    assertThat(retrain.batch()).isEqualTo(96);
    assertThat(retrain.gradientClip()).isEqualTo(5);
    assertThat(retrain.augmentation()).isEqualTo(new AugmentationSettings(4, true, 16));
    assertThat(retrain.weights()).isEqualTo(new SgdSettings(0.9, 3e-4));
    assertThat(retrain.weightsRate().at(0, 600)).isEqualTo(0.025);
    assertThat(retrain.weightsRate().at(300, 600)).isCloseTo(0.0125, within(1e-12));
    assertThat(retrain.weightsRate().minimum()).isZero();
  }

  @Test
  void temperatureDecayDiffersFromDartsInItsTemperatureAlone() {
    RunConfig darts = load("darts-cifar10.conf");
    RunConfig decay = load("td-darts-cifar10.conf");

    assertThat(decay.search().temperature())
        .isEqualTo(
            new TemperatureSettings(
                TemperatureSettings.Schedule.LINEAR, 10, 0.1, TemperatureSettings.Mode.SOFTMAX));
    assertThat(
            load(
                    "td-darts-cifar10.conf",
                    "search.method=darts",
                    "search.temperature={schedule=constant, from=1, to=1}")
                .search())
        .isEqualTo(darts.search());
    assertThat(decay.retrain().network()).isEqualTo(darts.retrain().network());
    assertThat(load("td-darts-cifar100.conf").data().format()).isEqualTo(new Cifar100Format());
    assertThat(load("td-darts-cifar100.conf").search()).isEqualTo(decay.search());
    assertThat(load("td-darts-cifar100.conf").retrain()).isEqualTo(decay.retrain());
    assertThat(load("td-darts-learned-temperature-cifar100.conf").retrain())
        .isEqualTo(decay.retrain());
  }

  private static RunConfig load(String file, String... overrides) {
    return RunConfigLoader.load(FOLDER.resolve(file), List.of(overrides));
  }
}
