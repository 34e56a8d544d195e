package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.bilevel.TemperatureSettings.Mode;
import dev.fletch.bilevel.TemperatureSettings.Schedule;
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
