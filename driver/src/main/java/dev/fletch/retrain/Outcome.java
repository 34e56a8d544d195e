package dev.fletch.retrain;

import java.io.Serializable;

/** What came of one {@link CandidateJob}. */
public sealed interface Outcome extends Serializable
    permits Outcome.Trained, Outcome.Failed, Outcome.AtRung, Outcome.Stopped {
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

  /** The training came as far as it was to come before candidates are compared. */
  record AtRung(String candidate, long seed) implements Outcome {}

  /**
   * The training was ended because its candidate trailed; no failure.
   *
   * @param message behind whom, in one line
   */
  record Stopped(String candidate, long seed, String message) implements Outcome {}
}
