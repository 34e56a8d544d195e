package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellPair;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.gradient.GradientSource;
import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the network that is trained in a run. */
class CandidateJobTest {
  private static final DataSettings DATA =
      new DataSettings(new IdxFormat(), "bundled:fashion-mnist", List.of(), List.of(), 10, 5, 0.5);
  private static final CellPair EMPTY =
      CellPair.parse("normal=[|] reduction=[max_pool_3x3:0|skip_connect:2]");
  private static final CellPair ISOLATED =
      CellPair.parse("normal=[|max_pool_3x3:1] reduction=[max_pool_3x3:0|]");
  private static final String REASON =
      "Cannot build the network of normal=[|] reduction=[max_pool_3x3:0|skip_connect:2]: nothing"
          + " enters any node of its normal cell; derive with a lower threshold, or search longer";

  private final Configuration hadoop = new Configuration();
  @TempDir Path temporary;
  private RunFolder run;

  @BeforeEach
  void create() {
    run = RunFolder.create(temporary.resolve("run").toString(), hadoop);
    run.writeText(RunFolder.CONFIG, "fletch {}");
  }

  @Test
  void aCellWithoutGenesFailsBeforeAnythingIsTrained() {
    CandidateJob job = job("last", EMPTY);
    Outcome failed = new Outcome.Failed("last", 5, REASON);

    assertThat(job.run(hadoop)).isEqualTo(failed);
    try (GradientSource source = ToyJobs.source(job)) {
      assertThat(job.run(source, hadoop)).isEqualTo(failed);
    }
    assertThat(run.exists(job.folder())).isFalse();
  }

  @Test
  void theOtherCandidatesAreTrained() {
    List<Candidate> candidates =
        List.of(candidate("best-validation", EMPTY), candidate("last", ISOLATED));
    JobRunner here =
        (jobs, parallel, ended) -> jobs.stream().map(job -> job.run(hadoop)).peek(ended).toList();
    RetrainListener silent = line -> {};
    RetrainResult result =
        new Retraining(
                ToyJobs.settings(List.of(5L)), DATA, ResultKeys.of(Map.of()), run, here, silent)
            .run(candidates);

    assertThat(result.failures()).containsExactly(new Outcome.Failed("best-validation", 5, REASON));
    CandidateResult trained = result.candidates().get(1);
    assertThat(trained.trained()).hasSize(1);
    assertThat(trained.testFigureMean()).isBetween(0.0, 1.0);
    assertThat(run.readText("retrain/best-validation/seed-5/result.json")).contains(REASON);
  }

  private static Candidate candidate(String id, CellPair genotype) {
    return new Candidate(id, List.of(Candidate.Origin.ofEpoch(id, 0)), genotype);
  }

  private CandidateJob job(String id, CellPair genotype) {
    return new CandidateJob(
        id,
        genotype,
        5,
        ToyJobs.EPOCHS,
        ToyJobs.settings(List.of(5L)),
        DATA,
        run.path(),
        ResultKeys.of(Map.of()));
  }
}
