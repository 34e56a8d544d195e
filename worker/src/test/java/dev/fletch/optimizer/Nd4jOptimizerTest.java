package dev.fletch.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fletch.optimizer.Nd4jUpdaterSettings.AdaDeltaSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.AdaGradSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.AdaMaxSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.AmsGradSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.NadamSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.NesterovSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.RmsPropSettings;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Five steps of four parameters. The last two steps have 0.4 times the learning rate, so that a
 * rate that lingers in a state would show; the last parameter begins with a gradient of zero.
 */
class Nd4jOptimizerTest {
  private static final float[] START = {0.5f, -1.25f, 2.0f, 0};
  private static final float[][] GRADIENTS = {
    {0.1f, -0.2f, 0.3f, 0},
    {0.4f, 0.05f, -0.6f, 0.02f},
    {-0.7f, 0.8f, 0.09f, -0.01f},
    {0.05f, -0.3f, 0.2f, 0.5f},
    {-0.15f, 0.6f, -0.4f, 0.001f}
  };
  private static final double DECAY = 0.01;

  static Stream<Nd4jUpdaterSettings> settings() {
    return Stream.of(
        new NesterovSettings(0.9, DECAY),
        new RmsPropSettings(0.95, 1e-8, DECAY),
        new AdaGradSettings(1e-10, DECAY),
        new AmsGradSettings(0.8, 0.99, 1e-8, DECAY),
        new AdaMaxSettings(0.8, 0.99, DECAY),
        new NadamSettings(0.8, 0.99, 1e-8, DECAY),
        new AdaDeltaSettings(0.9, 1e-6, DECAY));
  }

  /**
   * PyTorch 2.13, float32, weight_decay 0.01: torch.optim.SGD(nesterov=True), RMSprop(alpha=0.95),
   * Adagrad, Adam(amsgrad=True), Adamax(eps=1e-30, as good as ND4J's none) and Adadelta, otherwise
   * with the values above; parameters after one step and after five.
   */
  static Stream<Arguments> pyTorch() {
    return Stream.of(
        arguments(
            new NesterovSettings(0.9, DECAY),
            0.025,
            new float[] {0.495012492f, -1.23990619f, 1.98479998f, 0},
            new float[] {0.501610398f, -1.28436708f, 2.0101738f, -0.0145692993f}),
        arguments(
            new RmsPropSettings(0.95, 1e-8, DECAY),
            0.01,
            new float[] {0.455278665f, -1.20527864f, 1.95527864f, 0},
            new float[] {0.452626765f, -1.26038373f, 1.99025404f, -0.0414896943f}),
        arguments(
            new AdaGradSettings(1e-10, DECAY),
            0.01,
            new float[] {0.49000001f, -1.24000001f, 1.99000001f, 0},
            new float[] {0.48932144f, -1.25218809f, 1.99776793f, -0.00949541852f}),
        arguments(
            new AmsGradSettings(0.8, 0.99, 1e-8, DECAY),
            0.003,
            new float[] {0.497000009f, -1.24699998f, 1.99699998f, 0},
            new float[] {0.495519429f, -1.24811971f, 1.99880755f, -0.00437247474f}),
        arguments(
            new AdaMaxSettings(0.8, 0.99, DECAY),
            0.003,
            new float[] {0.497000009f, -1.24699998f, 1.99699998f, 0},
            new float[] {0.495791227f, -1.24749374f, 1.99836874f, -0.00274053426f}),
        arguments(
            new AdaDeltaSettings(0.9, 1e-6, DECAY),
            1.0,
            new float[] {0.496839166f, -1.24683809f, 1.99683785f, 0},
            new float[] {0.498216361f, -1.25255144f, 2.00023365f, -0.00299057364f}));
  }

  @ParameterizedTest
  @MethodSource("pyTorch")
  void stepsAsPyTorchDoes(
      Nd4jUpdaterSettings settings, double rate, float[] afterOne, float[] afterFive) {
    Offset<Float> rounding = Offset.offset(1e-6f);

    assertThat(after(settings.optimizer(4), rate, 1)).containsExactly(afterOne, rounding);
    assertThat(after(settings.optimizer(4), rate, 5)).containsExactly(afterFive, rounding);
  }

  /** One parameter's formula, step by step, in double precision. */
  private interface Formula {
    /** What w is moved against; {@code t} counts from 1. */
    double update(double g, int t);
  }

  /** ND4J's formulas where they are not PyTorch's, written down from the papers. */
  static Stream<Arguments> formulas() {
    return Stream.of(
        arguments(
            new AmsGradSettings(0.8, 0.99, 0.1, DECAY),
            new Formula[] {amsGrad(), amsGrad(), amsGrad(), amsGrad()}),
        arguments(
            new NadamSettings(0.8, 0.99, 1e-3, DECAY),
            new Formula[] {nadam(), nadam(), nadam(), nadam()}));
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void stepsAsItsFormulaSays(Nd4jUpdaterSettings settings, Formula... formulas) {
    float[] actual = after(settings.optimizer(4), 0.01, 5);

    for (int i = 0; i < START.length; i++) {
      double w = START[i];
      for (int t = 1; t <= 5; t++) {
        w -= rateOf(0.01, t - 1) * formulas[i].update(GRADIENTS[t - 1][i] + DECAY * w, t);
      }
      assertThat((double) actual[i]).as("parameter " + i).isEqualTo(w, Offset.offset(2e-6));
    }
  }

  private static Formula amsGrad() {
    double[] state = new double[3];
    return (g, t) -> {
      state[0] = 0.8 * state[0] + 0.2 * g;
      state[1] = 0.99 * state[1] + 0.01 * g * g;
      state[2] = Math.max(state[2], state[1]);
      double correction = Math.sqrt(1 - Math.pow(0.99, t)) / (1 - Math.pow(0.8, t));
      return correction * state[0] / (Math.sqrt(state[2]) + 0.1);
    };
  }

  private static Formula nadam() {
    double[] state = new double[2];
    return (g, t) -> {
      state[0] = 0.8 * state[0] + 0.2 * g;
      state[1] = 0.99 * state[1] + 0.01 * g * g;
      double ahead = (0.8 * state[0] + 0.2 * g) / (1 - Math.pow(0.8, t));
      return ahead / (Math.sqrt(state[1]) + 1e-3);
    };
  }

  @ParameterizedTest
  @MethodSource("settings")
  void looksAheadByTheVelocityOrByPlainGradientDescent(Nd4jUpdaterSettings settings) {
    Optimizer optimizer = settings.optimizer(4);
    float[] parameters = START.clone();
    optimizer.step(parameters, GRADIENTS[0], 0.01);

    float[] ahead = optimizer.lookAhead(parameters, GRADIENTS[1], 0.01);

    double velocity = settings.momentum() * (0.1 + DECAY * 0.5);
    assertThat((double) ahead[0])
        .isEqualTo(
            parameters[0] - 0.01 * (velocity + 0.4 + DECAY * parameters[0]), Offset.offset(1e-7));
  }

  @Test
  void refusesAStateOfAnotherOptimizer() {
    OptimizerState sgd = new SgdSettings(0.9, 0).optimizer(4).state();

    assertThatThrownBy(() -> new AmsGradSettings(0.9, 0.999, 1e-8, 0).optimizer(4).restore(sgd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot restore AMSGrad: its state has 12 values, got 4; the checkpoint belongs to"
                + " another configuration");
  }

  private static double rateOf(double rate, int step) {
    return step < 3 ? rate : 0.4 * rate;
  }

  private static float[] after(Optimizer optimizer, double rate, int steps) {
    float[] parameters = START.clone();
    for (int step = 0; step < steps; step++) {
      optimizer.step(parameters, GRADIENTS[step], rateOf(rate, step));
    }
    return parameters;
  }
}
