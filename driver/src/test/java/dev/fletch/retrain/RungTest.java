package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.gradient.Metrics;
import dev.fletch.retrain.TrainingEpoch.Evaluated;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RungTest {
  private static final List<Long> SEEDS = List.of(0L, 1L);
  private static final HalvingSettings HALF = new HalvingSettings(List.of(2), 0.5);

  @TempDir Path temporary;
  private RunFolder run;

  @BeforeEach
  void create() {
    run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
  }

  /** Means after two epochs: a 0.6, b 0.7, c 0.5; the third epoch of a does not count. */
  @Test
  void theBetterHalfGoesOn() {
    Candidate a = trained("a", Double.NaN, 0.1, 0.5, 0.9);
    Candidate b = trained("b", Double.NaN, 0.1, 0.6);
    Candidate c = trained("c", Double.NaN, 0.9, 0.4);

    Rung.Decision decision = new Rung(2).decide(run, List.of(a, b, c), SEEDS, HALF);

    assertThat(decision.goesOn()).containsExactly(a, b);
    assertThat(decision.stopped())
        .containsOnlyKeys(c)
        .containsValue("trailed after 2 epochs: accuracy 0.5000, the last that went on had 0.6000");
  }

  @Test
  void imagesThatWereHeldOutCountWhereThereAreAny() {
    Candidate learned = trained("learned", 0.9, 0.1, 0.2);
    Candidate byHeart = trained("by-heart", 0.3, 0.5, 0.99);

    Rung.Decision decision = new Rung(2).decide(run, List.of(byHeart, learned), SEEDS, HALF);

    assertThat(decision.goesOn()).containsExactly(learned);
  }

  @Test
  void whoDidNotComeToTheRungIsNeitherKeptNorStopped() {
    Candidate whole = trained("whole", Double.NaN, 0.1, 0.2);
    Candidate failed = trained("failed", Double.NaN, 0.9);

    Rung.Decision decision = new Rung(2).decide(run, List.of(failed, whole), SEEDS, HALF);

    assertThat(decision.goesOn()).containsExactly(whole);
    assertThat(decision.stopped()).isEmpty();
    assertThat(new Rung(2).decide(run, List.of(failed), SEEDS, HALF).goesOn()).isEmpty();
  }

  @Test
  void atLeastOneGoesOn() {
    HalvingSettings few = new HalvingSettings(List.of(1), 0.01);
    assertThat(few.kept(5)).isEqualTo(1);
    assertThat(HALF.kept(5)).isEqualTo(3);
    assertThatThrownBy(() -> new HalvingSettings(List.of(2, 2), 1))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("rungs must be growing epochs from 1 on, got [2, 2]")
        .hasMessageContaining("keep must be > 0 and < 1, got 1.0");
  }

  /** Seed 1 is 0.2 better than seed 0 in training. */
  private Candidate trained(String id, double validation, double... accuracies) {
    for (long seed : SEEDS) {
      List<String> lines = new java.util.ArrayList<>();
      for (int epoch = 0; epoch < accuracies.length; epoch++) {
        Evaluated evaluated = new Evaluated(1, validation, Double.NaN, Double.NaN, 0);
        double accuracy = accuracies[epoch] + 0.2 * seed;
        lines.add(
            new TrainingEpoch(epoch, 0.1, 1, Metrics.DEFAULT, accuracy, 1, 10, evaluated).toJson());
      }
      run.writeLines(CandidateJob.folder(id, seed) + "/metrics.jsonl", lines);
    }
    return new Candidate(
        id, List.of(Candidate.Origin.elsewhere(id)), PublishedGenotypes.find("DARTS_V2"));
  }
}
