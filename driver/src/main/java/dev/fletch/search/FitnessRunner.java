package dev.fletch.search;

import java.util.List;
import java.util.function.Consumer;

/** Trains networks to score them, somewhere: in this process, or as Spark jobs. */
public interface FitnessRunner {
  /**
   * Runs every job by {@link FitnessJob#run} and waits for all. A job that fails does not stop the
   * others.
   *
   * @param parallel how many run at a time
   * @param ended told of what a job came to, from several threads; not of jobs that were lost with
   *     what ran them, which may succeed another time
   * @return one for each job, in the order of {@code jobs}
   */
  List<Fitness> runAll(List<FitnessJob> jobs, int parallel, Consumer<Fitness> ended);
}
