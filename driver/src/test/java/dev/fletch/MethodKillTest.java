package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search with any method that is killed and gone on with is one that was never disturbed. */
class MethodKillTest {
  @TempDir Path folder;

  /**
   * Whether each method's state comes back whole is seen in {@code MethodSearchTest} as well, and
   * real kills in {@code KillAndResumeTest}.
   */
  @Test
  @Tag("slow")
  void everyMethodGoesOnAfterAKillToTheSameBits() throws IOException, InterruptedException {
    killAndGoOn(MethodSearches.names());
  }

  private void killAndGoOn(List<String> methods) throws IOException, InterruptedException {
    Path broken = folder.resolve("broken");
    String[] arguments = MethodMarathon.arguments(broken, methods);
    for (String method : methods) {
      RunFiles run = new RunFiles(broken.resolve(method));
      try (ChildRun child =
          ChildRun.startMain(folder, MethodMarathon.class, (Object[]) arguments)) {
        child.await("a checkpoint of " + method, () -> run.has("search/checkpoint/epoch-000.ckpt"));
        child.kill();
      }
      assertThat(run.has("search/result.json")).as(method + " was done").isFalse();
    }
    MethodMarathon.main(arguments);
    for (String method : methods) {
      new RunFiles(broken.resolve(method)).assertSameSearchAs(MethodSearches.undisturbed(method));
    }
  }
}
