package dev.fletch.cluster;

import dev.fletch.data.UnreachableDataException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What the tasks that carried out an epoch together said at its end.
 *
 * @param byRank all of them
 */
record EpochReports<R extends Serializable>(List<EpochReport<R>> byRank) {
  private static final int SHORT_CHECKSUM = 8;

  EpochReports {
    byRank = byRank.stream().sorted(Comparator.comparingInt(EpochReport::rank)).toList();
  }

  /**
   * The first task's, unless a task failed.
   *
   * @throws RuntimeException what the work threw
   */
  EpochReport<R> first() {
    for (EpochReport<R> report : byRank) {
      RuntimeException failure = report.failure();
      if (failure != null && failure.getClass().getName().startsWith("dev.fletch.")) {
        throw failure;
      }
      if (failure != null) {
        throw new ClusterException(
            "An epoch on executors failed: " + ClusterException.rootCause(failure), failure);
      }
    }
    return byRank.get(0);
  }

  /**
   * These reports, if beginning anew would not help.
   *
   * @throws LostEpochException if tasks could not read, lost each other, or have come to different
   *     states
   */
  EpochReports<R> unlessLost() {
    for (EpochReport<R> report : byRank) {
      if (mayPass(report.failure())) {
        throw new LostEpochException(
            "task %d could not read: %s"
                .formatted(report.rank(), ClusterException.rootCause(report.failure())),
            report.failure());
      }
      if (report.failure() != null) {
        return this;
      }
    }
    byRank.stream()
        .map(EpochReport::lostPeer)
        .filter(Objects::nonNull)
        .min(Comparator.comparingInt(String::length)) // without what others say of it
        .ifPresent(
            why -> {
              throw new LostEpochException(why);
            });
    requireSameStates();
    return this;
  }

  private static boolean mayPass(RuntimeException failure) {
    return failure instanceof UncheckedIOException || failure instanceof UnreachableDataException;
  }

  private void requireSameStates() {
    List<String> checksums = byRank.stream().map(EpochReport::checksum).toList();
    if (checksums.stream().distinct().count() > 1) {
      throw LostEpochException.ofUnequalStates(
          "tasks came to different states (checksums %s): their machines may compute differently"
              .formatted(checksums.stream().map(c -> c.substring(0, SHORT_CHECKSUM)).toList()));
    }
  }
}
