package dev.fletch.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.Portion;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.nn.WeightRange;
import dev.fletch.optimizer.AveragedSgdSettings;
import dev.fletch.optimizer.Carried;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.optimizer.WeightAverage;
import org.junit.jupiter.api.Test;

class TrainingVectorsTest {
  private static final AveragedSgdSettings SETTINGS = new AveragedSgdSettings(0, 5);
  private static final NetworkSize PLAIN = new NetworkSize(2, 0, 1);
  private static final NetworkSize REMEMBERING = new NetworkSize(2, 0, 1, 3, WeightRange.NONE);

  private static TrainingState state(int carried) {
    return new TrainingState(
        new float[] {1, 2}, SETTINGS.optimizer(2), new float[] {3}, Carried.nothing(carried));
  }

  /** Older checkpoints, and those of networks for images and texts, have these and no others. */
  @Test
  void aNetworkThatRemembersNothingHasTheVectorsItAlwaysHad() {
    assertThat(TrainingVectors.vectors(state(0)).vectors().keySet())
        .containsExactly("statistics", "weights", "weights-optimizer");
    assertThat(TrainingVectors.vectors(state(0)).counters().keySet())
        .containsExactly("weights-optimizer");
  }

  @Test
  void whatIsRememberedComesBack() {
    TrainingState state = state(3);
    state.carried().follow(Portion.FIT, new float[] {4, 5, 6});
    state.carried().follow(Portion.ALPHA, new float[] {7, 8, 9});

    TrainingState back =
        TrainingVectors.restore(
            Checkpoint.of(2, TrainingVectors.vectors(state)), REMEMBERING, SETTINGS);

    assertThat(back.carried().of(Portion.FIT)).containsExactly(4, 5, 6);
    assertThat(back.carried().of(Portion.ALPHA)).containsExactly(7, 8, 9);
    assertThat(back.average()).isEmpty();
  }

  @Test
  void aCheckpointWithoutItBelongsToAnotherNetwork() {
    Checkpoint without = Checkpoint.of(2, TrainingVectors.vectors(state(0)));
    assertThatThrownBy(() -> TrainingVectors.restore(without, REMEMBERING, SETTINGS))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "checkpoint before epoch 2: carried has 0 values, the network needs 3: it belongs to"
                + " another network; choose another output");
  }

  @Test
  void anAverageComesBackAndIsWhatAFinishedTrainingHas() {
    TrainingState state = state(0);
    state.averageFrom(new WeightAverage(4, 2));
    Checkpoint fresh = Checkpoint.of(5, TrainingVectors.vectors(state));
    assertThat(TrainingVectors.weights(fresh, 2)).as("of no step yet").containsExactly(1, 2);
    state.step(Floats.of(new float[] {1, 1}), 0.5);
    state.step(Floats.of(new float[] {1, 1}), 0.5);
    state.step(Floats.of(new float[] {1, 1}), 0.5);

    Checkpoint saved = Checkpoint.of(6, TrainingVectors.vectors(state));
    TrainingState back = TrainingVectors.restore(saved, PLAIN, SETTINGS);

    assertThat(back.average().orElseThrow().since()).isEqualTo(4);
    assertThat(back.average().orElseThrow().steps()).isEqualTo(3);
    assertThat(back.weightsOnHost()).containsExactly(-0.5f, 0.5f);
    assertThat(back.evaluatedWeights().array()).containsExactly(-0.25f, 0.75f);
    assertThat(TrainingVectors.weights(saved, 2)).containsExactly(-0.25f, 0.75f);
  }
}
