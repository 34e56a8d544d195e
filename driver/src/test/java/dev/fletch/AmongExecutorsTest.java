package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.JobNames;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search whose executors average among themselves gives the bits of one process. */
class AmongExecutorsTest {
  @TempDir Path folder;

  /** Stages; {@link MethodExecutorsTest} has second order, and executors that are processes. */
  @Test
  @Tag("slow")
  void threadsGiveTheBitsOfOneProcess() throws IOException {
    assertSameBitsOnThreads(List.of("p-darts"));
  }

  /** Sampling and an adversary. */
  @Test
  @Tag("slow")
  void threadsGiveThemWithOtherMethodsToo() throws IOException {
    assertSameBitsOnThreads(List.of("gdas", "sdarts-adv"));
  }

  @ParameterizedTest(name = "{0} executors")
  @ValueSource(ints = {1, 2, 3, 4})
  @Tag("slow")
  void everyMethodGivesTheSameBits(int executors) throws IOException {
    try (SparkCluster cluster = ExecutorProcesses.open(executors)) {
      assertSameBits(cluster, MethodSearches.names());
    }
  }

  private void assertSameBitsOnThreads(List<String> methods) throws IOException {
    TinyRun.SPARK.forEach(System::setProperty);
    try (SparkCluster cluster = SparkCluster.open(new ClusterSettings("among", 4, 1), line -> {})) {
      assertSameBits(cluster, methods);
    } finally {
      TinyRun.SPARK.keySet().forEach(System::clearProperty);
    }
  }

  private void assertSameBits(SparkCluster cluster, List<String> methods) throws IOException {
    for (String method : methods) {
      MethodSearches.amongExecutors(cluster, method, folder.resolve(method), new SilentListener());
    }
    for (String method : methods) {
      new RunFiles(folder.resolve(method)).assertSameSearchAs(MethodSearches.undisturbed(method));
    }
  }

  /** SIGKILL, in the middle of the second epoch; another process takes the place of the killed. */
  @Test
  @Tag("slow")
  void aKilledExecutorDoesNotChangeTheBits() throws IOException {
    RunConfig config =
        MethodSearches.config(
            "darts-second-order", List.of("data.train-limit=240", "search.epochs=2"));
    MethodSearches.local(config, folder.resolve("calm"), new SilentListener());
    AtomicBoolean killed = new AtomicBoolean();
    List<String> jobs;
    try (SparkCluster cluster = ExecutorProcesses.open(2)) {
      JobNames names = JobNames.listen(cluster);
      MethodSearches.amongExecutors(
          cluster,
          config,
          "killed",
          folder.resolve("killed"),
          new SilentListener() {
            @Override
            public void stepDone(
                int epoch, int step, int steps, double loss, double imagesPerSecond) {
              if (epoch == 1 && step < steps - 1 && !killed.get()) {
                killed.set(killAnExecutor());
              }
            }
          });
      jobs = names.after(cluster);
    }
    assertThat(killed).as("an executor was killed while steps were left").isTrue();
    assertThat(jobs)
        .filteredOn(job -> job.contains("an epoch on"))
        .as("the first, the lost, and it once more on as many tasks")
        .containsExactly(
            "killed: an epoch on 2 tasks",
            "killed: an epoch on 2 tasks",
            "killed: an epoch on 2 tasks");
    new RunFiles(folder.resolve("killed")).assertSameSearchAs(new RunFiles(folder.resolve("calm")));
  }

  private static boolean killAnExecutor() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .max(Comparator.comparing(ProcessHandle::pid))
        .map(ProcessHandle::destroyForcibly)
        .orElse(false);
  }
}
