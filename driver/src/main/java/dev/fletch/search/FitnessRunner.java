package dev.fletch.search;

import java.util.List;
import java.util.function.Consumer;

/** Trains networks to score them, somewhere: in this process, or as Spark jobs. */
public interface FitnessRunner {
  /**
   * Runs every job by {@link FitnessJob#run} and waits for all. One that does not succeed does not
   * stop the others: what it returns is the genome's own failure; what it throws, or that it was
   * lost with what ran it, says nothing about the genome.
   *
   * @param parallel how many run at a time
   * @param ended told of what a job came to as soon as it is known, from several threads
   * @return one for each job, in the order of {@code jobs}
   * @throws RuntimeException if jobs threw or were lost, which may succeed another time; {@code
   *     ended} was told of all others
   */
  List<Fitness> runAll(List<FitnessJob> jobs, int parallel, Consumer<Fitness> ended);
}
