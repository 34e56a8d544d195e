package dev.fletch.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.engine.Floats;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AveragedSgdTest {
  private static final AveragedSgdSettings SETTINGS = new AveragedSgdSettings(0.1, 5);

  /** The rule as {@code rnn/train.py} has it, applied to every epoch of a table of losses. */
  @Test
  void averagesBeginWhereThePublishedTrainingSwitches() {
    assertThat(begins(5, 9, 8, 7, 6, 5, 4, 3, 2, 1)).as("falls").isEmpty();
    assertThat(begins(5, 5, 9, 9, 9, 9, 9)).as("six epochs are too few").isEmpty();
    assertThat(begins(5, 5, 9, 9, 9, 9, 9, 9))
        .as("the first can be the seventh")
        .containsExactly(6);
    assertThat(begins(5, 5, 9, 9, 9, 9, 9, 5)).as("as good as the least is not above").isEmpty();
    // up to epoch 11 the 3 of epoch 6 is among the five that do not count, and 4 is not above 4
    assertThat(begins(5, 9, 8, 7, 6, 5, 4, 3, 4, 4, 4, 4, 4)).isEmpty();
    // the 3 counts in epoch 12, behind five others
    assertThat(begins(5, 9, 8, 7, 6, 5, 4, 3, 4, 4, 4, 4, 4, 4)).containsExactly(12);
    assertThat(begins(1, 3, 4, 2, 5)).as("with a shorter patience").containsExactly(3);
    assertThat(begins(5, 5, 9, 9, 9, 9, 9, Double.NaN)).as("NaN is not above").isEmpty();
  }

  /** The epochs after which averages would begin, if they had not before. */
  private static List<Integer> begins(int nonmonotone, double... losses) {
    AveragedSgdSettings settings = new AveragedSgdSettings(0, nonmonotone);
    List<Double> all = Arrays.stream(losses).boxed().toList();
    return IntStream.range(0, losses.length)
        .filter(epoch -> settings.beginsAveraging(all.subList(0, epoch + 1)))
        .boxed()
        .collect(Collectors.toList());
  }

  /**
   * As torch.optim.ASGD(lr=0.5, lambd=0, t0=0, weight_decay=0.1) goes from w = 1 with the gradients
   * 0.9, -0.5, 0.4, 0.1: w is 0.5, 0.725, 0.48875, 0.4143125; ax is w after the first two steps,
   * then the mean of all but the first.
   */
  @Test
  void stepsAndAveragesAreThoseOfTorch() {
    TrainingState state = state(1);
    state.averageFrom(new WeightAverage(3, 1));
    assertThat(state.evaluatedWeights().array()).as("no step yet").containsExactly(1);

    double[] weights = {0.5, 0.725, 0.48875, 0.4143125};
    double[] averages = {0.5, 0.725, (0.725 + 0.48875) / 2, (0.725 + 0.48875 + 0.4143125) / 3};
    float[] gradients = {0.9f, -0.5f, 0.4f, 0.1f};
    for (int step = 0; step < 4; step++) {
      state.step(Floats.of(new float[] {gradients[step]}), 0.5);
      assertThat((double) state.weightsOnHost()[0]).isEqualTo(weights[step], Offset.offset(1e-7));
      assertThat((double) state.evaluatedWeights().array()[0])
          .isEqualTo(averages[step], Offset.offset(1e-7));
    }
    assertThat(state.average().orElseThrow().steps()).isEqualTo(4);
    assertThat(state.average().orElseThrow().since()).isEqualTo(3);
  }

  @Test
  void anAverageGoesOnWithTheSameBits() {
    TrainingState unbroken = state(1);
    unbroken.averageFrom(new WeightAverage(0, 1));
    TrainingState broken = state(1);
    broken.averageFrom(new WeightAverage(0, 1));
    for (int step = 0; step < 9; step++) {
      if (step == 4) {
        WeightAverage saved = broken.average().orElseThrow();
        TrainingState next = state(broken.weightsOnHost()[0]);
        next.averageFrom(new WeightAverage(saved.since(), saved.mean().clone(), saved.steps()));
        broken = next;
      }
      Floats gradient = Floats.of(new float[] {(float) Math.sin(step)});
      unbroken.step(gradient, 0.3);
      broken.step(gradient, 0.3);
    }
    assertThat(broken.evaluatedWeights().array()).isEqualTo(unbroken.evaluatedWeights().array());
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new AveragedSgdSettings(0, 0))
        .hasMessage("nonmonotone must be >= 1, got 0");
    assertThatThrownBy(() -> state(1).averageFrom(new WeightAverage(0, 2)))
        .hasMessage("Cannot average weights: 2 values meet 1");
  }

  private static TrainingState state(float weight) {
    return new TrainingState(new float[] {weight}, SETTINGS.optimizer(1), new float[0]);
  }
}
