package dev.fletch;

import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search on texts gives the same bits in one process, on threads of Spark and on executors. */
class TextExecutorsTest {
  @TempDir Path folder;

  private RunConfig config;

  @BeforeEach
  void searchInThisProcess() throws IOException {
    Path data = TinyTexts.write(folder.resolve("data"));
    config =
        RunConfigLoader.load(
            "texts.conf",
            TinyTexts.text(data, "none", "search { epochs = 2, batch = 2, replicas = 4 }"),
            List.of());
    MethodSearches.local(config, folder.resolve("local"), new SilentListener());
  }

  @Test
  void threadsGiveTheBitsOfOneProcess() throws IOException {
    TinyRun.SPARK.forEach(System::setProperty);
    try (SparkCluster cluster = SparkCluster.open(new ClusterSettings("texts", 4, 1), line -> {})) {
      assertSameBits(cluster);
    } finally {
      TinyRun.SPARK.keySet().forEach(System::clearProperty);
    }
  }

  /** Of four replicas one executor has all, or each has as many; of three, one has two. */
  @ParameterizedTest(name = "{0} executors")
  @ValueSource(ints = {1, 2, 3, 4})
  @Tag("slow")
  void executorsGiveTheBitsOfOneProcess(int executors) throws IOException {
    try (SparkCluster cluster = ExecutorProcesses.open(executors)) {
      assertSameBits(cluster);
    }
  }

  private void assertSameBits(SparkCluster cluster) throws IOException {
    Path spark = folder.resolve("spark");
    MethodSearches.onSpark(cluster, config, "texts", spark, new SilentListener());
    new RunFiles(spark).assertSameSearchAs(new RunFiles(folder.resolve("local")));
  }
}
