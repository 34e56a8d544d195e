package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed, told to end, and gone on with is the run that was never disturbed, and its
 * folder has one writer at a time.
 */
class KillAndResumeTest {
  private static final Duration QUICKLY = Duration.ofSeconds(15);
  private static final int EPOCHS = 5;

  /** An epoch takes some 40 ms at least: enough of them that a signal comes in the middle. */
  private static final int TRAINING_EPOCHS = 30;

  @TempDir Path folder;

  @Test
  void interruptedRunsComeToTheBitsOfAnUnbrokenOne() throws IOException, InterruptedException {
    RunFiles broken = new RunFiles(folder.resolve("broken"));
    RunFiles unbroken = new RunFiles(folder.resolve("unbroken"));
    Path conf =
        TinyRun.conf(
            folder,
            broken.root(),
            "search.epochs = %d, retrain { candidates = [last], epochs = %d }"
                .formatted(EPOCHS, TRAINING_EPOCHS));

    try (ChildRun first = ChildRun.start(folder, "run", conf)) {
      first.await("a checkpoint", () -> broken.has("search/checkpoint/epoch-000.ckpt"));
      first.suspend();
      assertIsTheOnlyWriter(first, conf, broken);
      first.kill();
    }
    assertThat(broken.has(".lease")).as("what a killed process leaves").isTrue();
    assertThat(searched(broken)).isBetween(1, EPOCHS - 2);

    try (ChildRun second = ChildRun.start(folder, "run", conf, "--resume")) {
      second.await("training", () -> broken.has("retrain/last/seed-0/metrics.jsonl"));
      assertThat(second.terminate(QUICKLY)).as(second.said()).isEqualTo(143);
      assertThat(second.said()).contains("search goes on at epoch ");
      assertLastLineIsAdvice(second.said());
    }
    assertThat(lines(broken, "retrain/last/seed-0/metrics.jsonl"))
        .isBetween(1, TRAINING_EPOCHS - 1);
    assertIsWhole(broken);

    TinyRun.Outcome last = TinyRun.fletch("run", conf, "--resume");
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err()).contains("search was complete").doesNotContain("damaged");
    assertThat(broken.has(".lease")).isFalse();

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf, "--set", "output=" + unbroken.root());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    broken.assertSameResultsAs(unbroken);
  }

  @Test
  @Tag("slow")
  void aSearchThatIsToldToEndCanBeGoneOnWith() throws IOException, InterruptedException {
    RunFiles run = new RunFiles(folder.resolve("ended"));
    Path conf =
        TinyRun.conf(
            folder,
            run.root(),
            "search.epochs = %d, retrain { candidates = [last], epochs = 1 }".formatted(EPOCHS));

    try (ChildRun child = ChildRun.start(folder, "run", conf)) {
      child.await("a checkpoint", () -> run.has("search/checkpoint/epoch-000.ckpt"));
      assertThat(child.terminate(QUICKLY)).as(child.said()).isEqualTo(143);
      assertLastLineIsAdvice(child.said());
    }
    assertThat(searched(run)).isBetween(1, EPOCHS - 1);
    assertIsWhole(run);

    TinyRun.Outcome last = TinyRun.fletch("run", conf, "--resume");
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(last.err()).contains("search goes on at epoch ");
  }

  /** What works in a folder is left alone by every other command that would write there. */
  private static void assertIsTheOnlyWriter(ChildRun writer, Path conf, RunFiles run) {
    for (TinyRun.Outcome second :
        List.of(TinyRun.fletch("run", conf, "--resume"), TinyRun.fletch("report", run.root()))) {
      assertThat(second.exitCode()).isEqualTo(2);
      assertThat(second.err())
          .hasLineCount(1)
          .startsWith(
              "fletch: run folder file:" + run.root() + ": process " + writer.pid() + " on ")
          .endsWith(
              "(fletch run "
                  + conf
                  + ") writes to it: wait until it has ended, stop it, or choose another output\n");
    }
  }

  private static int searched(RunFiles run) {
    return lines(run, "search/epochs.jsonl");
  }

  private static int lines(RunFiles run, String file) {
    return (int) run.text(file).lines().count();
  }

  /** Nothing but progress, and then how to go on. */
  private static void assertLastLineIsAdvice(String said) {
    assertThat(said.lines().toList()).endsWith("interrupted; go on with --resume");
    assertThat(said).doesNotContain("fletch: ").doesNotContain("ERROR").doesNotContain("\tat ");
  }

  /** No file is half there under its own name; temporary ones are the next start's to clear. */
  private static void assertIsWhole(RunFiles run) throws IOException {
    assertThat(run.names())
        .noneMatch(name -> name.matches("_SUCCESS|retrain/.*/result.json|report/.*"));
    assertThat(run.timelessLines("search/epochs.jsonl"))
        .hasSizeGreaterThanOrEqualTo(run.newest("search/checkpoint").nextEpoch());
  }
}
