package dev.fletch.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Expected values: torch.optim.SGD and torch.optim.Adam of PyTorch 2.13, float32, with the settings
 * below.
 */
class OptimizerTest {
  private static final float[] START = {0.5f, -1.25f, 2.0f};
  private static final float[][] GRADIENTS = {
    {0.1f, -0.2f, 0.3f}, {0.4f, 0.05f, -0.6f}, {-0.7f, 0.8f, 0.09f}
  };
  private static final SgdSettings SGD = new SgdSettings(0.9, 0.01);
  private static final AdamSettings ADAM = new AdamSettings(0.5, 0.999, 1e-8, 0.01);
  private static final Offset<Float> ROUNDING = Offset.offset(3e-7f);

  @Test
  void sgdStepsAsPyTorchDoes() {
    assertThat(after(SGD.optimizer(3), 0.025, 1))
        .containsExactly(new float[] {0.49737501f, -1.24468756f, 1.99199998f}, ROUNDING);
    assertThat(after(SGD.optimizer(3), 0.025, 3))
        .containsExactly(new float[] {0.49102879f, -1.25707674f, 2.00312400f}, ROUNDING);
  }

  @Test
  void adamStepsAsPyTorchDoes() {
    assertThat(after(ADAM.optimizer(3), 0.003, 1))
        .containsExactly(new float[] {0.49700001f, -1.24699998f, 1.99699998f}, ROUNDING);
    assertThat(after(ADAM.optimizer(3), 0.003, 3))
        .containsExactly(new float[] {0.49561399f, -1.24883652f, 1.99923551f}, ROUNDING);
  }

  @Test
  void lookAheadIsTheNextStepWithoutTakingIt() {
    Sgd sgd = new Sgd(SGD, 3);
    float[] parameters = START.clone();
    sgd.step(parameters, GRADIENTS[0], 0.025);
    float[] before = parameters.clone();

    float[] ahead = sgd.lookAhead(parameters, GRADIENTS[1], 0.025);

    assertThat(parameters).containsExactly(before);
    sgd.step(parameters, GRADIENTS[1], 0.025);
    assertThat(ahead).containsExactly(parameters);
  }

  @Test
  void refusesAStateOfAnotherSize() {
    assertThatThrownBy(() -> ADAM.optimizer(3).restore(SGD.optimizer(3).state()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot restore Adam: its state has 6 values, got 3; the checkpoint belongs to another"
                + " configuration");
  }

  private static float[] after(Optimizer optimizer, double rate, int steps) {
    float[] parameters = START.clone();
    for (int step = 0; step < steps; step++) {
      optimizer.step(parameters, GRADIENTS[step], rate);
    }
    return parameters;
  }
}
