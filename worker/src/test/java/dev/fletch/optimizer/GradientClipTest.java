package dev.fletch.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GradientClipTest {
  @Test
  void scalesToTheMaximumAsPyTorchDoes() {
    // torch.nn.utils.clip_grad_norm_([3, -4, 12], 5): norm 13, factor 5 / (13 + 1e-6)
    float[] gradient = {3, -4, 12};

    double norm = new GradientClip(5).apply(gradient);

    assertThat(norm).isEqualTo(13);
    assertThat(gradient)
        .containsExactly(
            new float[] {1.15384603f, -1.53846145f, 4.61538410f}, Offset.offset(2e-7f));
  }

  @Test
  void leavesShorterGradientsAlone() {
    float[] gradient = {3, -4, 12};

    assertThat(new GradientClip(13.1).apply(gradient)).isEqualTo(13);
    assertThat(gradient).containsExactly(3, -4, 12);
  }

  @Test
  void zeroSwitchesClippingOff() {
    float[] gradient = {3e4f, -4e4f};

    assertThat(new GradientClip(0).apply(gradient)).isEqualTo(5e4);
    assertThat(gradient).containsExactly(3e4f, -4e4f);
  }

  @Test
  void sumsManySmallSquaresInDouble() {
    // In float, 2^24 + 1 is 2^24.
    float[] gradient = new float[101];
    Arrays.fill(gradient, 1);
    gradient[0] = 1 << 12;

    assertThat(new GradientClip(0).apply(gradient)).isEqualTo(Math.sqrt((1 << 24) + 100));
  }

  @Test
  void refusesNegativeMaxima() {
    assertThatThrownBy(() -> new GradientClip(-1))
        .hasMessage("gradient-clip must be >= 0, got -1.0");
  }
}
