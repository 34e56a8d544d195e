package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.StepId;
import dev.fletch.optimizer.AveragedSgdSettings;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.TrainingVectors;
import dev.fletch.toy.InterruptedSource;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Four epochs: with a patience of one, averages begin behind the third at the earliest. */
class AveragedTrainingTest extends ToyTrainings {
  private static final AveragedSgdSettings SETTINGS = new AveragedSgdSettings(1e-3, 1);
  private static final int STEPS = 4;

  /** The loss of the third epoch is above that of the first: averages are of the last epoch. */
  private static final List<Double> LOSSES = List.of(2.0, 1.0, 3.0, 1.0);

  @Test
  void averagesAreEvaluatedAndStepsGoOnFromTheWeights() {
    RunFolder run = create("run");
    Told source = new Told(LOSSES);
    TrainingResult result = train(run, job(run, SETTINGS, 0), source);

    assertThat(curve(run).stream().map(e -> e.course().averaged()))
        .containsExactly(false, false, false, true);
    assertThat(source.points).hasSize(4 * STEPS);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(source.evaluated.get(epoch))
          .as("epoch %d", epoch)
          .isEqualTo(source.points.get((epoch + 1) * STEPS));
    }
    // behind step 1 are the weights that step 2 begins with; the first of four does not count
    Checkpoint newest = newest(run);
    float[] last = newest.vectors().get("weights");
    float[] averaged = source.evaluated.get(3);
    for (int i = 0; i < last.length; i++) {
      double mean = (source.points.get(14)[i] + source.points.get(15)[i] + (double) last[i]) / 3;
      assertThat((double) averaged[i]).isEqualTo(mean, Offset.offset(1e-7));
    }
    assertThat(averaged).isNotEqualTo(last);
    assertThat(source.evaluated.get(4)).as("tested").isEqualTo(averaged);
    assertThat(TrainingVectors.weights(newest, last.length)).isEqualTo(averaged);
    assertThat(newest.counters())
        .containsEntry("weights-average", 4L)
        .containsEntry("weights-average-since-epoch", 3L);
    assertThat(run.readLines(FOLDER + "/metrics.jsonl").get(3)).endsWith(",\"averaged\":true}");
    assertThat(run.readLines(FOLDER + "/metrics.jsonl").get(2)).doesNotContain("averaged");
    assertThat(result.epochs()).isEqualTo(4);
  }

  @Test
  void killedBehindTheTriggerOrInTheAverageItGoesOnToTheSameBits() {
    RunFolder unbroken = create("unbroken");
    TrainingResult expected = train(unbroken, job(unbroken, SETTINGS, 0), new Told(LOSSES));
    for (int step : new int[] {0, 2}) {
      RunFolder broken = create("broken" + step);
      CandidateJob job = job(broken, SETTINGS, 0);
      assertThatThrownBy(
              () ->
                  train(
                      broken,
                      job,
                      new InterruptedSource(
                          new Told(LOSSES),
                          new StepId(3, step),
                          new IllegalStateException("killed"))))
          .hasMessage("killed");

      TrainingResult result = train(broken, job, new Told(LOSSES.subList(3, 4)));

      assertThat(result.testLoss()).isEqualTo(expected.testLoss());
      newest(unbroken)
          .vectors()
          .forEach(
              (name, vector) ->
                  assertThat(newest(broken).vectors().get(name)).as(name).isEqualTo(vector));
      assertThat(newest(broken).counters()).isEqualTo(newest(unbroken).counters());
    }
  }

  /** As long as the loss falls, the training is that of plain SGD. */
  @Test
  void withoutTheTriggerNothingIsAveraged() {
    RunFolder run = create("run");
    train(run, job(run, SETTINGS, 0), new Told(List.of(4.0, 3.0, 2.0, 1.0)));

    assertThat(newest(run).vectors()).doesNotContainKey("weights-average");
    assertThat(curve(run)).noneMatch(epoch -> epoch.course().averaged());
  }
}
