package dev.fletch.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.StepId;
import dev.fletch.supernet.ArgmaxRelaxation;
import dev.fletch.supernet.AuxiliaryColumn;
import dev.fletch.supernet.EnsembleCodeRelaxation;
import dev.fletch.supernet.GumbelNoise;
import dev.fletch.supernet.GumbelRelaxation;
import dev.fletch.supernet.HardGumbelRelaxation;
import dev.fletch.supernet.LearnedTemperatureRelaxation;
import dev.fletch.supernet.SoftmaxRelaxation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What falls during a search, at the epochs of the published codes. */
class TemperaturesTest {
  /** As wldyd920/TA-DARTS has it: visualization/temp_cal.py. */
  @ParameterizedTest
  @CsvSource({"0, 10", "1, 9.798", "25, 4.949", "40, 1.918", "45, 0.908", "48, 0.302", "49, 0.1"})
  void temperatureDecay(int epoch, double expected) {
    RelaxationSchedule schedule =
        Spaces.compose(new TdDarts(), Spaces.small(50, Spaces.linear(10, 0.1))).relaxations();

    double t = schedule.temperature(epoch, new float[0]);
    assertThat(t).isCloseTo(expected, within(5e-4));
    assertThat(schedule.training(new StepId(epoch, 3))).isEqualTo(new SoftmaxRelaxation(3, t));
    assertThat(schedule.evaluation(epoch)).isEqualTo(new SoftmaxRelaxation(3, t));
    assertThat(schedule.strength(epoch)).isEqualTo(new SoftmaxRelaxation(3, t));
    assertThat(schedule.at(0.5)).contains(new SoftmaxRelaxation(3, 0.5));
  }

  /** 10 - 9.9 e / (E - 1), as AutoDL-Projects has it, of 250 epochs. */
  @ParameterizedTest
  @CsvSource({"0, 10", "1, 9.960241", "124, 5.069880", "248, 0.139759", "249, 0.1"})
  void gdas(int epoch, double expected) {
    RelaxationSchedule schedule =
        Spaces.compose(new Gdas(), Spaces.small(250, Spaces.linear(10, 0.1))).relaxations();

    double t = schedule.temperature(epoch, new float[0]);
    assertThat(t).isCloseTo(expected, within(1e-6));
    StepId at = new StepId(epoch, 5);
    assertThat(schedule.training(at))
        .isEqualTo(new HardGumbelRelaxation(3, t, 1, new GumbelNoise(7, at)));
    assertThat(schedule.evaluation(epoch)).isEqualTo(new ArgmaxRelaxation(3));
    assertThat(schedule.strength(epoch)).isEqualTo(new SoftmaxRelaxation(3, 1));
  }

  /** 1 to 0.03 over 150 epochs, as SNAS-Series has it. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0.993490", "75, 0.511745", "149, 0.03"})
  void snas(int epoch, double expected) {
    RelaxationSchedule schedule =
        Spaces.compose(new Snas(10), Spaces.small(150, Spaces.linear(1, 0.03))).relaxations();

    double t = schedule.temperature(epoch, new float[0]);
    assertThat(t).isCloseTo(expected, within(1e-6));
    StepId at = new StepId(epoch, 5);
    assertThat(schedule.training(at)).isEqualTo(new GumbelRelaxation(3, t, new GumbelNoise(7, at)));
    assertThat(schedule.evaluation(epoch)).isEqualTo(new SoftmaxRelaxation(3, t));
  }

  @Test
  void ensemblesDrawAllTheirSamplesAtTheTemperatureOfTheEpoch() {
    RelaxationSchedule schedule =
        Spaces.compose(new DartsEgs(4), Spaces.small(11, Spaces.linear(10, 0.1))).relaxations();

    StepId at = new StepId(5, 2);
    assertThat(schedule.training(at))
        .isEqualTo(new HardGumbelRelaxation(3, 5.05, 4, new GumbelNoise(7, at)));
    assertThat(schedule.evaluation(5)).isEqualTo(new EnsembleCodeRelaxation(3, 4));
    assertThat(schedule.strength(5)).isEqualTo(new SoftmaxRelaxation(3, 1));
  }

  /** Meituan-AutoML/DARTS-, DecayScheduler: base 1, T_max 50. */
  @ParameterizedTest
  @CsvSource({
    "LINEAR, 0, 1",
    "LINEAR, 10, 0.8",
    "LINEAR, 49, 0.02",
    "COSINE, 0, 1",
    "COSINE, 10, 0.90450850",
    "COSINE, 25, 0.5",
    "COSINE, 49, 0.00098664",
    "SLOW_COSINE, 0, 1",
    "SLOW_COSINE, 25, 0.70710678",
    "SLOW_COSINE, 49, 0.03141076",
    "CONSTANT, 0, 1",
    "CONSTANT, 49, 1"
  })
  void auxiliarySkipFades(DartsMinus.Decay decay, int epoch, double expected) {
    SearchSpace space = Spaces.small(50, Spaces.ONE);
    assertThat(new DartsMinus(1, decay).betaAt(epoch, 50)).isCloseTo(expected, within(1e-8));

    DartsMinus half = new DartsMinus(0.5, decay);
    AuxiliaryColumn expectedColumn =
        new AuxiliaryColumn(new SoftmaxRelaxation(3, 1), 3, half.betaAt(epoch, 50));
    RelaxationSchedule schedule = Spaces.compose(half, space).relaxations();
    assertThat(schedule.training(new StepId(epoch, 1))).isEqualTo(expectedColumn);
    assertThat(schedule.evaluation(epoch)).isEqualTo(expectedColumn);
    assertThat(expectedColumn.weight()).isCloseTo(expected / 2, within(1e-8));
  }

  @ParameterizedTest
  @EnumSource
  void auxiliarySkipsNeverHelpMoreThanAtFirst(DartsMinus.Decay decay) {
    DartsMinus method = new DartsMinus(1, decay);
    for (int epoch = 1; epoch < 50; epoch++) {
      assertThat(method.betaAt(epoch, 50)).isBetween(0.0, method.betaAt(epoch - 1, 50));
    }
  }

  @Test
  void aLearnedTemperatureBeginsWhereItIsSet() {
    SearchSpace space = Spaces.small(50, Spaces.constant(5));
    Composition composition = Spaces.compose(new TdDartsLearnedTemperature(), space);
    float[] vector = composition.alpha().initial().apply(3);

    assertThat(vector).hasSize(31).startsWith(space.layout().initial(3));
    assertThat(composition.relaxations().temperature(4, vector)).isCloseTo(5, within(1e-6));
    assertThat(composition.relaxations().training(new StepId(0, 0)))
        .isEqualTo(new LearnedTemperatureRelaxation(3));
    vector[30] = (float) Math.log(0.5);
    assertThat(composition.relaxations().temperature(4, vector)).isCloseTo(0.5, within(1e-6));
  }
}
