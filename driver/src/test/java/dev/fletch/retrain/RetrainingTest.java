package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.FullFileSystem;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metrics;
import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainingTest {
  private static final List<Long> SEEDS = List.of(0L, 1L);
  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate(
              "best-validation",
              List.of(Candidate.Origin.ofEpoch("best-validation", 1)),
              ToyJobs.FIRST),
          new Candidate("last", List.of(Candidate.Origin.ofEpoch("last", 2)), ToyJobs.SECOND));

  @TempDir Path temporary;
  private final List<String> said = new ArrayList<>();
  private RunFolder run;

  @BeforeEach
  void create() {
    run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
  }

  @Test
  void failingCandidateDoesNotStopTheOthers() {
    RetrainResult result = retrain(new ToyJobs(run, "best-validation"), "5");

    assertThat(result.failures())
        .extracting(Outcome.Failed::candidate)
        .containsOnly("best-validation")
        .hasSize(2);
    CandidateResult failed = result.candidates().get(0);
    assertThat(failed.testFigureMean()).isNaN();
    CandidateResult trained = result.candidates().get(1);
    assertThat(trained.trained()).hasSize(2);
    assertThat(said)
        .anyMatch(
            line -> line.startsWith("retrain best-validation, seed 0 failed: Training diverged"));
    assertThat(run.readText("retrain/best-validation/seed-0/result.json"))
        .contains("\"status\" : \"failed\"", "Training diverged at epoch 1");
    assertThat(RetrainResult.read(run, CANDIDATES, SEEDS)).isEqualTo(result);
  }

  @Test
  void whoAveragesDecidesNothingOfATraining() {
    Map<String, String> resolved = Map.of("retrain.batch", "5", "retrain.replicas", "2");
    Map<String, String> among =
        Map.of(
            "retrain.batch",
            "5",
            "retrain.replicas",
            "2",
            "retrain.exchange",
            "executors",
            "retrain.exchange-timeout-seconds",
            "20");

    assertThat(Retraining.resultKeys(among)).isEqualTo(Retraining.resultKeys(resolved));
  }

  @Test
  void finishedJobsAreSkippedAndFailedOnesRepeated() throws IOException {
    retrain(new ToyJobs(run, "best-validation"), "5");
    Path done = temporary.resolve("run/retrain/last/seed-0/result.json");
    FileTime written = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(done, written);

    ToyJobs second = new ToyJobs(run, "none");
    RetrainResult result = retrain(second, "5");
    assertThat(second.started).containsExactly("best-validation/0", "best-validation/1");
    assertThat(Files.getLastModifiedTime(done)).isEqualTo(written);
    assertThat(said).contains("retrain last, seed 0: already done");
    assertThat(result.failures()).isEmpty();
  }

  /** The disk is full for the record of a failure as it was for the training. */
  @Test
  void aFailureThatCannotBeRecordedLeavesTheOtherResults() {
    Configuration full = new Configuration();
    full.set("fs.file.impl", FullFileSystem.class.getName());
    full.set("fs.file.impl.disable.cache", "true");
    run = RunFolder.open(run.path(), full);
    FullFileSystem.noRoomFor("retrain/best-validation/");
    try {
      RetrainResult result = retrain(new ToyJobs(run, "best-validation"), "5");

      assertThat(result.failures())
          .extracting(Outcome.Failed::message)
          .containsExactly("not trained to the end", "not trained to the end");
      assertThat(result.candidates().get(1).trained()).hasSize(2);
    } finally {
      FullFileSystem.makeRoom();
    }
    assertThat(said)
        .anyMatch(line -> line.startsWith("retrain best-validation, seed 0 failed: Training"))
        .contains(
            "retrain best-validation, seed 0: its failure cannot be recorded: run folder "
                + run.path()
                + ": cannot write retrain/best-validation/seed-0/result.json"
                + " (No space left on device)");
    assertThat(run.list("retrain/best-validation/seed-0")).isEmpty();
    assertThat(retrain(new ToyJobs(run, "none"), "5").failures()).isEmpty();
  }

  @Test
  void otherSettingsAreTrainedAgain() {
    retrain(new ToyJobs(run, "none"), "5");
    ToyJobs second = new ToyJobs(run, "none");
    retrain(second, "6");
    assertThat(second.started).hasSize(4);
  }

  @Test
  void meanAndSampleDeviationOverSeeds() {
    CandidateResult three =
        new CandidateResult(
            CANDIDATES.get(0), List.of(trained(0, 0.5), trained(1, 0.7), trained(2, 0.6)));
    assertThat(three.testFigureMean()).isCloseTo(0.6, within(1e-12));
    assertThat(three.testFigureStd()).isCloseTo(0.1, within(1e-12));
    CandidateResult one =
        new CandidateResult(
            CANDIDATES.get(0),
            List.of(trained(0, 0.5), new Outcome.Failed("last", 1, "no\nsecond line")));
    assertThat(one.testFigureMean()).isEqualTo(0.5);
    assertThat(one.testFigureStd()).isNaN();
    assertThat(new RetrainResult(List.of(one)).failures())
        .containsExactly(new Outcome.Failed("last", 1, "no"));
  }

  @Test
  void jobsWithoutAResultCountAsFailed() {
    RetrainResult result = RetrainResult.read(run, CANDIDATES, SEEDS);
    assertThat(result.failures())
        .hasSize(4)
        .extracting(Outcome.Failed::message)
        .containsOnly("not trained to the end");
  }

  @Test
  void damagedResultIsNamed() {
    run.writeText("retrain/last/seed-0/result.json", "{\"status\":");
    assertThatThrownBy(() -> retrain(new ToyJobs(run, "none"), "5"))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("retrain/last/seed-0/result.json: is not readable as a result")
        .hasMessageEndingWith("delete it to train again");
  }

  /** What was written before there were further metrics; what it does not say is unknown. */
  @Test
  void anOlderResultIsReadable() {
    run.writeText(
        "retrain/last/seed-0/result.json",
        """
        {"formatVersion": 1, "candidate": "last", "seed": 0, "status": "done", "settings": "abc",
         "failure": null, "testAccuracy": 0.75, "testLoss": 0.5, "parameters": 12, "seconds": 3.5,
         "epochs": 4}
        """);

    RetrainResult result = RetrainResult.read(run, CANDIDATES.subList(1, 2), List.of(0L));
    TrainingResult old = result.candidates().get(0).trained().get(0);
    assertThat(old.testFigure()).isEqualTo(0.75);
    assertThat(old.confusion().isKnown()).isFalse();
    assertThat(old.best()).isEqualTo(TrainingResult.BestEpoch.NONE);
    assertThat(old.cost()).isEqualTo(new TrainingResult.NetworkCost(12, 0));
    assertThat(old.imagesPerSecond()).isNaN();
  }

  @Test
  void aTornConfusionMatrixIsNamed() {
    retrain(new ToyJobs(run, "none"), "5");
    String file = "retrain/last/seed-0/result.json";
    run.writeText(
        file,
        run.readText(file)
            .replaceFirst("\"confusionMatrix\" : .*", "\"confusionMatrix\" : [[1,2],[3]]"));
    assertThatThrownBy(() -> RetrainResult.read(run, CANDIDATES, SEEDS))
        .hasMessageContaining(
            "is not readable as a result (Invalid confusion matrix: row 1 of 2 has 1 counts)");
  }

  @Test
  void onlyKeysOfATrainingCount() {
    ResultKeys keys =
        Retraining.resultKeys(
            Map.of(
                "retrain.batch", "4",
                "retrain.parallel", "2",
                "retrain.time-limit-minutes", "0.5",
                "retrain.seeds", "[0]",
                "data.path", "p",
                "search.batch", "8",
                "seed", "1"));
    assertThat(keys.values()).containsOnlyKeys("retrain.batch", "data.path");
  }

  private static Outcome trained(long seed, double accuracy) {
    return new Outcome.Trained(
        new TrainingResult(
            "last",
            seed,
            Metrics.DEFAULT,
            accuracy,
            1,
            ConfusionMatrix.NONE,
            TrainingResult.BestEpoch.NONE,
            new TrainingResult.NetworkCost(12, 0),
            1,
            Double.NaN,
            4));
  }

  private RetrainResult retrain(JobRunner runner, String batchKey) {
    ResultKeys keys = ResultKeys.of(Map.of("retrain.batch", batchKey));
    return new Retraining(ToyJobs.settings(SEEDS), ToyJobs.data(), keys, run, runner, said::add)
        .run(CANDIDATES);
  }
}
