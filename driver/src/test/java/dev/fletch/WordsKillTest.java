package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run on running text that is killed (SIGKILL) and gone on with is the run that was never
 * disturbed, with what its networks remember across epochs and the average of their weights.
 */
class WordsKillTest {
  private static final String TRAINING = "retrain/last/seed-0/metrics.jsonl";

  @TempDir Path folder;

  private Path data;
  private RunFiles broken;
  private RunFiles unbroken;

  @BeforeEach
  void write() throws IOException {
    data = TinyWords.write(folder.resolve("data"));
    broken = new RunFiles(folder.resolve("broken"));
    unbroken = new RunFiles(folder.resolve("unbroken"));
  }

  /** Of first order and with one replica, to be short. */
  @Test
  void aSearchGoesOnToTheSameBits() throws IOException, InterruptedException {
    int epochs = 5;
    Path conf =
        conf(
            "search { epochs = %d, order = first, batch = 8, replicas = 1, watch.eigenvalue-every = 0 }, retrain { epochs = 1, replicas = 1 }"
                .formatted(epochs));
    killInTheSearch(conf, epochs);

    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("search goes on at epoch ");
    assertThat(broken.newest("search/checkpoint").vectors().get("carried")).doesNotContain(0);
    assertSameAsUnbroken(conf);
  }

  /** Both phases of one run, the training once its weights are averaged. */
  @ParameterizedTest(name = "averages by {0}")
  @ValueSource(strings = {"driver", "executors"})
  @Tag("slow")
  void soDoesATrainingWhoeverAverages(String exchange) throws IOException, InterruptedException {
    int epochs = 5;
    int trainingEpochs = 60;
    Path conf =
        conf(
            "search { epochs = %d, exchange = %s }, retrain { epochs = %d, exchange = %2$s, weights.nonmonotone = 1 }"
                .formatted(epochs, exchange, trainingEpochs));
    killInTheSearch(conf, epochs);

    try (ChildRun second = ChildRun.start(folder, "run", conf, "--resume")) {
      second.await(
          "an average", () -> broken.has(TRAINING) && broken.text(TRAINING).contains("averaged"));
      second.kill();
      assertThat(second.said()).contains("search goes on at epoch ");
    }
    assertThat(broken.timelessLines(TRAINING)).hasSizeBetween(1, trainingEpochs - 1);

    TinyRun.Outcome last = TinyRun.fletch("run", conf, "--resume");
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err()).contains("search was complete").doesNotContain("damaged");
    assertThat(broken.newest("retrain/last/seed-0/checkpoint").vectors())
        .containsKeys("carried", "weights-average");
    assertSameAsUnbroken(conf);
  }

  private Path conf(String more) throws IOException {
    return TinyWords.conf(folder, data, broken.root(), more);
  }

  private void killInTheSearch(Path conf, int epochs) throws IOException, InterruptedException {
    try (ChildRun first = ChildRun.start(folder, "run", conf)) {
      first.await("a checkpoint", () -> broken.has("search/checkpoint/epoch-000.ckpt"));
      first.kill();
    }
    assertThat(broken.timelessLines("search/epochs.jsonl")).hasSizeBetween(1, epochs - 1);
    assertThat(broken.has("search/result.json")).as("it was done").isFalse();
  }

  private void assertSameAsUnbroken(Path conf) throws IOException {
    TinyRun.Outcome outcome = TinyRun.fletch("run", conf, "--set", "output=" + unbroken.root());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    broken.assertSameResultsAs(unbroken);
  }
}
