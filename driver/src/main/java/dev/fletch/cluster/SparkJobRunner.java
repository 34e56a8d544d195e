package dev.fletch.cluster;

import dev.fletch.cluster.ParallelJobs.Job;
import dev.fletch.cluster.ParallelJobs.Result;
import dev.fletch.cluster.ParallelJobs.Work;
import dev.fletch.retrain.CandidateJob;
import dev.fletch.retrain.JobRunner;
import dev.fletch.retrain.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** Trainings on executors, one Spark job per candidate and seed. */
final class SparkJobRunner implements JobRunner {
  private final JavaSparkContext spark;

  SparkJobRunner(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ClusterException if Spark itself stopped, or the thread was interrupted
   */
  @Override
  public List<Outcome> runAll(List<CandidateJob> jobs, int parallel) {
    List<Result<Outcome>> results =
        new ParallelJobs<Outcome>(spark)
            .runAll(jobs.stream().map(SparkJobRunner::named).toList(), parallel);
    List<Outcome> outcomes = new ArrayList<>(jobs.size());
    for (int i = 0; i < jobs.size(); i++) {
      outcomes.add(outcome(jobs.get(i), results.get(i)));
    }
    return outcomes;
  }

  static Job<Outcome> named(CandidateJob job) {
    return new Job<>(
        "retrain-%s-seed-%d".formatted(job.candidate(), job.seed()),
        "train %s with seed %d".formatted(job.candidate(), job.seed()),
        new Train(job));
  }

  private static Outcome outcome(CandidateJob job, Result<Outcome> result) {
    return result.failure() == null
        ? result.value()
        : new Outcome.Failed(
            job.candidate(), job.seed(), ClusterException.rootCause(result.failure().getCause()));
  }

  private record Train(CandidateJob job) implements Work<Outcome> {
    @Override
    public Outcome run(Configuration hadoop) {
      return job.run(hadoop);
    }
  }
}
