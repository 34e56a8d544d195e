package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.genotype.Genotype;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SearchResult;
import dev.fletch.settings.InvalidSettingsException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  /** Best at epoch 1; epochs 1 and 2 have the same genotype. */
  private final SearchResult search =
      new SearchResult(
          List.of(
              epoch(0, 0.5, ToyJobs.FIRST),
              epoch(1, 0.9, ToyJobs.SECOND),
              epoch(2, 0.8, ToyJobs.SECOND)),
          "completed");

  @Test
  void equalGenotypesBecomeOneCandidateWithBothOrigins() {
    List<Candidate> candidates =
        Candidates.of(search, List.of("best-validation", "last", "epoch-0"));
    assertThat(candidates)
        .containsExactly(
            new Candidate(
                "best-validation",
                List.of(
                    new Candidate.Origin("best-validation", 1), new Candidate.Origin("last", 2)),
                ToyJobs.SECOND),
            new Candidate("epoch-0", List.of(new Candidate.Origin("epoch-0", 0)), ToyJobs.FIRST));
  }

  @Test
  void aLabelGivenTwiceCountsOnce() {
    assertThat(Candidates.of(search, List.of("last", "last")).get(0).origins())
        .containsExactly(new Candidate.Origin("last", 2));
  }

  @Test
  void epochThatWasNotTrainedIsRefused() {
    for (String label : List.of("epoch-3", "epoch-99999999999")) {
      assertThatThrownBy(() -> Candidates.of(search, List.of("last", label)))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessage(
              "retrain.candidates names " + label + ", but the search has the epochs 0 to 2");
    }
  }

  private static EpochRecord epoch(int epoch, double validationAccuracy, Genotype genotype) {
    return new EpochRecord(epoch, 1, 0.5, validationAccuracy, 1, 1, 2, genotype, 3, 4);
  }
}
