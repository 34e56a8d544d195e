package dev.fletch.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final Metric ACCURACY = Metrics.ACCURACY;

  @Test
  void accuracyIsTheShareOfRightAnswers() {
    assertThat(ACCURACY.of(new Score(1.7, 0.25, 8))).isEqualTo(0.25);
    assertThat(ACCURACY.of(new Score(Double.NaN, Double.NaN, 0))).isNaN();
  }

  @Test
  void theHigherAccuracyComesFirstAndNaNLast() {
    List<Double> figures = new ArrayList<>(Arrays.asList(0.5, Double.NaN, 0.0, 0.9, Double.NaN));
    figures.sort(ACCURACY.bestFirst());
    assertThat(figures).containsExactly(0.9, 0.5, 0.0, Double.NaN, Double.NaN);
  }

  @Test
  void anyNumberIsBetterThanNaNAndNoneThanItself() {
    assertThat(ACCURACY.isBetter(0.6, 0.5)).isTrue();
    assertThat(ACCURACY.isBetter(0.5, 0.5)).isFalse();
    assertThat(ACCURACY.isBetter(0.4, 0.5)).isFalse();
    assertThat(ACCURACY.isBetter(0, Double.NaN)).isTrue();
    assertThat(ACCURACY.isBetter(Double.NaN, 0)).isFalse();
    assertThat(ACCURACY.isBetter(Double.NaN, Double.NaN)).isFalse();
  }

  @Test
  void figuresThatDifferByRoundingAreLevel() {
    assertThat(ACCURACY.isLevel(0.1 + 0.2, 0.3)).isTrue();
    assertThat(ACCURACY.isLevel(0.3001, 0.3)).isFalse();
    assertThat(ACCURACY.isLevel(Double.NaN, Double.NaN)).isFalse();
  }

  @Test
  void peopleReadPerCent() {
    assertThat(ACCURACY.text(0.8364)).isEqualTo("83.64 %");
    assertThat(ACCURACY.text(1)).isEqualTo("100.00 %");
    assertThat(ACCURACY.text(Double.NaN)).isEqualTo("–");
  }

  @Test
  void fieldsNameThePartAndTheMetric() {
    assertThat(List.of("train", "validation", "test"))
        .map(ACCURACY::field)
        .containsExactly("trainAccuracy", "validationAccuracy", "testAccuracy");
  }

  @Test
  void aMetricIsFoundByItsName() {
    assertThat(Metrics.named("accuracy")).isEqualTo(ACCURACY);
    assertThatThrownBy(() -> Metrics.named("speed"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metric must be one of accuracy, perplexity, got speed");
  }
}
