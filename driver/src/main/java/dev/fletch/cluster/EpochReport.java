package dev.fletch.cluster;

import dev.fletch.gradient.EpochWork.Done;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower.Progress;
import java.io.Serializable;

/**
 * What one of the tasks that carried out an epoch together says at its end. Failures are results:
 * Spark would only hand on their text.
 *
 * @param rank of the task
 * @param checksum of its state, the same for all
 * @param state only the first task's, else null
 * @param result only the first task's, else null
 * @param last step of the epoch; null without steps
 * @param lostPeer why it could not go on with the others; null if it could
 * @param failure of the work itself, or null
 */
record EpochReport<R extends Serializable>(
    int rank,
    String checksum,
    StateVectors state,
    R result,
    Progress last,
    String lostPeer,
    RuntimeException failure)
    implements Serializable {
  static <R extends Serializable> EpochReport<R> done(int rank, Done<R> done, Progress last) {
    boolean first = rank == 0;
    return new EpochReport<>(
        rank,
        done.state().checksum(),
        first ? done.state() : null,
        first ? done.result() : null,
        last,
        null,
        null);
  }

  static <R extends Serializable> EpochReport<R> lostPeer(int rank, String why) {
    return new EpochReport<>(rank, "", null, null, null, why, null);
  }

  static <R extends Serializable> EpochReport<R> failed(int rank, RuntimeException failure) {
    return new EpochReport<>(rank, "", null, null, null, null, failure);
  }
}
