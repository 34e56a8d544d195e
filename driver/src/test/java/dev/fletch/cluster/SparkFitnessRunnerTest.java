package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Genome;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.engine.Computing;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.search.Fitness;
import dev.fletch.search.FitnessJob;
import dev.fletch.search.FitnessRunner;
import dev.fletch.search.FitnessSettings;
import dev.fletch.search.Heritage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkFitnessRunnerTest {
  @TempDir private Path folder;

  /** Two channels cannot be divided among eight heads, whoever tries. */
  @Test
  void aGenomeThatFailsItselfIsNoneWhoseTrainingWasLost() {
    FitnessJob good = job(4, "sep_conv_3", "bundled:fashion-mnist");
    FitnessJob failing = job(5, "attention", "bundled:fashion-mnist");
    FitnessJob lost = job(6, "sep_conv_3", folder.resolve("gone").toString());
    List<Fitness> ended = new CopyOnWriteArrayList<>();
    try (SparkCluster cluster = LocalSpark.open()) {
      FitnessRunner runner = cluster.fitness("");

      List<Fitness> results = runner.runAll(List.of(good, failing), 2, ended::add);
      assertThat(results).extracting(Fitness::id).containsExactly(4, 5);
      assertThat(results).extracting(Fitness::isFailed).containsExactly(false, true);
      assertThat(results.get(1).failure()).contains("attention");
      assertThat(byId(ended)).isEqualTo(results);
      ended.clear();

      assertThatThrownBy(() -> runner.runAll(List.of(lost, good, failing), 2, ended::add))
          .isInstanceOf(ClusterException.class)
          .hasMessageMatching(
              "1 of 3 trainings were lost, first that of genome 6 \\(.*gone.*\\): see to that and"
                  + " go on with --resume, which trains the lost ones; what the others came to is"
                  + " kept");
      assertThat(byId(ended)).extracting(Fitness::id).containsExactly(4, 5);
      assertThat(byId(ended))
          .extracting(Fitness::validationLoss)
          .containsExactly(results.get(0).validationLoss(), Double.NaN);
    }
  }

  private static List<Fitness> byId(List<Fitness> ended) {
    List<Fitness> sorted = new ArrayList<>(ended);
    sorted.sort(Comparator.comparingInt(Fitness::id));
    return sorted;
  }

  private static FitnessJob job(int id, String operation, String path) {
    Genome genome =
        Genome.parse(
            "genome output=1 nodes=[1:add(%s,identity)] connections=[1:0>1:I,2:0>1:J]"
                .formatted(operation));
    FitnessSettings settings =
        new FitnessSettings(
            2,
            new CandidateSettings(2, 1, 1, 0, 0, 1),
            8,
            new Computing(1),
            new SgdSettings(0.9, 0),
            new LearningRateSettings(LearningRateSettings.Schedule.CONSTANT, 0.1, 0.1),
            5,
            AugmentationSettings.NONE);
    DataSettings data = new DataSettings(new IdxFormat(), path, List.of(), List.of(), 60, 32, 0.5);
    return new FitnessJob(
        id, genome, settings, data, 3, new Heritage("", "", List.of(), List.of()));
  }
}
