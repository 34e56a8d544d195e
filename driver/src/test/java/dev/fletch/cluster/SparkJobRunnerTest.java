package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.engine.Computing;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.replica.ExchangeSettings;
import dev.fletch.retrain.CandidateJob;
import dev.fletch.retrain.FanOutSettings;
import dev.fletch.retrain.HalvingSettings;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.Protocol;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.runfolder.ResultKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkJobRunnerTest {
  @TempDir private Path folder;

  @Test
  void trainingThatCannotStartIsReportedWithItsOwnSentence() {
    CandidateJob job = job(3, new FanOutSettings(2, 1, 0, HalvingSettings.OFF));
    try (SparkCluster cluster = LocalSpark.open()) {
      JobNames names = JobNames.listen(cluster);

      List<Outcome> ended = new CopyOnWriteArrayList<>();
      List<Outcome> outcomes = cluster.jobs("").runAll(List.of(job), 2, ended::add);

      assertThat(ended).isEqualTo(outcomes);
      assertThat(outcomes)
          .singleElement()
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.candidate()).isEqualTo("last");
                assertThat(failed.seed()).isEqualTo(3);
                assertThat(failed.message())
                    .startsWith("run folder ")
                    .endsWith(": check the path, or start a run there first");
              });
      assertThat(names.after(cluster))
          .containsExactly("retrain-last-seed-3: train last with seed 3");
    }
  }

  @Test
  void whatExecutorsCannotDoIsRefusedBeforeAnythingRuns() {
    ExchangeSettings among = new ExchangeSettings(ExchangeSettings.Where.EXECUTORS, 60);
    CandidateJob averaging = job(3, new FanOutSettings(2, 2, among, 0, HalvingSettings.OFF));
    CandidateJob single = job(4, new FanOutSettings(2, 1, among, 0, HalvingSettings.OFF));
    try (SparkCluster cluster = LocalSpark.open()) {
      cluster.spark().sc().conf().set("spark.dynamicAllocation.enabled", "true");
      JobNames names = JobNames.listen(cluster);
      List<Outcome> ended = new CopyOnWriteArrayList<>();

      assertThatThrownBy(() -> cluster.jobs("").runAll(List.of(single, averaging), 2, ended::add))
          .isInstanceOf(ClusterException.class)
          .hasMessageStartingWith(
              "Executors cannot average gradients among themselves:"
                  + " spark.dynamicAllocation.enabled is true");

      assertThat(ended).isEmpty();
      assertThat(cluster.jobs("").runAll(List.of(single), 1, ended::add))
          .as("one replica has nobody to average with")
          .singleElement()
          .isInstanceOf(Outcome.Failed.class);
      assertThat(names.after(cluster))
          .containsExactly("retrain-last-seed-4: train last with seed 4");
    }
  }

  private CandidateJob job(long seed, FanOutSettings fanOut) {
    RetrainSettings settings =
        new RetrainSettings(
            List.of("last"),
            List.of(seed),
            fanOut,
            new CandidateSettings(4, 2, 3, 0, 0, 1),
            5,
            new Computing(1),
            new SgdSettings(0.9, 3e-4),
            new LearningRateSettings(LearningRateSettings.Schedule.COSINE, 0.2, 0),
            5,
            new AugmentationSettings(0, false, 0),
            new Protocol(Protocol.Testing.HELD_OUT, 0));
    return new CandidateJob(
        "last",
        PublishedGenotypes.find("DARTS_V2"),
        seed,
        1,
        settings,
        new DataSettings(new IdxFormat(), "unused", List.of(), List.of(), 0, 0, 0.5),
        folder.resolve("no-run-here").toString(),
        ResultKeys.of(Map.of("retrain.batch", "5")));
  }
}
