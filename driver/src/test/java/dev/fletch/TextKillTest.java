package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on texts that is killed and gone on with is the run that was never disturbed. */
class TextKillTest {
  @TempDir Path folder;

  @Test
  @Tag("slow")
  void aKilledRunComesToTheBitsOfAnUnbrokenOne() throws IOException, InterruptedException {
    Path data = TinyTexts.write(folder.resolve("data"));
    RunFiles broken = new RunFiles(folder.resolve("broken"));
    RunFiles unbroken = new RunFiles(folder.resolve("unbroken"));
    Path conf =
        TinyTexts.conf(
            folder, data, broken.root(), "search.epochs = 12, retrain.candidates = [last]");

    try (ChildRun child = ChildRun.start(folder, "run", conf)) {
      child.await("a checkpoint", () -> broken.has("search/checkpoint/epoch-000.ckpt"));
      child.kill();
    }
    assertThat(broken.has("search/result.json")).as("it was done").isFalse();
    TinyRun.Outcome resumed = TinyRun.fletch("run", conf, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("search goes on at epoch ");

    TinyRun.Outcome outcome = TinyRun.fletch("run", conf, "--set", "output=" + unbroken.root());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    broken.assertSameResultsAs(unbroken);
  }
}
