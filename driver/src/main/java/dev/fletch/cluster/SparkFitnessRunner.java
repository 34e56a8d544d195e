package dev.fletch.cluster;

import dev.fletch.cluster.ParallelJobs.Job;
import dev.fletch.cluster.ParallelJobs.Result;
import dev.fletch.cluster.ParallelJobs.Work;
import dev.fletch.search.Fitness;
import dev.fletch.search.FitnessJob;
import dev.fletch.search.FitnessRunner;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** Scores genomes on executors: one Spark job for each, in a job group of its own. */
final class SparkFitnessRunner implements FitnessRunner {
  private final JavaSparkContext spark;
  private final String prefix;

  /**
   * @param prefix of the job groups' names: no two runners that run at a time may have the same
   */
  SparkFitnessRunner(JavaSparkContext spark, String prefix) {
    this.spark = spark;
    this.prefix = prefix;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ClusterException also if Spark itself stopped, or the thread was interrupted
   */
  @Override
  public List<Fitness> runAll(List<FitnessJob> jobs, int parallel, Consumer<Fitness> ended) {
    List<Result<Fitness>> results =
        new ParallelJobs<Fitness>(spark)
            .runAll(
                jobs.stream().map(this::named).toList(),
                parallel,
                (place, result) -> {
                  if (result.failure() == null) {
                    ended.accept(result.value());
                  }
                });
    requireNoneLost(jobs, results);
    return results.stream().map(Result::value).toList();
  }

  private static void requireNoneLost(List<FitnessJob> jobs, List<Result<Fitness>> results) {
    List<Integer> lost =
        IntStream.range(0, jobs.size())
            .filter(i -> results.get(i).failure() != null)
            .boxed()
            .toList();
    if (!lost.isEmpty()) {
      int first = lost.get(0);
      throw new ClusterException(
          ("%d of %d trainings were lost, first that of genome %d (%s): see to that and go on with"
                  + " --resume, which trains the lost ones; what the others came to is kept")
              .formatted(lost.size(), jobs.size(), jobs.get(first).id(), results.get(first).why()),
          results.get(first).failure());
    }
  }

  private Job<Fitness> named(FitnessJob job) {
    return new Job<>(
        prefix + "genome-" + job.id(), "score genome " + job.id(), new Score(job), false);
  }

  private record Score(FitnessJob job) implements Work<Fitness> {
    @Override
    public Fitness run(Configuration hadoop) {
      return job.run(hadoop);
    }
  }
}
