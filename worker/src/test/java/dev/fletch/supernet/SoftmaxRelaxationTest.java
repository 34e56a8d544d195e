package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SoftmaxRelaxationTest {
  /** Two edges of three operations. */
  private static final float[] ALPHA = {0.3f, -0.2f, 1.1f, 0, 0, 0};

  private static final float[] MIXING_GRADIENT = {1, -2, 0.5f, 3, 0, 0};

  @Test
  void everyEdgeIsASoftmaxOfItsOwn() {
    // torch.softmax(alpha / 2.5, -1)
    float[] mixing = new SoftmaxRelaxation(3, 2.5).mixing(ALPHA);

    assertThat(mixing)
        .containsExactly(
            new float[] {0.31290498f, 0.25618494f, 0.43091011f, 1f / 3, 1f / 3, 1f / 3},
            Offset.offset(1e-7f));
  }

  @Test
  void backwardPassIsThatOfAutograd() {
    // (softmax(alpha / 2.5) * g).sum().backward(); the second row is 1/3 (g - mean) / 2.5
    float[] gradient = new SoftmaxRelaxation(3, 2.5).alphaGradient(ALPHA, MIXING_GRADIENT);

    assertThat(gradient)
        .containsExactly(
            new float[] {0.12316064f, -0.20658652f, 0.08342589f, 2 / 7.5f, -1 / 7.5f, -1 / 7.5f},
            Offset.offset(1e-7f));
  }

  @Test
  void tinyTemperaturesAndLargeAlphasStayFinite() {
    float[] mixing = new SoftmaxRelaxation(3, 1e-3).mixing(new float[] {500, -500, 499});

    assertThat(mixing).containsExactly(1, 0, 0);
  }

  @Test
  void refusesWrongLengths() {
    SoftmaxRelaxation relaxation = new SoftmaxRelaxation(3, 1);

    assertThatThrownBy(() -> relaxation.mixing(new float[4]))
        .hasMessage("Cannot relax: alpha has 4 values, which is no multiple of 3");
    assertThatThrownBy(() -> relaxation.alphaGradient(ALPHA, new float[3]))
        .hasMessage("Cannot relax: alpha has 6 values, the gradient of the mixing weights 3");
    assertThatThrownBy(() -> new SoftmaxRelaxation(3, 0))
        .hasMessage("temperature must be > 0, got 0");
  }
}
