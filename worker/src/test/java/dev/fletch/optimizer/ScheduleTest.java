package dev.fletch.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.optimizer.LearningRateSettings.Decay;
import dev.fletch.optimizer.TemperatureSettings.Mode;
import dev.fletch.optimizer.TemperatureSettings.Schedule;
import dev.fletch.settings.InvalidSettingsException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  @ParameterizedTest
  @CsvSource({"0, 0.025", "1, 0.02497632074113926", "25, 0.013", "49, 0.0010236792588607412"})
  void cosineRateIsThatOfDarts(int epoch, double expected) {
    // 0.001 + 0.024 * (1 + cos(pi * e / 50)) / 2
    var settings = new LearningRateSettings(LearningRateSettings.Schedule.COSINE, 0.025, 0.001);

    assertThat(settings.at(epoch, 50)).isEqualTo(expected, ROUNDING);
  }

  @Test
  void constantRateStays() {
    var settings = new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 3e-4, 1e-4);

    assertThat(settings.at(0, 50)).isEqualTo(3e-4);
    assertThat(settings.at(49, 50)).isEqualTo(3e-4);
  }

  @Test
  void linearRateFallsInEqualStepsAndWouldReachTheMinimumAfterTheLastEpoch() {
    assertRates(
        new LearningRateSettings(LearningRateSettings.Schedule.LINEAR, 0.5, 0.1),
        5,
        0.5,
        0.42,
        0.34,
        0.26,
        0.18);
  }

  @Test
  void exponentialRateIsMultipliedInEveryEpoch() {
    // 0.1 * 0.97^e, as the DARTS code does for ImageNet (StepLR with a period of one epoch)
    assertRates(
        decaying(LearningRateSettings.Schedule.EXPONENTIAL, Decay.everyEpochs(0.97, 1), 0),
        250,
        0.1,
        0.097,
        0.09409,
        0.0912673,
        0.088529281);
  }

  @Test
  void stepRateIsMultipliedEverySoManyEpochs() {
    assertRates(
        decaying(LearningRateSettings.Schedule.STEP, Decay.everyEpochs(0.1, 2), 0),
        7,
        0.1,
        0.1,
        0.01,
        0.01,
        0.001,
        0.001,
        0.0001);
  }

  @Test
  void stepRateIsMultipliedAtMilestones() {
    assertRates(
        decaying(LearningRateSettings.Schedule.STEP, Decay.at(0.5, List.of(1, 4, 5)), 0),
        7,
        0.1,
        0.05,
        0.05,
        0.05,
        0.025,
        0.0125,
        0.0125);
  }

  @Test
  void warmUpRisesToTheRateAndThenTheScheduleGoesOnUnshifted() {
    assertRates(
        decaying(LearningRateSettings.Schedule.STEP, Decay.everyEpochs(0.1, 3), 4),
        7,
        0.025,
        0.05,
        0.075,
        0.1,
        0.01,
        0.01,
        0.001);
    assertRates(
        new LearningRateSettings(LearningRateSettings.Schedule.LINEAR, 0.5, 0, Decay.NONE, 2),
        5,
        0.25,
        0.5,
        0.3,
        0.2,
        0.1);
  }

  @Test
  void aScheduleTakesOnlyWhatItUses() {
    assertThatThrownBy(
            () ->
                new LearningRateSettings(
                    LearningRateSettings.Schedule.STEP, 0.1, 0.01, Decay.everyEpochs(0.1, 2), 0))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("must be 0 when schedule is exponential or step, got 0.01");
    assertThatThrownBy(
            () -> decaying(LearningRateSettings.Schedule.COSINE, Decay.everyEpochs(0.1, 2), 0))
        .hasMessageContaining("must be left out unless schedule is exponential or step");
    assertThatThrownBy(
            () -> decaying(LearningRateSettings.Schedule.EXPONENTIAL, Decay.at(0.1, List.of(2)), 0))
        .hasMessageContaining("must be 1 when schedule is exponential, got 0");
    assertThatThrownBy(() -> Decay.at(0.1, List.of(3, 3)))
        .hasMessageContaining("must be epochs > 0 in rising order, got [3, 3]");
    assertThatThrownBy(() -> Decay.everyEpochs(1.5, 1))
        .hasMessageContaining("must be <= 1, got 1.5");
  }

  private static LearningRateSettings decaying(
      LearningRateSettings.Schedule schedule, Decay decay, int warmUp) {
    return new LearningRateSettings(schedule, 0.1, 0, decay, warmUp);
  }

  private static void assertRates(LearningRateSettings settings, int epochs, double... expected) {
    for (int epoch = 0; epoch < expected.length; epoch++) {
      assertThat(settings.at(epoch, epochs))
          .as("epoch " + epoch)
          .isEqualTo(expected[epoch], ROUNDING);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "1, 9.798", "25, 4.949", "40, 1.918", "45, 0.908", "48, 0.302", "49, 0.1"})
  void linearTemperatureIsThatOfTheSource(int epoch, double expected) {
    var settings = new TemperatureSettings(Schedule.LINEAR, 10, 0.1, Mode.SOFTMAX);

    assertThat(settings.at(epoch, 50)).isEqualTo(expected, Offset.offset(5e-4));
  }

  @ParameterizedTest
  @EnumSource(value = Schedule.class, names = "CONSTANT", mode = EnumSource.Mode.EXCLUDE)
  void everyScheduleRunsExactlyBetweenItsEnds(Schedule schedule) {
    var settings = new TemperatureSettings(schedule, 10, 0.1, Mode.SOFTMAX);

    assertThat(settings.at(0, 50)).isEqualTo(10);
    assertThat(settings.at(49, 50)).isEqualTo(0.1);
    for (int epoch = 1; epoch < 50; epoch++) {
      assertThat(settings.at(epoch, 50)).isLessThan(settings.at(epoch - 1, 50));
    }
    assertThat(settings.at(0, 1)).isEqualTo(10);
  }

  @Test
  void theMiddleTellsTheSchedulesApart() {
    // epoch 2 of 5 is half-way: arithmetic mean, the same by symmetry of the cosine, geometric
    // mean;
    // epoch 1 is a quarter: 7.525, 10 + (0.1 - 10) * (1 - cos(pi / 4)) / 2, 10^(3/4) * 0.1^(1/4)
    assertThat(temperature(Schedule.LINEAR, 2)).isEqualTo(5.05, ROUNDING);
    assertThat(temperature(Schedule.COSINE, 2)).isEqualTo(5.05, ROUNDING);
    assertThat(temperature(Schedule.EXPONENTIAL, 2)).isEqualTo(1, ROUNDING);
    assertThat(temperature(Schedule.LINEAR, 1)).isEqualTo(7.525, ROUNDING);
    assertThat(temperature(Schedule.COSINE, 1)).isEqualTo(8.550178566873411, ROUNDING);
    assertThat(temperature(Schedule.EXPONENTIAL, 1)).isEqualTo(3.1622776601683795, ROUNDING);
  }

  @Test
  void constantTemperatureStays() {
    var settings = new TemperatureSettings(Schedule.CONSTANT, 2.5, 2.5, Mode.SOFTMAX);

    assertThat(settings.at(0, 3)).isEqualTo(2.5);
    assertThat(settings.at(2, 3)).isEqualTo(2.5);
    assertThat(settings.inSoftmax(2, 3)).isEqualTo(2.5);
    assertThat(settings.rescaling(0, 3)).isEqualTo(1);
  }

  @Test
  void rescalingMultipliesUpToOneOverT() {
    var settings = new TemperatureSettings(Schedule.LINEAR, 10, 0.1, Mode.RESCALE);
    double product = 1;

    for (int epoch = 0; epoch < 50; epoch++) {
      product *= settings.rescaling(epoch, 50);
      assertThat(product * settings.at(epoch, 50)).isEqualTo(1, Offset.offset(1e-9));
      assertThat(settings.inSoftmax(epoch, 50)).isEqualTo(1);
    }
  }

  @Test
  void rescalingWaitsForAChangeOfTemperature() {
    var settings = new TemperatureSettings(Schedule.CONSTANT, 4, 4, Mode.RESCALE);

    assertThat(settings.rescaling(0, 3)).isEqualTo(0.25);
    assertThat(settings.rescaling(1, 3)).isEqualTo(1);
  }

  private static double temperature(Schedule schedule, int epoch) {
    return new TemperatureSettings(schedule, 10, 0.1, Mode.SOFTMAX).at(epoch, 5);
  }
}
