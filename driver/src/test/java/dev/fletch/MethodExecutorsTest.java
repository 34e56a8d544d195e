package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cluster.KeptReplicas;
import dev.fletch.cluster.SparkCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
    assertSameBits(2, List.of(), List.of("gdas"));
  }

  /** Averages go through the driver for one method, and among the executors for another. */
  @Test
  @Tag("slow")
  void theyMayAverageThemselvesForOneMethodAndNotForTheNext() throws IOException {
    assertSameBits(2, List.of("gdas"), List.of("darts-second-order"));
  }

  /** An executor that has two of the four replicas, and two that have one. */
  @Test
  @Tag("slow")
  void executorsWithUnequalSharesGiveThemToo() throws IOException {
    assertSameBits(3, List.of("darts-second-order", "p-darts", "gdas"), List.of());
  }

  @ParameterizedTest(name = "{0} executors")
  @ValueSource(ints = {1, 2, 4})
  @Tag("slow")
  void everyMethodGivesTheSameBits(int executors) throws IOException {
    assertSameBits(executors, MethodSearches.names(), List.of());
  }

  private void assertSameBits(int executors, List<String> byDriver, List<String> amongThemselves)
      throws IOException {
    try (SparkCluster cluster = ExecutorProcesses.open(executors)) {
      for (String method : byDriver) {
        MethodSearches.onSpark(cluster, method, folder.resolve(method), new SilentListener());
      }
      for (String method : amongThemselves) {
        MethodSearches.amongExecutors(
            cluster, method, folder.resolve(method), new SilentListener());
      }
      assertThat(KeptReplicas.byExecutor(cluster, executors))
          .as("replicas that nobody needs any more")
          .hasSize(executors)
          .allSatisfy((executor, replicas) -> assertThat(replicas).isZero());
    }
    for (String method : Stream.concat(byDriver.stream(), amongThemselves.stream()).toList()) {
      new RunFiles(folder.resolve(method)).assertSameSearchAs(MethodSearches.undisturbed(method));
    }
  }
}
