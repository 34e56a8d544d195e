package dev.fletch.cluster;

import dev.fletch.cluster.ParallelJobs.Job;
import dev.fletch.cluster.ParallelJobs.Result;
import dev.fletch.cluster.ParallelJobs.Work;
import dev.fletch.data.ExampleSource;
import dev.fletch.gradient.GradientSource;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.retrain.CandidateJob;
import dev.fletch.retrain.JobRunner;
import dev.fletch.retrain.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trainings on executors: one Spark job per candidate and seed, or, with several replicas, one per
 * exchange of gradients or per epoch, in a job group per candidate and seed.
 */
final class SparkJobRunner implements JobRunner {
  private final JavaSparkContext spark;
  private final String prefix;

  /**
   * @param prefix of the job groups' names: no two runners that run at a time may have the same
   */
  SparkJobRunner(JavaSparkContext spark, String prefix) {
    this.spark = spark;
    this.prefix = prefix;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ClusterException if Spark itself stopped, or the thread was interrupted, or if
   *     executors shall average and Spark is not such that they can: then nothing has run
   */
  @Override
  public List<Outcome> runAll(List<CandidateJob> jobs, int parallel, Consumer<Outcome> ended) {
    if (jobs.stream().anyMatch(job -> job.settings().fanOut().averagesAmongExecutors())) {
      ExchangeRules.require(spark.getConf());
    }
    List<Result<Outcome>> results =
        new ParallelJobs<Outcome>(spark)
            .runAll(
                jobs.stream().map(this::named).toList(),
                parallel,
                (place, result) -> ended.accept(outcome(jobs.get(place), result)));
    List<Outcome> outcomes = new ArrayList<>(jobs.size());
    for (int i = 0; i < jobs.size(); i++) {
      outcomes.add(outcome(jobs.get(i), results.get(i)));
    }
    return outcomes;
  }

  private Job<Outcome> named(CandidateJob job) {
    String group = prefix + "retrain-%s-seed-%d".formatted(job.candidate(), job.seed());
    String description = "train %s with seed %d".formatted(job.candidate(), job.seed());
    int replicas = job.settings().fanOut().replicas();
    return replicas == 1
        ? new Job<>(group, description, new Train(job), false)
        : new Job<>(group, description, hadoop -> onReplicas(job, group, replicas, hadoop), true);
  }

  /** The training goes on here from epoch to epoch; its replicas are on executors. */
  private Outcome onReplicas(CandidateJob job, String group, int replicas, Configuration hadoop) {
    int batch = job.settings().batch();
    try (GradientSource source =
        SparkCluster.gradients(
            spark,
            group,
            new CandidateReplicas(job),
            replicas,
            batch,
            job.seed(),
            job.settings().fanOut().exchange())) {
      return job.run(source, hadoop);
    }
  }

  private static Outcome outcome(CandidateJob job, Result<Outcome> result) {
    return result.failure() == null
        ? result.value()
        : new Outcome.Failed(job.candidate(), job.seed(), result.why());
  }

  /** Builds the replicas of one training on executors. */
  private record CandidateReplicas(CandidateJob job) implements ReplicaFactory {
    @Override
    public ExampleSource examples(Configuration hadoop) {
      return job.examples(hadoop);
    }

    @Override
    public TrainableNetwork network(ExampleSource examples) {
      return job.network(examples);
    }
  }

  private record Train(CandidateJob job) implements Work<Outcome> {
    @Override
    public Outcome run(Configuration hadoop) {
      return job.run(hadoop);
    }
  }
}
