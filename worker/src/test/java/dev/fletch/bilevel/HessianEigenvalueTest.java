package dev.fletch.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.Optimizer;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.supernet.DirectRelaxation;
import dev.fletch.supernet.LinearHypernetwork;
import dev.fletch.supernet.SoftmaxRelaxation;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On losses whose Hessian is known. */
class HessianEigenvalueTest {
  private static final StepId AT = new StepId(6, 0);
  private static final int SIZE = 40;
  private static final HessianEigenvalue TEN = new HessianEigenvalue(10, 0.01);

  /** 1/2 x' Q D Q x with D as given, then zeros, and Q = 1 - 2 u u' a reflection. */
  private static MixingLossSource quadratic(double... eigenvalues) {
    double[] u = new Random(3).doubles(SIZE, -1, 1).toArray();
    double norm = 0;
    for (double value : u) {
      norm += value * value;
    }
    double length = norm;
    return new MixingLossSource(
        x -> {
          double along = 0;
          for (int i = 0; i < SIZE; i++) {
            along += u[i] * x[i];
          }
          double sum = 0;
          for (int i = 0; i < eigenvalues.length; i++) {
            double y = x[i] - 2 * u[i] * along / length;
            sum += eigenvalues[i] * y * y / 2;
          }
          return sum;
        },
        SIZE);
  }

  private static double largest(MixingLossSource source) {
    return TEN.largest(source, state(new float[SIZE]), new DirectRelaxation(), AT);
  }

  private static SearchState state(float[] alpha) {
    Optimizer sgd = new SgdSettings(0, 0).optimizer(1);
    return new SearchState(
        new TrainingState(new float[1], sgd, new float[] {2}),
        alpha,
        new SgdSettings(0, 0).optimizer(alpha.length));
  }

  @Test
  void isTheLargestWhereItDominates() {
    assertThat(largest(quadratic(5, 1, -2, 0.5))).isCloseTo(5, within(5e-3));
    assertThat(largest(quadratic(0.003, -0.001))).isCloseTo(0.003, within(3e-5));
  }

  /** Many eigenvalues of a real Hessian are near 0; the largest must not drown among them. */
  @Test
  void isTheLargestWhereTheSmallestDominates() {
    assertThat(largest(quadratic(-5, 1, -2, 0.5))).isCloseTo(1, within(5e-3));
    assertThat(largest(quadratic(-5, -1, -3))).isCloseTo(0, within(5e-3));
  }

  @Test
  void isTheLargestWhereBothEndsAreAsFarFromZero() {
    assertThat(largest(quadratic(3, -3))).isCloseTo(3, within(5e-3));
    assertThat(largest(quadratic(3, -3.1, 2.9))).isCloseTo(3, within(5e-3));
  }

  @Test
  void isNegativeWhereAllAre() {
    double[] all = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      all[i] = i == 7 ? -1 : -4;
    }
    assertThat(largest(quadratic(all))).isCloseTo(-1, within(5e-3));
  }

  @Test
  void isZeroWhereTheLossIsFlat() {
    assertThat(largest(quadratic())).isZero();
  }

  @Test
  void oneAlphaIsEnough() {
    MixingLossSource parabola = new MixingLossSource(x -> -3 * x[0] * x[0], 1);

    assertThat(TEN.largest(parabola, state(new float[1]), new DirectRelaxation(), AT))
        .isCloseTo(-6, within(1e-3));
  }

  /** L = p_1, p = softmax(a, 0): L'' = p (1 - p) (1 - 2p) in a - b; eigenvalue twice that. */
  @Test
  void goesThroughTheRelaxation() {
    MixingLossSource source = new MixingLossSource(p -> 8 * p[0], 2);
    float a = -1;
    double p = 1 / (1 + Math.E);

    double eigenvalue =
        TEN.largest(source, state(new float[] {a, 0}), new SoftmaxRelaxation(2, 1), AT);

    assertThat(eigenvalue).isCloseTo(16 * p * (1 - p) * (1 - 2 * p), within(2e-3));
    // alpha(lambda) = 2 b1 + b2 stretches it by 1 + 2^2
    LinearHypernetwork stretched = new LinearHypernetwork(new SoftmaxRelaxation(2, 1), 2);
    assertThat(TEN.largest(source, state(new float[] {0, 0, a, 0}), stretched, AT))
        .isCloseTo(5 * eigenvalue, within(2e-2));
  }

  @Test
  void looksAtOneAlphaMinibatchAndChangesNothing() {
    MixingLossSource source = quadratic(5, 1, -2, 0.5);
    SearchState state = state(new float[SIZE]);

    new HessianEigenvalue(3, 0.01).largest(source, state, new DirectRelaxation(), AT);

    assertThat(source.requests)
        .hasSize(6)
        .containsOnly(new GradientRequest(Portion.ALPHA, AT, Wanted.MIXING));
    assertThat(state.alpha()).containsOnly(0);
    assertThat(state.training().statistics().array()).containsExactly(2);
  }
}
