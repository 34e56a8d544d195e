package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.StepId;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSource;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.LearningRateSettings.Decay;
import dev.fletch.optimizer.Nd4jUpdaterSettings;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.toy.InterruptedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search goes on to the same bits, whatever interrupted it. */
class SupernetSearchTest extends ToySearches {
  @ParameterizedTest
  @CsvSource({"1, SOFTMAX, 0", "1, RESCALE, 2", "2, SOFTMAX, 1", "2, RESCALE, 0"})
  void killedAfterAnEpochAndResumedIsTheUnbrokenRun(
      int order, TemperatureSettings.Mode mode, int lastEpoch) {
    goesOn(plan(order, mode), lastEpoch);
  }

  private void goesOn(SearchPlan plan, int lastEpoch) {
    RunFolder unbroken = create("unbroken");
    search(plan, unbroken, listener);

    RunFolder broken = create("broken");
    assertThatThrownBy(() -> search(plan, broken, new RecordingListener(lastEpoch)))
        .isInstanceOf(RecordingListener.KilledException.class);
    RunFolder resumed = RunFolder.open(broken.path(), new Configuration());
    RecordingListener second = new RecordingListener();
    SearchResult result = search(plan, resumed, second);

    assertThat(second.notes)
        .containsExactly("search goes on at epoch " + (lastEpoch + 1) + " of 4");
    assertThat(second.epochs).hasSize(EPOCHS - lastEpoch - 1);
    assertThat(result.stopReason()).isEqualTo("completed");
    assertSame(resumed, unbroken);
  }

  @Test
  void optimizersOfNd4jGoOnFromACheckpointToTheSameBits() {
    SearchPlan plan = plan(2, TemperatureSettings.Mode.SOFTMAX);
    SearchSettings usual = plan.settings();
    SearchSettings settings =
        new SearchSettings(
            usual.method(),
            usual.order(),
            usual.epochs(),
            usual.batch(),
            usual.replicas(),
            usual.threads(),
            new Nd4jUpdaterSettings.RmsPropSettings(0.9, 1e-8, 3e-4),
            new LearningRateSettings(
                LearningRateSettings.Schedule.EXPONENTIAL, 0.05, 0, Decay.everyEpochs(0.5, 1), 2),
            usual.gradientClip(),
            new Nd4jUpdaterSettings.NesterovSettings(0.9, 1e-3),
            usual.alphaRate(),
            usual.alphaL1(),
            usual.temperature(),
            usual.augmentation(),
            usual.watch(),
            usual.stop(),
            usual.keepCheckpoints());

    goesOn(
        new SearchPlan(settings, plan.supernet(), 2, plan.metric(), plan.seed(), plan.keys()), 1);
  }

  @Test
  void divergenceLeavesTheRunAsAfterTheLastWholeEpoch() {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    DivergedException diverged = new DivergedException(new StepId(2, 1), 0, Double.NaN);
    GradientSource source = new InterruptedSource(source(plan), new StepId(2, 1), diverged);
    assertThatThrownBy(() -> new SupernetSearch(plan, (size, edges) -> source, run, listener).run())
        .isSameAs(diverged);

    SearchResult left = SearchResult.read(run, EPOCHS);
    assertThat(left.epochs()).hasSize(2);
    assertThat(left.stopReason()).isEqualTo("interrupted");
    search(plan, run, listener);
    RunFolder unbroken = create("unbroken");
    search(plan, unbroken, listener);
    assertSame(run, unbroken);
  }

  /** Its end was written, but a damaged checkpoint takes the last epoch back. */
  @Test
  void aSearchThatGoesOnDoesNotSayThatItHasEnded() throws IOException {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    search(plan, run, listener);
    assertThat(run.exists(SearchResult.RESULT_FILE)).isTrue();
    Files.write(temporary.resolve("run/search/checkpoint/epoch-003.ckpt"), new byte[] {1});

    assertThatThrownBy(() -> search(plan, run, new RecordingListener(3)))
        .isInstanceOf(RecordingListener.KilledException.class);

    assertThat(run.exists(SearchResult.RESULT_FILE)).isFalse();
  }

  @Test
  void tornCheckpointFallsBackToTheOneBefore() throws IOException {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    search(plan, run, listener);
    RunFolder unbroken = create("unbroken");
    search(plan, unbroken, listener);
    Path newest = temporary.resolve("run/search/checkpoint/epoch-003.ckpt");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);

    RecordingListener second = new RecordingListener();
    search(plan, run, second);
    assertThat(second.warnings.get(0))
        .contains(
            "search/checkpoint/epoch-003.ckpt is damaged (its checksum does not match its"
                + " content)");
    assertThat(second.epochs).containsExactly(3);
    assertSame(run, unbroken);
  }

  @Test
  void finishedSearchIsNotTrainedAgain() {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    SearchResult first = search(plan, run, listener);
    RecordingListener second = new RecordingListener();
    assertThat(search(plan, run, second))
        .isEqualTo(first)
        .isEqualTo(SearchResult.read(run, EPOCHS));
    assertThat(second.steps).isZero();
    assertThat(second.notes).containsExactly("search was complete: nothing left to train");
  }

  @Test
  void resumingWithOtherSettingsIsRefusedByKey() {
    SearchPlan plan = plan(1, TemperatureSettings.Mode.SOFTMAX);
    RunFolder run = create("run");
    search(plan, run, listener);
    SearchPlan other =
        new SearchPlan(
            plan.settings(),
            plan.supernet(),
            2,
            plan.metric(),
            7,
            ResultKeys.of(Map.of("seed", "7", "search.epochs", "9")));
    assertThatThrownBy(() -> search(other, run, listener))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("was started with other settings (search.epochs was 4, now 9)");
  }

  @Test
  void onlyKeysThatDecideTheResultCount() {
    ResultKeys keys =
        SearchPlan.resultKeys(
            Map.of(
                "seed", "1",
                "search.batch", "4",
                "search.keep-checkpoints", "2",
                "data.path", "p",
                "data.test-limit", "9",
                "retrain.batch", "8",
                "output", "o"));
    assertThat(keys.values()).containsOnlyKeys("seed", "search.batch", "data.path");
  }

  /** Bit for bit, but for wall time. */
  private static void assertSame(RunFolder actual, RunFolder expected) {
    Checkpoint a = newest(actual);
    Checkpoint b = newest(expected);
    assertThat(a.nextEpoch()).isEqualTo(b.nextEpoch());
    assertThat(a.counters()).isEqualTo(b.counters());
    assertThat(a.vectors().keySet())
        .containsExactly("alpha", "alpha-optimizer", "statistics", "weights", "weights-optimizer");
    b.vectors()
        .forEach((name, vector) -> assertThat(a.vectors().get(name)).as(name).isEqualTo(vector));
    assertThat(withoutTime(actual)).hasSize(EPOCHS).isEqualTo(withoutTime(expected));
    for (String alpha : expected.list("search/alpha")) {
      assertThat(actual.readText("search/alpha/" + alpha))
          .isEqualTo(expected.readText("search/alpha/" + alpha));
    }
  }
}
