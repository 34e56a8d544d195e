package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import dev.fletch.data.StepId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Backward passes against central differences, in a space of two nodes and three operations. */
class RelaxationGradientTest {
  private static final List<Operation> OPERATIONS =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);
  private static final int ROWS = 10;
  private static final int ALPHA = 3 * ROWS;

  /** Every edge lacks another operation. */
  private static final OperationMask MASK =
      new OperationMask(
          List.of(without(0), without(1), without(2), OPERATIONS, only(1)),
          List.of(without(1), OPERATIONS, only(2), without(0), without(2)));

  private static List<Operation> without(int k) {
    return OPERATIONS.stream().filter(o -> o != OPERATIONS.get(k)).toList();
  }

  private static List<Operation> only(int k) {
    return List.of(OPERATIONS.get(k));
  }

  /** With the length of the vector that each is for. */
  static Stream<Arguments> smooth() {
    SoftmaxRelaxation softmax = new SoftmaxRelaxation(3, 0.7);
    GumbelNoise noise = new GumbelNoise(3, new StepId(1, 2));
    return Stream.of(
        Arguments.of(softmax, ALPHA),
        Arguments.of(new SigmoidRelaxation(), ALPHA),
        Arguments.of(new DirectRelaxation(), ALPHA),
        Arguments.of(new MaskedSoftmaxRelaxation(OPERATIONS, MASK, 0.7), ALPHA),
        Arguments.of(new MaskedSoftmaxRelaxation(OPERATIONS, OperationMask.ALL, 2), ALPHA),
        Arguments.of(new LearnedTemperatureRelaxation(3), ALPHA + 1),
        Arguments.of(new GumbelRelaxation(3, 0.7, noise), ALPHA),
        Arguments.of(new EnsembleCodeRelaxation(3, 1), ALPHA),
        Arguments.of(new EnsembleCodeRelaxation(3, 7), ALPHA),
        Arguments.of(new EdgeNormalisation(3, CellTopology.convolutional(2), 0.7), ALPHA + ROWS),
        Arguments.of(new AuxiliaryColumn(softmax, 3, 0.6), ALPHA),
        Arguments.of(new LinearHypernetwork(softmax, 0.3), 2 * ALPHA),
        Arguments.of(new LinearHypernetwork(new DirectRelaxation(), 3), 2 * ALPHA),
        Arguments.of(new ArgmaxRelaxation(3), ALPHA),
        Arguments.of(new FixedMixing(vector(ALPHA, 5)), ALPHA));
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void backwardPassAgreesWithCentralDifferences(Relaxation relaxation, int length) {
    float[] alpha = vector(length, 1);
    float[] functional = vector(relaxation.mixing(alpha).length, 2);

    float[] gradient = relaxation.alphaGradient(alpha, functional);

    assertThat(gradient).hasSize(length);
    for (int i = 0; i < length; i++) {
      // extrapolated, so that a step far above the rounding of floats may be taken
      double near = difference(relaxation, alpha, functional, i, 0.02);
      double far = difference(relaxation, alpha, functional, i, 0.04);
      assertThat((double) gradient[i])
          .as("%s, alpha %d", relaxation, i)
          .isCloseTo((4 * near - far) / 3, within(3e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void backwardPassIsLinearInTheGradientOfTheMixingWeights(Relaxation relaxation, int length) {
    float[] alpha = vector(length, 3);
    float[] one = vector(relaxation.mixing(alpha).length, 4);
    float[] twice = new float[one.length];
    for (int i = 0; i < one.length; i++) {
      twice[i] = 2 * one[i];
    }

    float[] expected = relaxation.alphaGradient(alpha, one);
    float[] actual = relaxation.alphaGradient(alpha, twice);

    for (int i = 0; i < length; i++) {
      assertThat(actual[i]).isCloseTo(2 * expected[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void argumentsStayAsTheyAre(Relaxation relaxation, int length) {
    float[] alpha = vector(length, 1);
    float[] gradient = vector(relaxation.mixing(alpha).length, 2);

    relaxation.mixing(alpha)[0] = 17;
    relaxation.alphaGradient(alpha, gradient)[0] = 17;

    assertThat(alpha).isEqualTo(vector(length, 1));
    assertThat(gradient).isEqualTo(vector(gradient.length, 2));
    assertThat(relaxation.mixing(alpha)[0]).isNotEqualTo(17f);
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void aGradientOfAnotherLengthIsRefused(Relaxation relaxation, int length) {
    float[] alpha = vector(length, 1);
    int columns = relaxation.mixing(alpha).length;

    for (int wrong : new int[] {columns - 3, columns + 1, 2 * columns}) {
      assertThatThrownBy(() -> relaxation.alphaGradient(alpha, new float[wrong]))
          .as("%s, %d", relaxation, wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Cannot relax");
    }
  }

  private static double difference(
      Relaxation relaxation, float[] alpha, float[] functional, int index, double h) {
    float[] plus = alpha.clone();
    float[] minus = alpha.clone();
    plus[index] = (float) (alpha[index] + h);
    minus[index] = (float) (alpha[index] - h);
    double width = (double) plus[index] - minus[index];
    return (dot(relaxation.mixing(plus), functional) - dot(relaxation.mixing(minus), functional))
        / width;
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  /** Uniform in [-1, 1], without ties. */
  private static float[] vector(int length, long seed) {
    Random random = new Random(seed);
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      vector[i] = 2 * random.nextFloat() - 1;
    }
    return vector;
  }
}
