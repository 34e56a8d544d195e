package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.Vectors;
import dev.fletch.nn.MixingFunction;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import org.junit.jupiter.api.Test;

/** Which minibatch trains what, in which order, in steps other than DARTS'. */
class StepProcedureTest {
  private static final StepId AT = new StepId(3, 7);
  private static final StepProcedure.Rates RATES = new StepProcedure.Rates(0.1, 0.5);
  private static final float[] W = {1.5f, -0.5f};
  private static final float[] ALPHA = {0.1f, 0.3f, -0.2f};
  private static final GradientRequest W_STEP =
      new GradientRequest(Portion.WEIGHTS, AT, Wanted.WEIGHTS);
  private static final GradientRequest ALPHA_STEP =
      new GradientRequest(Portion.ALPHA, AT, Wanted.MIXING);

  /** p = factor * alpha; the w step sees another factor, as another draw. */
  private record Scaling(float factor, float ofWeights) implements MixingFunction {
    @Override
    public float[] mixing(float[] alpha) {
      return Vectors.moved(new float[alpha.length], factor, alpha);
    }

    @Override
    public MixingFunction forWeights() {
      return new Scaling(ofWeights, ofWeights);
    }

    @Override
    public float[] alphaGradient(float[] alpha, float[] mixingGradient) {
      return Vectors.moved(new float[alpha.length], factor, mixingGradient);
    }
  }

  private final QuadraticSource source = new QuadraticSource();
  private final SearchState state =
      new SearchState(
          new TrainingState(W.clone(), new SgdSettings(0, 0).optimizer(2), new float[1]),
          ALPHA.clone(),
          new SgdSettings(0, 0).optimizer(3));

  /** dL_train/dw at w and p = factor * alpha. */
  private static double[] ofW(float[] alpha, double factor) {
    double[] gradient = new double[2];
    for (int i = 0; i < 2; i++) {
      gradient[i] = QuadraticSource.H * W[i];
      for (int k = 0; k < 3; k++) {
        gradient[i] += QuadraticSource.B[i][k] * factor * alpha[k];
      }
    }
    return gradient;
  }

  private void assertWeightsFollow(double[] gradient) {
    for (int i = 0; i < 2; i++) {
      assertThat((double) state.training().weights().array()[i])
          .isCloseTo(W[i] - 0.1 * gradient[i], within(1e-6));
    }
  }

  @Test
  void singleLevelTakesBothGradientsFromOneExchangeOnTheWeightsPortion() {
    var step = new SingleLevelStep(source, AlphaObjective.CROSS_ENTROPY, 0);
    StepProcedure.Result result = step.take(state, new Scaling(2, 9), AT, RATES);

    assertThat(source.requests)
        .containsExactly(new GradientRequest(Portion.WEIGHTS, AT, Wanted.BOTH));
    // both at the old w and the old alpha
    assertWeightsFollow(ofW(ALPHA, 2));
    for (int k = 0; k < 3; k++) {
      double gradient = 2 * (QuadraticSource.B[0][k] * 1.5 - QuadraticSource.B[1][k] * 0.5);
      assertThat((double) result.alphaGradient()[k]).isCloseTo(gradient, within(1e-6));
      assertThat((double) state.alpha()[k]).isCloseTo(ALPHA[k] - 0.5 * gradient, within(1e-6));
    }
    assertThat(result.train().loss()).isEqualTo(1);
    assertThat(result.validation().examples()).isZero();
    // the statistics of the one point: 0.9 * 0 + 0.1 * 1
    assertThat(state.training().statistics().array()).containsExactly(0.1f);
  }

  @Test
  void singleLevelClipsBothGradientsApart() {
    AlphaObjective objective = AlphaObjective.with(new L1Penalty(100)).clippedAt(0.25);
    var step = new SingleLevelStep(source, objective, 0.5);
    StepProcedure.Result result = step.take(state, new Scaling(2, 9), AT, RATES);

    float[] w = state.training().weights().array();
    assertThat(Math.hypot(w[0] - W[0], w[1] - W[1])).isCloseTo(0.1 * 0.5, within(1e-6));
    double[] gradient = ofW(ALPHA, 2);
    assertThat(result.gradientNorm()).isCloseTo(Math.hypot(gradient[0], gradient[1]), within(1e-6));
    assertThat(Vectors.norm(result.alphaGradient())).isCloseTo(0.25, within(1e-6));
    // the penalty outweighs the loss: alpha goes to 0 from either side
    assertThat(result.alphaGradient()[1]).isPositive();
    assertThat(result.alphaGradient()[2]).isNegative();
  }

  @Test
  void alphaThatIsNotFiniteStopsASingleLevelStepBeforeW() {
    state.alpha()[0] = Float.NaN;
    var step = new SingleLevelStep(source, AlphaObjective.with(new ZeroOnePenalty(1)), 0);

    assertThatThrownBy(() -> step.take(state, new Scaling(0, 0), AT, RATES))
        .isInstanceOf(DivergedException.class);
    assertThat(state.training().weights().array()).containsExactly(W);
  }

  @Test
  void weightsFirstStepsWAtTheOldAlphaAndItsOwnDraw() {
    new BilevelStep(
            source,
            AlphaGradient.ofOrder(1),
            0,
            BilevelStep.Order.WEIGHTS_FIRST,
            MixingPerturbation.NONE)
        .take(state, new Scaling(2, 3), AT, RATES);

    assertThat(source.requests).containsExactly(W_STEP, ALPHA_STEP);
    assertWeightsFollow(ofW(ALPHA, 3));
    for (int k = 0; k < 3; k++) {
      assertThat((double) state.alpha()[k])
          .isCloseTo(ALPHA[k] - 0.5 * 2 * QuadraticSource.D[k], within(1e-6));
    }
  }

  @Test
  void perturbationIsSeenByTheWStepAlone() {
    // epsilon 1 around anything, projected to a distribution of one operation: p = 1
    var box = new PerturbationBox(1, 1, 1, 50, 7);
    new BilevelStep(
            source,
            AlphaGradient.ofOrder(1),
            0,
            BilevelStep.Order.ALPHA_FIRST,
            new RandomPerturbation(box))
        .take(state, new Scaling(2, 3), AT, RATES);

    assertThat(source.requests).containsExactly(ALPHA_STEP, W_STEP);
    assertWeightsFollow(ofW(new float[] {1, 1, 1}, 1));
    assertThat((double) state.alpha()[0])
        .isCloseTo(0.1 - 0.5 * 2 * QuadraticSource.D[0], within(1e-6));
  }

  @Test
  void warmUpLeavesAlphaAloneBeforeItsEpoch() {
    StepProcedure bilevel = new BilevelStep(source, AlphaGradient.ofOrder(1), 0);
    var step = new WarmUpStep(new WeightsOnlyStep(source, 0), bilevel, 3);

    StepId before = new StepId(2, 99);
    StepProcedure.Result result = step.take(state, new Scaling(2, 3), before, RATES);
    assertThat(state.alpha()).containsExactly(ALPHA);
    assertThat(result.alphaGradient()).isEmpty();
    assertThat(result.validation().examples()).isZero();
    assertThat(result.train().loss()).isEqualTo(1);
    assertWeightsFollow(ofW(ALPHA, 3));
    assertThat(source.requests)
        .containsExactly(new GradientRequest(Portion.WEIGHTS, before, Wanted.WEIGHTS));

    step.take(state, new Scaling(2, 3), AT, RATES);
    assertThat(state.alpha()).isNotEqualTo(ALPHA);
    assertThat(source.requests).hasSize(3).endsWith(ALPHA_STEP, W_STEP);
  }

  @Test
  void weightsOnlyClipsTheGradientOfW() {
    new WeightsOnlyStep(source, 0.5).take(state, new Scaling(2, 3), AT, RATES);

    float[] w = state.training().weights().array();
    assertThat(Math.hypot(w[0] - W[0], w[1] - W[1])).isCloseTo(0.1 * 0.5, within(1e-6));
  }
}
