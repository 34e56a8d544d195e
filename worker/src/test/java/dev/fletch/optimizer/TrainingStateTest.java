package dev.fletch.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.gradient.GradientSum;
import dev.fletch.nn.BatchGradients;
import dev.fletch.nn.BatchScore;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
  /** Two replicas share the sample, so what one did not measure the other did not either. */
  @Test
  void whatWasNotMeasuredStaysAsItWas() {
    TrainingState state = new TrainingState(new float[0], null, new float[] {1, 2, 3});
    GradientSum sum =
        GradientSum.reduce(List.of(measured(10, Float.NaN, 30), measured(20, Float.NaN, 40)));

    state.updateStatistics(sum.mean());

    assertThat(state.statistics().array()).containsExactly(0.9f + 1.5f, 2, 2.7f + 3.5f);
  }

  private static GradientSum measured(float... statistics) {
    return GradientSum.of(
        new BatchGradients(new float[0], new float[0], statistics, new BatchScore(1, 1, 4)));
  }
}
