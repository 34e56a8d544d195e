package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.StepId;
import dev.fletch.nn.MixingFunction;
import dev.fletch.supernet.DirectRelaxation;
import dev.fletch.supernet.LinearHypernetwork;
import dev.fletch.supernet.SigmoidRelaxation;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What alpha minimises besides the loss. */
class PenaltyTest {
  private static final StepId AT = new StepId(30, 4);
  private static final float[] ALPHA = {0.5f, -1.5f, 0.25f, 2, -0.125f, 1};
  private static final SoftmaxRelaxation SOFTMAX = new SoftmaxRelaxation(3, 1);
  private static final double[] COSTS = {0, 0.1, 0.4, 0.05, 0.2, 0.3};

  static Stream<Arguments> penalties() {
    ComplexityPenalty complexity = new ComplexityPenalty(COSTS, at -> 0.1 * at.epoch());
    return Stream.of(
        Arguments.of(new L1Penalty(0.3), SOFTMAX, 0.3 * 5.375),
        Arguments.of(new LogSumExpPenalty(3, 50, 100), SOFTMAX, logSumExp()),
        Arguments.of(new ZeroOnePenalty(10), new SigmoidRelaxation(), zeroOne()),
        // 3 * (0.1 * 1.5 + 0.4 * 0.25 + 0.05 * 2 + 0.2 * 0.125 + 0.3)
        Arguments.of(complexity, new DirectRelaxation(), 3 * 0.675),
        Arguments.of(complexity, SOFTMAX, 3 * expectedCost()));
  }

  /** lambda = 50 * 30 / 100, mean over two edges. */
  private static double logSumExp() {
    double first = Math.log(Math.exp(0.5) + Math.exp(-1.5) + Math.exp(0.25));
    double second = Math.log(Math.exp(2) + Math.exp(-0.125) + Math.exp(1));
    return 15 * (first + second) / 2;
  }

  private static double zeroOne() {
    double sum = 0;
    for (float alpha : ALPHA) {
      sum += Math.pow(1 / (1 + Math.exp(-alpha)) - 0.5, 2);
    }
    return -10 * sum / 6;
  }

  private static double expectedCost() {
    double cost = 0;
    for (int row = 0; row < 6; row += 3) {
      double sum = Math.exp(ALPHA[row]) + Math.exp(ALPHA[row + 1]) + Math.exp(ALPHA[row + 2]);
      for (int k = row; k < row + 3; k++) {
        cost += COSTS[k] * Math.exp(ALPHA[k]) / sum;
      }
    }
    return cost;
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void valueIsTheFormula(AlphaPenalty penalty, MixingFunction relaxation, double expected) {
    assertThat(penalty.value(ALPHA, relaxation, AT)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void gradientIsAddedAndAgreesWithCentralDifferences(
      AlphaPenalty penalty, MixingFunction relaxation) {
    float[] gradient = {1, 2, 3, 4, 5, 6};
    penalty.addGradient(gradient, ALPHA, relaxation, AT);

    assertAgrees(penalty, ALPHA, relaxation, gradient);
  }

  private static void assertAgrees(
      AlphaPenalty penalty, float[] alpha, MixingFunction relaxation, float[] gradient) {
    for (int i = 0; i < alpha.length; i++) {
      float[] plus = alpha.clone();
      float[] minus = alpha.clone();
      plus[i] += 0x1p-7f;
      minus[i] -= 0x1p-7f;
      double difference =
          (penalty.value(plus, relaxation, AT) - penalty.value(minus, relaxation, AT)) / 0x1p-6;
      assertThat(gradient[i] - (i + 1.0)).isCloseTo(difference, within(2e-4));
    }
  }

  /** b1 gets lambda times the gradient that b2 gets. */
  @Test
  void complexityReachesBothVectorsOfAHypernetwork() {
    LinearHypernetwork hypernetwork = new LinearHypernetwork(SOFTMAX, 0.5);
    float[] trained = {0.5f, -1, 0.25f, 1, 0, -0.5f, 0.125f, 1, -1, 0.75f, -0.5f, 0.25f};
    ComplexityPenalty penalty = new ComplexityPenalty(COSTS, at -> 2);
    float[] gradient = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    penalty.addGradient(gradient, trained, hypernetwork, AT);

    assertAgrees(penalty, trained, hypernetwork, gradient);
  }

  /** 50 e / 100 in a search of 100 epochs, as the published code has it. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0.5", "25, 12.5", "50, 25", "99, 49.5"})
  void weightOfLogSumExpRisesWithTheEpochs(int epoch, double expected) {
    assertThat(new LogSumExpPenalty(8, 50, 100).weightAt(epoch)).isEqualTo(expected);
    float[] gradient = new float[8];
    new LogSumExpPenalty(8, 50, 100)
        .addGradient(gradient, new float[8], SOFTMAX, new StepId(epoch, 0));
    assertThat(gradient).containsOnly((float) (expected / 8));
  }

  @Test
  void largeAlphasStayFinite() {
    float[] alpha = {900, -900, 0};
    float[] gradient = new float[3];
    LogSumExpPenalty penalty = new LogSumExpPenalty(3, 1, 30);
    penalty.addGradient(gradient, alpha, SOFTMAX, AT);

    assertThat(penalty.value(alpha, SOFTMAX, AT)).isEqualTo(900);
    assertThat(gradient).containsExactly(1, 0, 0);
  }

  @Test
  void theZeroOneLossPushesAwayFromOneHalf() {
    float[] gradient = new float[3];
    new ZeroOnePenalty(10).addGradient(gradient, new float[] {-1, 0, 1}, SOFTMAX, AT);

    // -2 * 10 / 3 * (s - 1/2) s (1 - s), s = sigmoid(1) = 0.7310586
    assertThat(gradient).containsExactly(new float[] {0.302863f, 0, -0.302863f}, within(1e-5f));
  }

  @Test
  void penaltiesComeBeforeTheClip() {
    AlphaObjective objective = AlphaObjective.with(new L1Penalty(3)).clippedAt(1);
    float[] gradient = {0, -4};
    objective.complete(gradient, new float[] {-1, 0}, SOFTMAX, AT);

    // (-3, -4) has norm 5
    assertThat(gradient).containsExactly(new float[] {-0.6f, -0.8f}, within(1e-6f));
  }

  @Test
  void costsOfAnotherSpaceAreRefused() {
    assertThatThrownBy(() -> ComplexityPenalty.complexity(COSTS, new float[5]))
        .hasMessage("Cannot weigh 5 mixing weights with 6 costs");
  }
}
