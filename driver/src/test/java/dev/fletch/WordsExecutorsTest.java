package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.retrain.Candidates;
import dev.fletch.retrain.HeldCandidates;
import dev.fletch.retrain.JobRunner;
import dev.fletch.retrain.RetrainResult;
import dev.fletch.retrain.Retraining;
import dev.fletch.retrain.TakenCandidates;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.search.SearchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A search of a recurrent cell and the training of what it found, in second order, with averaged
 * weights and with what networks remember kept from epoch to epoch, give the same bits in one
 * process, on threads of Spark and on executors, whoever averages.
 */
class WordsExecutorsTest {
  private static final int REPLICAS = 4;
  private static final List<String> BY_DRIVER = List.of();
  private static final List<String> AMONG_EXECUTORS =
      List.of("search.exchange=executors", "retrain.exchange=executors");

  @TempDir static Path shared;

  private static Path data;
  private static RunFiles local;

  @TempDir Path folder;

  @BeforeAll
  static void runInThisProcess() throws IOException {
    data = TinyWords.write(shared.resolve("data"));
    Path output = shared.resolve("local");
    RunConfig config = config(BY_DRIVER);
    MethodSearches.local(config, output, new SilentListener());
    retrain(config, output, new LocalJobs());
    local = new RunFiles(output);
  }

  private static RunConfig config(List<String> more) {
    String replicas =
        "search { batch = 2, replicas = %1$d, epochs = 2 }, retrain { batch = 2, replicas = %1$d, epochs = 4, weights.nonmonotone = 1 }"
            .formatted(REPLICAS);
    return RunConfigLoader.load("words.conf", TinyWords.text(data, "none", replicas), more);
  }

  private static void retrain(RunConfig config, Path output, JobRunner jobs) {
    Configuration hadoop = new Configuration();
    RunFolder run = RunFolder.open(output.toString(), hadoop);
    RetrainResult result =
        new Retraining(
                config.retrain(),
                config.data(),
                Retraining.resultKeys(config.resolved()),
                run,
                jobs,
                line -> {})
            .run(
                Candidates.of(
                    () -> SearchResult.read(run, config.searchPlan()),
                    config.retrain().candidates(),
                    config.supernet(),
                    config.seed(),
                    new TakenCandidates(HeldCandidates.of(run, line -> {}), hadoop),
                    line -> {}));
    assertThat(result.failures()).isEmpty();
  }

  /** Or the comparisons would say less than they seem to. */
  @Test
  void whatIsComparedHasAllThatAStateCanHave() {
    Checkpoint search = local.newest("search/checkpoint");
    Checkpoint training = local.newest("retrain/last/seed-0/checkpoint");

    for (String carried : List.of("carried", "carried-of-alpha")) {
      assertThat(search.vectors().get(carried))
          .as(carried)
          .hasSize(REPLICAS * 2 * 8)
          .doesNotContain(0);
    }
    assertThat(training.vectors().get("carried")).hasSize(REPLICAS * 2 * 8).doesNotContain(0);
    assertThat(training.vectors().get("weights-average")).isNotEmpty().doesNotContain(0);
  }

  @Test
  void threadsGiveTheBitsOfOneProcess() throws IOException {
    assertSameBitsOn(4);
  }

  /** All replicas in one task, one after the other, and two in each of two. */
  @ParameterizedTest(name = "local[{0}]")
  @ValueSource(ints = {1, 2})
  @Tag("slow")
  void fewerThreadsGiveThemToo(int threads) throws IOException {
    assertSameBitsOn(threads);
  }

  private void assertSameBitsOn(int threads) throws IOException {
    Map<String, String> spark = new LinkedHashMap<>(TinyRun.SPARK);
    spark.put("spark.master", "local[" + threads + "]");
    spark.forEach(System::setProperty);
    try (SparkCluster cluster =
        SparkCluster.open(new ClusterSettings("words", REPLICAS, 1), line -> {})) {
      assertSameBits(cluster, AMONG_EXECUTORS);
      assertSameBits(cluster, BY_DRIVER);
    } finally {
      spark.keySet().forEach(System::clearProperty);
    }
  }

  /** Of four replicas one executor has all, or each has as many; of three, one has two. */
  @ParameterizedTest(name = "{0} executors")
  @ValueSource(ints = {1, 2, 3, 4})
  @Tag("slow")
  void executorsGiveTheBitsOfOneProcess(int executors) throws IOException {
    try (SparkCluster cluster = ExecutorProcesses.open(executors)) {
      assertSameBits(cluster, AMONG_EXECUTORS);
      assertSameBits(cluster, BY_DRIVER);
    }
  }

  private void assertSameBits(SparkCluster cluster, List<String> exchange) throws IOException {
    RunConfig config = config(exchange);
    Path output = folder.resolve("spark-" + exchange.size());
    MethodSearches.onSparkAsSet(cluster, config, output, new SilentListener());
    retrain(config, output, cluster.jobs(""));
    new RunFiles(output).assertSameResultsAs(local);
  }
}
