package dev.fletch.retrain;

import dev.fletch.runfolder.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** What came of all candidates, in their order. */
public record RetrainResult(List<CandidateResult> candidates) {
  public RetrainResult {
    candidates = List.copyOf(candidates);
  }

  /**
   * One candidate over all seeds.
   *
   * @param outcomes one per seed, in the configuration's order
   */
  public record CandidateResult(Candidate candidate, List<Outcome> outcomes) {
    public CandidateResult {
      outcomes = List.copyOf(outcomes);
    }

    /** Trainings that finished. */
    public List<TrainingResult> trained() {
      List<TrainingResult> trained = new ArrayList<>();
      for (Outcome outcome : outcomes) {
        if (outcome instanceof Outcome.Trained done) {
          trained.add(done.result());
        }
      }
      return trained;
    }

    /** Mean test figure of the trainings that finished; NaN if none did. */
    public double testFigureMean() {
      return figures().average().orElse(Double.NaN);
    }

    /** Spread of the test figures of the trainings that finished. */
    public double testFigureStd() {
      return Spread.of(figures().toArray());
    }

    private DoubleStream figures() {
      return trained().stream().mapToDouble(TrainingResult::testFigure);
    }
  }

  /** Trainings that did not finish. */
  public List<Outcome.Failed> failures() {
    List<Outcome.Failed> failures = new ArrayList<>();
    for (CandidateResult candidate : candidates) {
      for (Outcome outcome : candidate.outcomes()) {
        if (outcome instanceof Outcome.Failed failed) {
          failures.add(failed);
        }
      }
    }
    return failures;
  }

  /** What a run folder holds; a job without a result counts as failed. */
  public static RetrainResult read(RunFolder run, List<Candidate> candidates, List<Long> seeds) {
    TrainingFolders folders = new TrainingFolders(run);
    List<CandidateResult> results = new ArrayList<>();
    for (Candidate candidate : candidates) {
      List<Outcome> outcomes = new ArrayList<>();
      for (long seed : seeds) {
        outcomes.add(
            folders
                .outcome(candidate.id(), candidate.genotype(), seed)
                .orElse(new Outcome.Failed(candidate.id(), seed, "not trained to the end")));
      }
      results.add(new CandidateResult(candidate, outcomes));
    }
    return new RetrainResult(results);
  }
}
