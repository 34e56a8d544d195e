package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Score;
import dev.fletch.gradient.Vectors;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings;
import dev.fletch.optimizer.Optimizer;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.optimizer.OptimizerState;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightStep;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BilevelStepTest {
  private static final StepId AT = new StepId(3, 7);
  private static final SgdSettings SGD = new SgdSettings(0.9, 0.01);
  private static final AdamSettings ADAM = new AdamSettings(0.5, 0.999, 1e-8, 1e-3);
  private static final float[] VELOCITY = {0.5f, -0.25f};
  private static final double ETA = 0.1;

  /** p = 2 alpha: simple, and a forgotten backward pass shows as a factor. */
  private static final MixingFunction DOUBLING =
      new MixingFunction() {
        @Override
        public float[] mixing(float[] alpha) {
          return Vectors.moved(alpha, 1, alpha);
        }

        @Override
        public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
          return Vectors.moved(mixingGradient, 1, mixingGradient);
        }
      };

  private final QuadraticSource source = new QuadraticSource();

  @Test
  void firstOrderHoldsWConstant() {
    SearchState state = state(SGD.optimizer(2));

    AlphaGradient.Result result = AlphaGradient.ofOrder(1).take(source, state, DOUBLING, AT, ETA);

    assertThat(result.alpha()).containsExactly(0.4f, 0.1f, -0.6f);
    assertThat(result.validation()).isEqualTo(new Score(2, 0.5, 1));
    assertThat(source.requests)
        .containsExactly(new GradientRequest(Portion.ALPHA, AT, Wanted.MIXING));
    assertThat(state.training().statistics().array())
        .containsExactly(new float[] {1.9f}, Offset.offset(1e-6f));
  }

  @Test
  void unrolledGradientIsTheAnalyticOne() {
    SearchState state = state(sgdInMotion());
    float[] w = state.training().weights().array().clone();
    float[] p = DOUBLING.mixing(state.alpha());

    float[] gradient = AlphaGradient.ofOrder(2).take(source, state, DOUBLING, AT, ETA).alpha();

    double[] expected = QuadraticSource.unrolled(w, VELOCITY, p, SGD, ETA);
    for (int k = 0; k < 3; k++) {
      assertThat((double) gradient[k]).isEqualTo(2 * expected[k], Offset.offset(2e-5));
      // What (plus - minus) / 2 * R instead of / (2 * R) would give: the implicit term vanishes.
      assertThat((double) gradient[k]).isNotCloseTo(2 * QuadraticSource.D[k], Offset.offset(1e-2));
    }
    assertThat(state.training().weights().array()).containsExactly(w);
    assertThat(state.training().optimizer().state().values()).containsExactly(VELOCITY);
  }

  @Test
  void unrolledGradientTakesThreeExchangesOfTheSameStep() {
    SearchState state = state(SGD.optimizer(2));

    AlphaGradient.ofOrder(2).take(source, state, DOUBLING, AT, ETA);

    assertThat(source.requests)
        .containsExactly(
            new GradientRequest(Portion.WEIGHTS, AT, Wanted.LOSS_WEIGHTS),
            new GradientRequest(Portion.ALPHA, AT, Wanted.LOSS_BOTH),
            new GradientRequest(Portion.WEIGHTS, AT, Wanted.MIXING));
  }

  @Test
  void forwardsAtTheUnrolledWeightsLeaveTheRunningStatisticsAlone() {
    SearchState state = state(SGD.optimizer(2));

    AlphaGradient.ofOrder(2).take(source, state, DOUBLING, AT, ETA);

    // points 1 (train gradient), 3 and 4 (beside w) count, point 2 (at w') does not; from 2:
    // 0.9 * (0.9 * (0.9 * 2 + 0.1 * 1) + 0.1 * 3) + 0.1 * 4
    assertThat(state.training().statistics().array())
        .containsExactly(new float[] {2.209f}, Offset.offset(1e-6f));
  }

  @Test
  void aFlatValidationLossLeavesTheDirectTerm() {
    // eta = 0 keeps w' = w, and w = c makes dL_val/dw' = 0
    SearchState state = state(SGD.optimizer(2));
    state.training().weights().array()[0] = (float) QuadraticSource.C[0];
    state.training().weights().array()[1] = (float) QuadraticSource.C[1];

    float[] gradient = AlphaGradient.ofOrder(2).take(source, state, DOUBLING, AT, 0).alpha();

    assertThat(gradient).containsExactly(new float[] {0.4f, 0.1f, -0.6f}, Offset.offset(1e-6f));
  }

  @ParameterizedTest
  @MethodSource("withoutMomentum")
  void withoutMomentumTheVirtualStepIsPlainGradientDescent(OptimizerSettings settings) {
    Optimizer moved = settings.optimizer(2);
    moved.step(new float[] {1, 2}, new float[] {0.3f, -0.1f}, 0.1); // a state that must not matter

    AlphaGradient.Result plain = secondOrder(new SgdSettings(0, 0.01).optimizer(2));

    assertThat(secondOrder(moved).alpha()).containsExactly(plain.alpha());
    assertThat(plain.alpha()).isNotEqualTo(secondOrder(sgdInMotion()).alpha());
  }

  static Stream<OptimizerSettings> withoutMomentum() {
    return Stream.of(
        new AdamSettings(0.5, 0.999, 1e-8, 0.01),
        new Nd4jUpdaterSettings.RmsPropSettings(0.9, 1e-8, 0.01),
        new Nd4jUpdaterSettings.AmsGradSettings(0.9, 0.999, 1e-8, 0.01));
  }

  @Test
  void nesterovUnrollsAlongItsVelocity() {
    Optimizer nesterov = new Nd4jUpdaterSettings.NesterovSettings(0.9, 0.01).optimizer(2);
    nesterov.restore(new OptimizerState(new float[] {-VELOCITY[0], -VELOCITY[1]}, 1));

    assertThat(secondOrder(nesterov).alpha()).containsExactly(secondOrder(sgdInMotion()).alpha());
  }

  private AlphaGradient.Result secondOrder(Optimizer weights) {
    return AlphaGradient.ofOrder(2).take(source, state(weights), DOUBLING, AT, ETA);
  }

  /** Against central differences of the penalty at the same alpha. */
  @Test
  void anL1PenaltyAddsItsOwnGradient() {
    double weight = 0.25;
    SearchState state = state(SGD.optimizer(2));
    state.alpha()[0] = -0.5f;
    state.alpha()[1] = 0;
    float[] plain = AlphaGradient.ofOrder(1).take(source, state, DOUBLING, AT, ETA).alpha();
    float[] penalized =
        AlphaGradient.ofOrder(1)
            .with(AlphaObjective.with(new L1Penalty(weight)))
            .take(source, state, DOUBLING, AT, ETA)
            .alpha();

    for (int i = 0; i < plain.length; i++) {
      double a = state.alpha()[i];
      double h = 1e-3;
      double expected = weight * (Math.abs(a + h) - Math.abs(a - h)) / (2 * h);
      assertThat((double) penalized[i] - plain[i]).isEqualTo(expected, Offset.offset(1e-6));
    }
    assertThat(AlphaGradient.ofOrder(2).with(AlphaObjective.CROSS_ENTROPY))
        .isInstanceOf(UnrolledAlphaGradient.class);
  }

  @Test
  void otherOrdersAreRefused() {
    assertThatThrownBy(() -> AlphaGradient.ofOrder(3))
        .hasMessage("order must be 1 (first) or 2 (second), got 3");
  }

  @Test
  void alphaStepsFirstAndWSeesTheNewAlpha() {
    SearchState state = state(SGD.optimizer(2));
    float[] w = state.training().weights().array().clone();
    float[] alpha = state.alpha().clone();

    BilevelStep.Result result =
        new BilevelStep(source, AlphaGradient.ofOrder(1), 0)
            .take(state, DOUBLING, AT, new BilevelStep.Rates(ETA, 0.05));

    float[] expectedAlpha = alpha.clone();
    ADAM.optimizer(3).step(expectedAlpha, new float[] {0.4f, 0.1f, -0.6f}, 0.05);
    assertThat(state.alpha()).containsExactly(expectedAlpha).isNotEqualTo(alpha);
    float[] p = DOUBLING.mixing(expectedAlpha);
    for (int i = 0; i < 2; i++) {
      double[] b = QuadraticSource.B[i];
      double gradient = QuadraticSource.H * w[i] + b[0] * p[0] + b[1] * p[1] + b[2] * p[2];
      assertThat((double) state.training().weights().array()[i])
          .isEqualTo(w[i] - ETA * (gradient + SGD.weightDecay() * w[i]), Offset.offset(1e-6));
    }
    assertThat(result.alphaGradient()).containsExactly(0.4f, 0.1f, -0.6f);
    assertThat(result.validation().loss()).isEqualTo(2);
    assertThat(result.train().loss()).isEqualTo(1);
  }

  @Test
  void clippingActsOnWAndReportsTheNormBefore() {
    SearchState state = state(new SgdSettings(0, 0).optimizer(2));
    float[] w = state.training().weights().array().clone();

    WeightStep.Result result =
        new WeightStep(source, Portion.WEIGHTS, 0.5)
            .take(state.training(), new float[] {0, 0, 0}, AT, 1);

    // the gradient is h * w
    double norm = QuadraticSource.H * Math.hypot(w[0], w[1]);
    assertThat(result.gradientNorm()).isEqualTo(norm, Offset.offset(1e-6)).isGreaterThan(0.5);
    float[] now = state.training().weights().array();
    assertThat(Math.hypot(now[0] - w[0], now[1] - w[1])).isEqualTo(0.5, Offset.offset(1e-5));
  }

  @Test
  void aGradientThatIsNotFiniteStopsTheTraining() {
    SearchState state = state(SGD.optimizer(2));
    state.training().weights().array()[1] = Float.NaN;
    WeightStep step = new WeightStep(source, Portion.WEIGHTS, 5);

    assertThatThrownBy(() -> step.take(state.training(), new float[3], AT, ETA))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "Training diverged at epoch 3, step 7: the norm of the gradient of w is NaN; lower the"
                + " learning rate or the gradient clip");
    assertThat(state.training().weights().array()[0]).isEqualTo(1.5f);
  }

  @Test
  void rescalingTouchesAlphaOnly() {
    SearchState state = state(SGD.optimizer(2));
    state.alphaOptimizer().step(state.alpha().clone(), new float[] {1, 2, 3}, 0.1);
    float[] moments = state.alphaOptimizer().state().values();
    float[] alpha = state.alpha().clone();

    state.rescaleAlpha(0.5);

    assertThat(state.alpha()).containsExactly(alpha[0] / 2, alpha[1] / 2, alpha[2] / 2);
    assertThat(state.alphaOptimizer().state().values()).containsExactly(moments);
  }

  private static Optimizer sgdInMotion() {
    Optimizer sgd = SGD.optimizer(2);
    sgd.restore(new OptimizerState(VELOCITY, 1));
    return sgd;
  }

  private static SearchState state(Optimizer weights) {
    return new SearchState(
        new TrainingState(new float[] {1.5f, -0.5f}, weights, new float[] {2}),
        new float[] {0.1f, 0.3f, -0.2f},
        ADAM.optimizer(3));
  }
}
