package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
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
    CandidateJob job = job(3);
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

  private CandidateJob job(long seed) {
    RetrainSettings settings =
        new RetrainSettings(
            List.of("last"),
            List.of(seed),
            new FanOutSettings(2, 1, 0, HalvingSettings.OFF),
            new CandidateSettings(4, 2, 3, 0, 0, 1),
            5,
            1,
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
