package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mixing weights are what their formulas say. */
class RelaxationFormulaTest {
  private static final List<Operation> OPERATIONS =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);

  @Test
  void softmaxTendsToOneHotWhenColdAndToUniformWhenHot() {
    float[] alpha = {0.3f, -0.2f, 0.31f, -1, -3, -2};

    assertThat(new SoftmaxRelaxation(3, 1e-5).mixing(alpha)).containsExactly(0, 0, 1, 1, 0, 0);
    for (float p : new SoftmaxRelaxation(3, 1e5).mixing(alpha)) {
      assertThat(p).isCloseTo(1f / 3, within(1e-5f));
    }
  }

  @Test
  void sigmoidsDoNotCompete() {
    // sigmoid(ln 3) = 3/4, sigmoid(-ln 9) = 1/10
    float[] alpha = {0, (float) Math.log(3), (float) -Math.log(9)};
    float[] mixing = new SigmoidRelaxation().mixing(alpha);
    assertThat(mixing).containsExactly(new float[] {0.5f, 0.75f, 0.1f}, within(1e-7f));

    alpha[0] = 50;
    assertThat(new SigmoidRelaxation().mixing(alpha)).containsExactly(1, mixing[1], mixing[2]);
    assertThat(new SigmoidRelaxation().mixing(new float[] {-800, 800})).containsExactly(0, 1);
  }

  /** Over what is left it is the softmax of the rest; over what is not, nothing at all. */
  @Test
  void maskedOperationsHaveNoWeightAndNoGradient() {
    List<Operation> all = OPERATIONS;
    List<Operation> two = List.of(Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);
    List<Operation> one = List.of(Operation.NONE);
    // one node: two edges of each cell
    OperationMask mask = new OperationMask(List.of(all, two), List.of(one, all));
    MaskedSoftmaxRelaxation relaxation = new MaskedSoftmaxRelaxation(OPERATIONS, mask, 1);
    float ln3 = (float) Math.log(3);
    float[] alpha = {0, 0, 0, 99, ln3, 0, -99, 7, 7, ln3, 0, 0};

    assertThat(relaxation.mixing(alpha))
        .containsExactly(
            new float[] {1f / 3, 1f / 3, 1f / 3, 0, 0.75f, 0.25f, 1, 0, 0, 0.6f, 0.2f, 0.2f},
            within(1e-7f));
    float[] gradient = {0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 100, 121};
    float[] ofAlpha = relaxation.alphaGradient(alpha, gradient);
    for (int masked : new int[] {3, 7, 8}) {
      assertThat(relaxation.mixing(alpha)[masked]).isZero();
      assertThat(ofAlpha[masked]).isZero();
    }
    // p1 p2 (g1 - g2) = 3/16 * (16 - 25)
    assertThat(ofAlpha[4]).isCloseTo(-27f / 16, within(1e-6f));
    assertThat(ofAlpha[5]).isCloseTo(27f / 16, within(1e-6f));
  }

  @Test
  void auxiliaryColumnIsBetaOnEveryEdge() {
    AuxiliaryColumn relaxation = new AuxiliaryColumn(new SoftmaxRelaxation(2, 1), 2, 0.625);
    float[] alpha = {0, 0, (float) Math.log(3), 0};

    assertThat(relaxation.mixing(alpha))
        .containsExactly(new float[] {0.5f, 0.5f, 0.625f, 0.75f, 0.25f, 0.625f}, within(1e-7f));
    assertThat(relaxation.alphaGradient(alpha, new float[] {0, 0, 5, 0, 0, -3})).containsOnly(0);
  }

  @Test
  void edgeWeightsSumToOneOverTheEdgesOfANode() {
    Random random = new Random(4);
    float[] vector = new float[4 * 28];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    float[] mixing = new EdgeNormalisation(3, CellTopology.convolutional(4), 1).mixing(vector);

    int row = 0;
    for (int inputs : new int[] {2, 3, 4, 5, 2, 3, 4, 5}) {
      double sum = 0;
      double denominator = 0;
      for (int i = 0; i < inputs; i++) {
        denominator += Math.exp(vector[84 + row + i]);
      }
      for (int i = 0; i < inputs; i++, row++) {
        double q = mixing[row * 4 + 3];
        sum += q;
        assertThat(q).isCloseTo(Math.exp(vector[84 + row]) / denominator, within(1e-6));
        double operations = 0;
        for (int k = 0; k < 3; k++) {
          operations += mixing[row * 4 + k];
        }
        assertThat(operations).isCloseTo(q, within(1e-6));
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
    assertThat(row).isEqualTo(28);
  }

  /** beta is not divided by T. */
  @Test
  void edgeNormalisationByHand() {
    // one node, two operations; alpha / T = ln 3, 0 in the first row; beta = ln 4, 0 in the first
    // cell
    float[] vector = {2 * (float) Math.log(3), 0, 0, 0, 0, 0, 0, 0, (float) Math.log(4), 0, 0, 0};

    assertThat(new EdgeNormalisation(2, CellTopology.convolutional(1), 2).mixing(vector))
        .containsExactly(
            new float[] {
              0.6f, 0.2f, 0.8f, 0.1f, 0.1f, 0.2f, 0.25f, 0.25f, 0.5f, 0.25f, 0.25f, 0.5f
            },
            within(1e-7f));
    assertThatThrownBy(
            () -> new EdgeNormalisation(2, CellTopology.convolutional(1), 2).mixing(new float[11]))
        .hasMessage("Cannot relax: alpha and beta need 12 values, got 11");
  }

  @Test
  void learnedTemperatureIsTheExponentialOfTheLastValue() {
    float[] vector = {2 * (float) Math.log(3), 0, (float) Math.log(2)};

    assertThat(LearnedTemperatureRelaxation.temperature(vector)).isCloseTo(2, within(1e-6));
    assertThat(new LearnedTemperatureRelaxation(2).mixing(vector))
        .containsExactly(new float[] {0.75f, 0.25f}, within(1e-7f));
    // dL/dt = -(x1 p1 p2 (g1 - g2)), x = alpha / T: a hotter softmax is flatter
    assertThat(new LearnedTemperatureRelaxation(2).alphaGradient(vector, new float[] {1, 0})[2])
        .isCloseTo((float) (-Math.log(3) * 3 / 16), within(1e-6f));
  }

  @Test
  void hypernetworkIsLinearInLambda() {
    float[] trained = {1, -2, 0.5f, 3};

    assertThat(new LinearHypernetwork(new DirectRelaxation(), 0).mixing(trained))
        .containsExactly(0.5f, 3);
    assertThat(new LinearHypernetwork(new DirectRelaxation(), 1).mixing(trained))
        .containsExactly(1.5f, 1);
    assertThat(new LinearHypernetwork(new DirectRelaxation(), 2.5).mixing(trained))
        .containsExactly(3, -2);
    assertThat(new LinearHypernetwork(new SoftmaxRelaxation(2, 1), 2.5).mixing(trained))
        .isEqualTo(new SoftmaxRelaxation(2, 1).mixing(new float[] {3, -2}));
  }
}
