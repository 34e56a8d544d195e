package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.bilevel.UnrolledSettings;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.AveragedSgdSettings;
import dev.fletch.optimizer.EpochStart;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.LearningRateSettings.Decay;
import dev.fletch.optimizer.LearningRateSettings.Schedule;
import dev.fletch.optimizer.Nd4jUpdaterSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.search.SearchSettings;
import dev.fletch.settings.KeyName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers and schedules of w and alpha, from a file to their settings and back. */
class OptimizerConfigTest {
  private static final String MINIMAL =
      "fletch { name = a, output = b, data { format = idx, path = c } }";

  @Test
  void everyKeyOfAnOptimizerReachesItsSettings() {
    assertOptimizer(
        "{ optimizer = nesterov, momentum = 0.8, weight-decay = 0.1 }",
        new Nd4jUpdaterSettings.NesterovSettings(0.8, 0.1));
    assertOptimizer(
        "{ optimizer = rmsprop, rms-decay = 0.8, epsilon = 0.2, weight-decay = 0.1 }",
        new Nd4jUpdaterSettings.RmsPropSettings(0.8, 0.2, 0.1));
    assertOptimizer(
        "{ optimizer = adagrad, epsilon = 0.2, weight-decay = 0.1 }",
        new Nd4jUpdaterSettings.AdaGradSettings(0.2, 0.1));
    assertOptimizer(
        "{ optimizer = amsgrad, beta1 = 0.8, beta2 = 0.7, epsilon = 0.2, weight-decay = 0.1 }",
        new Nd4jUpdaterSettings.AmsGradSettings(0.8, 0.7, 0.2, 0.1));
    assertOptimizer(
        "{ optimizer = adamax, beta1 = 0.8, beta2 = 0.7, weight-decay = 0.1 }",
        new Nd4jUpdaterSettings.AdaMaxSettings(0.8, 0.7, 0.1));
    assertOptimizer(
        "{ optimizer = nadam, beta1 = 0.8, beta2 = 0.7, epsilon = 0.2, weight-decay = 0.1 }",
        new Nd4jUpdaterSettings.NadamSettings(0.8, 0.7, 0.2, 0.1));
    assertOptimizer(
        "{ optimizer = adadelta, rho = 0.8, epsilon = 0.2, weight-decay = 0.1 }",
        new Nd4jUpdaterSettings.AdaDeltaSettings(0.8, 0.2, 0.1));
    assertOptimizer("{ optimizer = sgd, momentum = 0 }", new SgdSettings(0, 3e-4));
    assertOptimizer("{ optimizer = adam }", new AdamSettings(0.5, 0.999, 1e-8, 1e-3));
  }

  @Test
  void weightsAreAveragedInTrainingsFromScratchThatHoldOutExamples() {
    RunConfig config =
        load("retrain.weights.optimizer=averaged-sgd", "retrain.validation-portion=0.1");

    assertThat(config.retrain().weights()).isEqualTo(new AveragedSgdSettings(8e-7, 5));
    assertThat(config.retrain().weightsRate())
        .isEqualTo(new LearningRateSettings(Schedule.CONSTANT, 20, 20));
    assertThat(RunConfigLoader.load("config.conf", config.render(), List.of())).isEqualTo(config);
    assertThatThrownBy(() -> load("retrain.weights.optimizer=averaged-sgd"))
        .hasMessage(
            "--set: retrain.weights.optimizer must not be averaged-sgd while nothing is held out:"
                + " weights are averaged once the loss on held-out examples no longer falls; set"
                + " validation-portion");
    assertThatThrownBy(
            () ->
                load(
                    "search.weights.optimizer=averaged-sgd", "search.alpha.optimizer=averaged-sgd"))
        .hasMessageContaining(
            "search.weights.optimizer must not be averaged-sgd: weights are averaged in trainings"
                + " from scratch only")
        .hasMessageContaining("search.alpha.optimizer must not be averaged-sgd");
  }

  @Test
  void theUnrolledStepTheStartOfEpochsAndRetriesReachTheirSettings() {
    RunConfig usual = load();
    SearchSettings search = usual.search();
    assertThat(search.unrolled()).isEqualTo(UnrolledSettings.PLAIN);
    assertThat(search.epochStart()).isEqualTo(EpochStart.ZEROS);
    assertThat(usual.retrain().epochStart()).isEqualTo(EpochStart.ZEROS);
    assertThat(usual.retrain().divergenceRetries()).isZero();

    RunConfig other =
        load(
            "data.format=words",
            "search.unrolled-clip=true",
            "search.unrolled-embedding=kept",
            "search.epoch-start=carried",
            "retrain.epoch-start=carried",
            "retrain.divergence-retries=3");
    SearchSettings changed = other.search();
    assertThat(changed.unrolled())
        .isEqualTo(new UnrolledSettings(true, UnrolledSettings.Embedding.KEPT));
    assertThat(changed.epochStart()).isEqualTo(EpochStart.CARRIED);
    assertThat(other.retrain().epochStart()).isEqualTo(EpochStart.CARRIED);
    assertThat(other.retrain().divergenceRetries()).isEqualTo(3);
    assertThat(RunConfigLoader.load("config.conf", other.render(), List.of())).isEqualTo(other);
    assertThatThrownBy(
            () ->
                load(
                    "search.unrolled-embedding=kept",
                    "search.epoch-start=carried",
                    "retrain.epoch-start=carried"))
        .hasMessageContaining(
            "search.unrolled-embedding is only for networks that read streams of words, and idx"
                + " has images")
        .hasMessageContaining("search.epoch-start is only for")
        .hasMessageContaining("retrain.epoch-start is only for");
    assertThatThrownBy(() -> load("retrain.divergence-retries=-1"))
        .hasMessage("--set: retrain.divergence-retries must be >= 0, got -1");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AVERAGED_SGD")
  void everyOptimizerHasDefaultsAndSurvivesRendering(OptimizerKind kind) {
    String name = KeyName.ofConstant(kind);
    RunConfig config =
        load(
            "search.order=second",
            "search.weights.optimizer=" + name,
            "search.alpha.optimizer=" + name,
            "retrain.weights.optimizer=" + name);

    assertThat(OptimizerKind.of(config.search().weights())).isEqualTo(kind);
    assertThat(OptimizerKind.of(config.search().alpha())).isEqualTo(kind);
    assertThat(OptimizerKind.of(config.retrain().weights())).isEqualTo(kind);
    assertThat(RunConfigLoader.load("config.conf", config.render(), List.of())).isEqualTo(config);
  }

  static Stream<Arguments> schedules() {
    return Stream.of(
        Arguments.of("{ schedule = linear }", rate(Schedule.LINEAR, 0.001, Decay.NONE, 0)),
        Arguments.of(
            "{ schedule = cosine, learning-rate-min = 0, learning-rate-warm-up = 5 }",
            rate(Schedule.COSINE, 0, Decay.NONE, 5)),
        Arguments.of("{ schedule = constant }", rate(Schedule.CONSTANT, 0.025, Decay.NONE, 0)),
        Arguments.of(
            "{ schedule = exponential }",
            rate(Schedule.EXPONENTIAL, 0, Decay.everyEpochs(0.97, 1), 0)),
        Arguments.of(
            "{ schedule = exponential, learning-rate-decay = 0.9, learning-rate-warm-up = 2 }",
            rate(Schedule.EXPONENTIAL, 0, Decay.everyEpochs(0.9, 1), 2)),
        Arguments.of("{ schedule = step }", rate(Schedule.STEP, 0, Decay.everyEpochs(0.1, 30), 0)),
        Arguments.of(
            "{ schedule = step, learning-rate-decay = 0.5, learning-rate-decay-every = 10 }",
            rate(Schedule.STEP, 0, Decay.everyEpochs(0.5, 10), 0)),
        Arguments.of(
            "{ schedule = step, learning-rate-milestones = [10, 40] }",
            rate(Schedule.STEP, 0, Decay.at(0.1, List.of(10, 40)), 0)));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void everyScheduleReachesItsSettingsAndSurvivesRendering(
      String section, LearningRateSettings expected) {
    RunConfig config = load("search.weights=" + section);

    assertThat(config.search().weightsRate()).isEqualTo(expected);
    assertThat(RunConfigLoader.load("config.conf", config.render(), List.of())).isEqualTo(config);
  }

  private static LearningRateSettings rate(
      Schedule schedule, double minimum, Decay decay, int warmUp) {
    return new LearningRateSettings(schedule, 0.025, minimum, decay, warmUp);
  }

  private static void assertOptimizer(String section, OptimizerSettings expected) {
    assertThat(load("search.weights=" + section).search().weights()).isEqualTo(expected);
    assertThat(load("search.alpha=" + section).search().alpha()).isEqualTo(expected);
  }

  private static RunConfig load(String... overrides) {
    return RunConfigLoader.load("run.conf", MINIMAL, List.of(overrides));
  }
}
