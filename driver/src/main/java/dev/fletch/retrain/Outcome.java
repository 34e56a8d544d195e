package dev.fletch.retrain;

import java.io.Serializable;

/** What came of one {@link CandidateJob}. */
public sealed interface Outcome extends Serializable permits Outcome.Trained, Outcome.Failed {
  String candidate();

  long seed();

  /** The training finished. */
  record Trained(TrainingResult result) implements Outcome {
    @Override
    public String candidate() {
      return result.candidate();
    }

    @Override
    public long seed() {
      return result.seed();
    }
  }

  /**
   * The training did not finish.
   *
   * @param message why, in one line
   */
  record Failed(String candidate, long seed, String message) implements Outcome {
    public Failed {
      message = message.lines().findFirst().orElse("no reason given");
    }
  }
}
