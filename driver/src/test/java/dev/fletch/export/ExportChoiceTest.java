package dev.fletch.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metrics;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.RetrainResult;
import dev.fletch.retrain.RetrainResult.CandidateResult;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.run.UsageException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExportChoiceTest {
  /** The best single training is of the candidate that is worse on average. */
  private static final RetrainResult RESULTS =
      new RetrainResult(
          List.of(
              candidate("lucky", trained("lucky", 0, 0.9), trained("lucky", 1, 0.5)),
              candidate("steady", trained("steady", 0, 0.79), trained("steady", 1, 0.8)),
              candidate("broken", new Outcome.Failed("broken", 0, "diverged"))));

  private static CandidateResult candidate(String id, Outcome... outcomes) {
    return new CandidateResult(
        new Candidate(
            id,
            List.of(
                new Candidate.Origin(id, OptionalInt.of(1)),
                new Candidate.Origin(id + "-too", OptionalInt.of(1))),
            PublishedGenotypes.find("DARTS_V2")),
        List.of(outcomes));
  }

  private static Outcome trained(String id, long seed, double accuracy) {
    return new Outcome.Trained(
        new TrainingResult(
            id,
            seed,
            Metrics.DEFAULT,
            accuracy,
            1,
            ConfusionMatrix.NONE,
            TrainingResult.BestEpoch.NONE,
            new TrainingResult.NetworkCost(100, 0),
            1,
            1,
            2));
  }

  private static void assertChosen(String candidate, Long seed, String expected, long itsSeed) {
    ExportChoice choice = ExportChoice.of(RESULTS, candidate, seed, "runs/a");
    assertThat(choice.candidate().id()).isEqualTo(expected);
    assertThat(choice.result().candidate()).isEqualTo(expected);
    assertThat(choice.result().seed()).isEqualTo(itsSeed);
  }

  @Test
  void theBestOnAverageWinsWithItsBestSeed() {
    assertChosen(null, null, "steady", 1);
  }

  @Test
  void whatIsNamedIsChosen() {
    assertChosen("lucky", null, "lucky", 0);
    assertChosen("lucky-too", 1L, "lucky", 1);
    assertChosen(null, 0L, "steady", 0);
  }

  @Test
  void whatFailedCannotBeChosen() {
    assertThatThrownBy(() -> ExportChoice.of(RESULTS, "broken", null, "runs/a"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--candidate broken: the retrained candidates are lucky, steady");
    RetrainResult failed = new RetrainResult(RESULTS.candidates().subList(2, 3));
    assertThatThrownBy(() -> ExportChoice.of(failed, null, null, "runs/a"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("runs/a: no candidate is retrained");
  }
}
