package dev.fletch.retrain;

import java.util.List;

/** Runs trainings somewhere: in this process, or as Spark jobs. */
public interface JobRunner {
  /**
   * Runs every job by {@link CandidateJob#run} and waits for all. A job that fails does not stop
   * the others.
   *
   * @param parallel how many run at a time
   * @return one outcome per job, in the order of {@code jobs}
   */
  List<Outcome> runAll(List<CandidateJob> jobs, int parallel);
}
