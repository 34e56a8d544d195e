package dev.fletch;

import dev.fletch.cluster.SparkCluster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search with any method gives the same bits on however many executors it runs. */
class MethodExecutorsTest {
  @TempDir static Path folder;

  @ParameterizedTest(name = "{0} executors")
  @ValueSource(ints = {1, 2, 4})
  void everyMethodGivesTheSameBits(int executors) throws IOException {
    Path here = folder.resolve(executors + "-executors");
    try (SparkCluster cluster = ExecutorProcesses.open(executors)) {
      for (String method : MethodSearches.names()) {
        MethodSearches.onSpark(cluster, method, here.resolve(method), new SilentListener());
      }
    }
    for (String method : MethodSearches.names()) {
      Path local = folder.resolve("local").resolve(method);
      if (!local.toFile().exists()) {
        MethodSearches.local(method, local, new SilentListener());
      }
      new RunFiles(here.resolve(method)).assertSameSearchAs(new RunFiles(local));
    }
  }
}
