package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search with any method that is killed and gone on with is one that was never disturbed. */
class MethodKillTest {
  @TempDir Path folder;

  @Test
  void everyMethodGoesOnAfterAKillToTheSameBits() throws IOException, InterruptedException {
    Path broken = folder.resolve("broken");
    for (String method : MethodSearches.names()) {
      RunFiles run = new RunFiles(broken.resolve(method));
      try (ChildRun child = ChildRun.startMain(folder, MethodMarathon.class, broken)) {
        child.await("a checkpoint of " + method, () -> run.has("search/checkpoint/epoch-000.ckpt"));
        child.kill();
      }
      assertThat(run.has("search/result.json")).as(method + " was done").isFalse();
    }
    try (ChildRun child = ChildRun.startMain(folder, MethodMarathon.class, broken)) {
      assertThat(child.exitCode()).as(child.said()).isZero();
    }
    for (String method : MethodSearches.names()) {
      Path unbroken = folder.resolve("unbroken").resolve(method);
      MethodSearches.local(method, unbroken, new SilentListener());
      new RunFiles(broken.resolve(method)).assertSameSearchAs(new RunFiles(unbroken));
    }
  }
}
