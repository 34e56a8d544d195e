package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.contract.Contract;
import dev.fletch.nn.MixingFunction;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every relaxation owes, in a space of two nodes: ten edges. */
abstract class RelaxationContract implements Contract {
  static final int ROWS = 10;

  /** Where rows of mixing weights have no sum of their own. */
  static final double ANY_SUM = Double.NaN;

  private final Relaxation relaxation;
  private final int length;
  private final double rowSum;

  /**
   * @param length of the vector that is trained
   * @param rowSum of every edge's mixing weights, or {@link #ANY_SUM}
   */
  RelaxationContract(Relaxation relaxation, int length, double rowSum) {
    this.relaxation = relaxation;
    this.length = length;
    this.rowSum = rowSum;
  }

  @Override
  public Relaxation subject() {
    return relaxation;
  }

  /** What the backward pass is the derivative of: the mixing weights, unless they are hard. */
  float[] differentiable(float[] alpha) {
    return relaxation.mixing(alpha);
  }

  /** The part of a gradient of the mixing weights at {@code alpha} that is passed on: all of it. */
  float[] passedOn(float[] mixingGradient, float[] alpha) {
    return mixingGradient;
  }

  @Test
  void backwardPassAgreesWithCentralDifferences() {
    float[] alpha = vector(length, 1);
    float[] functional = vector(relaxation.mixing(alpha).length, 2);

    float[] gradient = relaxation.alphaGradient(alpha, functional);

    assertThat(gradient).hasSize(length);
    float[] passed = passedOn(functional, alpha);
    for (int i = 0; i < length; i++) {
      // extrapolated, so that a step far above the rounding of floats may be taken
      double near = difference(alpha, passed, i, 0.02);
      double far = difference(alpha, passed, i, 0.04);
      assertThat((double) gradient[i])
          .as("%s, alpha %d", relaxation, i)
          .isCloseTo((4 * near - far) / 3, within(3e-5));
    }
  }

  @Test
  void backwardPassIsLinearInTheGradientOfTheMixingWeights() {
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

  @Test
  void argumentsStayAsTheyAre() {
    float[] alpha = vector(length, 1);
    float[] gradient = vector(relaxation.mixing(alpha).length, 2);

    relaxation.mixing(alpha)[0] = 17;
    relaxation.alphaGradient(alpha, gradient)[0] = 17;

    assertThat(alpha).isEqualTo(vector(length, 1));
    assertThat(gradient).isEqualTo(vector(gradient.length, 2));
    assertThat(relaxation.mixing(alpha)[0]).isNotEqualTo(17f);
  }

  @Test
  void aGradientOfAnotherLengthIsRefused() {
    float[] alpha = vector(length, 1);
    int columns = relaxation.mixing(alpha).length;

    for (int wrong : new int[] {columns - 3, columns + 1, 2 * columns}) {
      assertThatThrownBy(() -> relaxation.alphaGradient(alpha, new float[wrong]))
          .as("%s, %d", relaxation, wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Cannot relax");
    }
  }

  /** Noise is a function of seed and step: no call changes what the next one gives. */
  @Test
  void theSameAlphaGivesTheSameBits() {
    float[] alpha = vector(length, 1);
    float[] mixing = relaxation.mixing(alpha);
    float[] gradient = vector(mixing.length, 2);
    float[] alphaGradient = relaxation.alphaGradient(alpha, gradient);
    MixingFunction forWeights = relaxation.forWeights();
    float[] seenByWeights = forWeights.mixing(alpha);

    assertThat(relaxation.mixing(alpha)).isEqualTo(mixing);
    assertThat(relaxation.alphaGradient(alpha, gradient)).isEqualTo(alphaGradient);
    assertThat(relaxation.forWeights().mixing(alpha)).isEqualTo(seenByWeights);
    assertThat(seenByWeights).hasSameSizeAs(mixing);
  }

  @Test
  void everyEdgeHasARowOfFiniteWeightsWithItsSum() {
    for (float scale : new float[] {1, 30}) {
      float[] alpha = vector(length, 1);
      for (int i = 0; i < length; i++) {
        alpha[i] *= scale;
      }
      float[] mixing = relaxation.mixing(alpha);

      assertThat(mixing.length % ROWS).isZero();
      int columns = mixing.length / ROWS;
      for (int row = 0; row < ROWS; row++) {
        double sum = 0;
        for (int k = 0; k < columns; k++) {
          assertThat(mixing[row * columns + k]).isFinite();
          sum += mixing[row * columns + k];
        }
        if (!Double.isNaN(rowSum)) {
          assertThat(sum).as("row %d", row).isCloseTo(rowSum, within(1e-6));
        }
      }
    }
  }

  private double difference(float[] alpha, float[] functional, int index, double h) {
    float[] plus = alpha.clone();
    float[] minus = alpha.clone();
    plus[index] = (float) (alpha[index] + h);
    minus[index] = (float) (alpha[index] - h);
    double width = (double) plus[index] - minus[index];
    return (dot(differentiable(plus), functional) - dot(differentiable(minus), functional)) / width;
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }

  /** Uniform in [-1, 1], without ties. */
  static float[] vector(int length, long seed) {
    Random random = new Random(seed);
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) {
      vector[i] = 2 * random.nextFloat() - 1;
    }
    return vector;
  }
}
