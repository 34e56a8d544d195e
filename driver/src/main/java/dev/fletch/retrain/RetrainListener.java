package dev.fletch.retrain;

import java.util.List;

/** Follows a retraining as it goes. Called from several threads. */
@FunctionalInterface
public interface RetrainListener {
  /** Something to know, in one line: a training that is skipped, done or failed. */
  void note(String line);

  /** Every few seconds while trainings are under way. */
  default void underWay(Standing standing) {}

  /**
   * How far the trainings of a retraining are.
   *
   * @param epochsDone of all trainings together
   * @param epochs of all trainings together
   * @param running trainings that have finished an epoch since this start and go on
   */
  record Standing(long epochsDone, long epochs, List<Training> running) {
    public Standing {
      running = List.copyOf(running);
    }
  }

  /**
   * A training under way.
   *
   * @param loss mean training loss of its newest epoch
   */
  record Training(String candidate, long seed, int epochsDone, int epochs, double loss) {}
}
