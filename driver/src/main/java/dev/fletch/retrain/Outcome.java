package dev.fletch.retrain;

import java.io.Serializable;

/** What came of one {@link CandidateJob}. */
public sealed interface Outcome extends Serializable
    permits Outcome.Trained,
        Outcome.Failed,
        Outcome.AtRung,
        Outcome.Stopped,
        Outcome.Unfinished,
        Outcome.OtherSettings {
  String candidate();

  long seed();

  /** In a word or two, as {@code result.json} and reports say it. */
  String status();

  /** Why it did not finish, in one line; empty if it did, or if that is not known. */
  default String reason() {
    return "";
  }

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

    @Override
    public String status() {
      return "done";
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

    @Override
    public String status() {
      return "failed";
    }

    @Override
    public String reason() {
      return message;
    }
  }

  /** The training came as far as it was to come before candidates are compared. */
  record AtRung(String candidate, long seed) implements Outcome {
    @Override
    public String status() {
      return "not finished";
    }
  }

  /**
   * The training was ended because its candidate trailed; no failure.
   *
   * @param message behind whom, in one line
   */
  record Stopped(String candidate, long seed, String message) implements Outcome {
    @Override
    public String status() {
      return "stopped";
    }

    @Override
    public String reason() {
      return message;
    }
  }

  /** The training ended, but was not made with the settings that the run's others have by now. */
  record OtherSettings(String candidate, long seed) implements Outcome {
    public static final String STATUS = "other settings";

    @Override
    public String status() {
      return STATUS;
    }

    @Override
    public String reason() {
      return "the newest retraining has other settings, or another network of that name: retrain"
          + " it, or delete "
          + CandidateJob.folder(candidate, seed);
    }
  }

  /** The training has begun, or was to; its folder does not say yet what came of it. */
  record Unfinished(String candidate, long seed) implements Outcome {
    @Override
    public String status() {
      return "not finished";
    }
  }
}
