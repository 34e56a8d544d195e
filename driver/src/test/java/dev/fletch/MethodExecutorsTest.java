package dev.fletch;

import dev.fletch.cluster.SparkCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search with any method gives the same bits on however many executors it runs. */
class MethodExecutorsTest {
  @TempDir Path folder;

  @Test
  void executorsGiveTheBitsOfOneProcess() throws IOException {
    assertSameBits(2, List.of("darts-second-order", "gdas"));
  }

  /** An executor that has two of the four replicas, and two that have one. */
  @Test
  @Tag("slow")
  void executorsWithUnequalSharesGiveThemToo() throws IOException {
    assertSameBits(3, List.of("darts-second-order", "p-darts", "gdas"));
  }

  @ParameterizedTest(name = "{0} executors")
  @ValueSource(ints = {1, 2, 4})
  @Tag("slow")
  void everyMethodGivesTheSameBits(int executors) throws IOException {
    assertSameBits(executors, MethodSearches.names());
  }

  private void assertSameBits(int executors, List<String> methods) throws IOException {
    try (SparkCluster cluster = ExecutorProcesses.open(executors)) {
      for (String method : methods) {
        MethodSearches.onSpark(cluster, method, folder.resolve(method), new SilentListener());
      }
    }
    for (String method : methods) {
      new RunFiles(folder.resolve(method)).assertSameSearchAs(MethodSearches.undisturbed(method));
    }
  }
}
