package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.settings.InvalidSettingsException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkClusterTest {
  @Test
  void saysInOneLineWhatItRunsOn() {
    List<String> said = new ArrayList<>();

    try (SparkCluster cluster = LocalSpark.open(said)) {
      int cores = Runtime.getRuntime().availableProcessors();
      assertThat(said.get(0))
          .startsWith(
              "Spark 3.5.7 on local[2,4]: 2 cores, 1 thread x 2 tasks at a time on " + cores)
          .contains(", nd4j-native linux-x86_64-onednn");
      assertThat(cluster.environment())
          .containsEntry("spark", "3.5.7")
          .containsEntry("master", "local[2,4]")
          .containsEntry("taskCpus", "1")
          .containsKeys("application", "backend");
      assertThat(cluster.spark().sc().getSchedulingMode()).hasToString("FAIR");
    }
  }

  @Test
  void saysWhyItCannotStart() {
    assertThatThrownBy(
            () ->
                SparkCluster.open(
                    new SparkConf(false).setMaster("nowhere:1"),
                    new ClusterSettings("test", 1, 1),
                    line -> {}))
        .isInstanceOf(ClusterException.class)
        .hasMessage("Cannot start Spark on nowhere:1: Could not parse Master URL: 'nowhere:1'");
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> new ClusterSettings(" ", 0, 0))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "name must not be empty; tasks must be >= 1, got 0; threads must be >= 1, got 0");
  }
}
