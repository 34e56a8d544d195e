package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cluster.JobNames;
import dev.fletch.cluster.KeptReplicas;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.gradient.Metrics;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidates;
import dev.fletch.retrain.RetrainResult;
import dev.fletch.retrain.Retraining;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.search.PopulationPlan;
import dev.fletch.search.PopulationSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an executor worked on when its process was killed is tried again, within the same run. */
@Tag("slow")
class LostExecutorTest {
  private static final int PATIENCE_MINUTES = 5;
  private static final int PAUSE_MILLIS = 10;

  @TempDir Path folder;

  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void aTrainingComesToTheBitsOfAnUndisturbedOne() throws Exception {
    Path conf =
        TinyRun.conf(
            folder,
            "unused",
            "retrain { candidates = [random-0, random-1], parallel = 2, epochs = 30 }");
    RunConfig config = RunConfigLoader.load(conf, List.of());
    RunFiles calm = output("calm", config);
    RunFiles disturbed = output("disturbed", config);
    try (Executors executors = new Executors()) {
      assertThat(retrain(config, calm, executors.cluster()).failures()).isEmpty();
      CompletableFuture<Void> killed =
          executors.killOneWhen(
              () ->
                  disturbed.has("retrain/random-0/seed-0/metrics.jsonl")
                      && disturbed.has("retrain/random-1/seed-0/metrics.jsonl"));

      RetrainResult result = retrain(config, disturbed, executors.cluster());

      killed.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      assertThat(result.failures()).isEmpty();
    }
    assertOneWasLost();
    for (String candidate : List.of("random-0", "random-1")) {
      assertSameTraining(candidate, 30, disturbed, calm);
    }
  }

  private static void assertSameTraining(
      String candidate, int epochs, RunFiles disturbed, RunFiles calm) throws IOException {
    String training = "retrain/" + candidate + "/seed-0";
    assertThat(disturbed.timelessLines(training + "/metrics.jsonl"))
        .hasSize(epochs)
        .isEqualTo(calm.timelessLines(training + "/metrics.jsonl"));
    assertThat(disturbed.newest(training + "/checkpoint").vectors())
        .usingRecursiveComparison()
        .isEqualTo(calm.newest(training + "/checkpoint").vectors());
  }

  /**
   * As the second epoch begins, which begins anew then; the undisturbed one goes through the
   * driver.
   */
  @Test
  void soDoesOneWhoseExecutorsAverageAmongThemselves() throws Exception {
    Path conf =
        TinyRun.conf(
            folder,
            "unused",
            "retrain { candidates = [random-0], replicas = 2, batch = 4, epochs = 4 }");
    RunConfig byDriver = RunConfigLoader.load(conf, List.of());
    RunConfig among = RunConfigLoader.load(conf, List.of("retrain.exchange=executors"));
    RunFiles calm = output("calm", byDriver);
    RunFiles disturbed = output("disturbed", among);
    try (Executors executors = new Executors()) {
      JobNames names = JobNames.listen(executors.cluster());
      CompletableFuture<Void> killed =
          executors.killOneWhen(
              () -> names.soFar().stream().filter(job -> job.contains("an epoch on")).count() == 2);

      assertThat(retrain(among, disturbed, executors.cluster()).failures()).isEmpty();

      killed.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      assertThat(names.after(executors.cluster()))
          .filteredOn(job -> job.contains("an epoch on"))
          .as("four epochs, and the lost one")
          .hasSize(5);
      assertThat(KeptReplicas.byExecutor(executors.cluster(), 2))
          .isNotEmpty() // the one that replaces the killed may still be on its way
          .allSatisfy((executor, replicas) -> assertThat(replicas).isZero());
      assertThat(retrain(byDriver, calm, executors.cluster()).failures()).isEmpty();
    }
    assertOneWasLost();
    assertSameTraining("random-0", 4, disturbed, calm);
  }

  @Test
  void soDoTheGenomesOfAGeneration() throws Exception {
    Path conf = PopulationRunTest.conf(folder, "unused", "search.fitness.epochs = 8");
    RunConfig config = RunConfigLoader.load(conf, List.of());
    RunFiles calm = output("calm", config);
    RunFiles disturbed = output("disturbed", config);
    try (Executors executors = new Executors()) {
      search(config, calm, executors.cluster());
      CompletableFuture<Void> killed =
          executors.killOneWhen(() -> disturbed.has("search/fitness/genome-00000.json"));

      search(config, disturbed, executors.cluster());

      killed.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }
    assertOneWasLost();
    disturbed.assertSameSearchAs(calm);
    for (String name : calm.names()) {
      if (name.startsWith("search/population/")) {
        assertThat(disturbed.text(name)).as(name).isEqualTo(calm.text(name));
      }
    }
  }

  private void assertOneWasLost() {
    assertThat(said.stream().filter(line -> line.startsWith("warning: executor ")))
        .singleElement()
        .asString()
        .matches(
            "warning: executor \\d+ was lost \\(.+\\): what it worked on is tried again, until it"
                + " has failed 4 times");
  }

  private RunFiles output(String name, RunConfig config) throws IOException {
    Path output = Files.createDirectories(folder.resolve(name));
    Files.writeString(output.resolve(RunFolder.CONFIG), config.render());
    return new RunFiles(output);
  }

  private static RunFolder open(RunFiles files) {
    return RunFolder.open(files.root().toString(), new Configuration());
  }

  private RetrainResult retrain(RunConfig config, RunFiles files, SparkCluster cluster) {
    List<Candidate> candidates =
        Candidates.of(
            () -> {
              throw new AssertionError("no candidate comes from a search");
            },
            config.retrain().candidates(),
            config.supernet(),
            config.seed(),
            line -> {});
    return new Retraining(
            config.retrain(),
            config.data(),
            Retraining.resultKeys(config.resolved()),
            open(files),
            cluster.jobs(""),
            line -> {})
        .run(candidates);
  }

  private static void search(RunConfig config, RunFiles files, SparkCluster cluster) {
    PopulationPlan plan = (PopulationPlan) config.searchPlan(Metrics.DEFAULT, config.resolved());
    new PopulationSearch(plan, cluster.fitness(""), open(files), new SilentListener()).run();
  }

  /** Two executors; they are the processes that this one has started for the cluster. */
  private final class Executors implements AutoCloseable {
    private final Set<Long> before = children();
    private final SparkCluster cluster;

    Executors() throws IOException {
      cluster = ExecutorProcesses.open(2, said::add);
    }

    SparkCluster cluster() {
      return cluster;
    }

    private static Set<Long> children() {
      return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /** SIGKILL for one of them, as soon as {@code happened}. */
    CompletableFuture<Void> killOneWhen(BooleanSupplier happened) {
      return CompletableFuture.runAsync(
          () -> {
            while (!happened.getAsBoolean()) {
              pause();
            }
            assertThat(one().destroyForcibly()).isTrue();
          });
    }

    /** By the time that something has happened on them, they are there. */
    private ProcessHandle one() {
      return ProcessHandle.current()
          .children()
          .filter(child -> !before.contains(child.pid()))
          .findFirst()
          .orElseThrow();
    }

    private static void pause() {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      cluster.close();
    }
  }
}
