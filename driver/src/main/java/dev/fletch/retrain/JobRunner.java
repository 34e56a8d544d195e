package dev.fletch.retrain;

import java.util.List;
import java.util.function.Consumer;

/** Runs trainings somewhere: in this process, or as Spark jobs. */
public interface JobRunner {
  /**
   * Runs every job by {@link CandidateJob#run} and waits for all. A job that fails does not stop
   * the others.
   *
   * @param parallel how many run at a time
   * @param ended told of each outcome when it is there, from several threads; a cluster that is
   *     being stopped yields failures that mean nothing
   * @return one outcome per job, in the order of {@code jobs}
   */
  List<Outcome> runAll(List<CandidateJob> jobs, int parallel, Consumer<Outcome> ended);
}
