package dev.fletch.cluster;

import dev.fletch.settings.DaemonThreads;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Works side by side on executors: a Spark job with one task each, in a job group and FAIR pool of
 * its own, so that none waits for another while there are slots.
 *
 * @param <T> what a work yields
 */
final class ParallelJobs<T> {
  private final JavaSparkContext spark;
  private final SerializableConfiguration hadoop;

  ParallelJobs(JavaSparkContext spark) {
    this.spark = spark;
    this.hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
  }

  /**
   * What is done on an executor. What it throws may pass: Spark tries again, up to {@code
   * spark.task.maxFailures}.
   */
  interface Work<T> extends Serializable {
    T run(Configuration hadoop) throws Exception;
  }

  /**
   * A work and its name.
   *
   * @param group unique among works that run at a time
   * @param description for Spark's pages
   * @param onDriver whether the work itself stays in this process, on a thread of its own, and
   *     sends Spark jobs; it is not shipped then
   */
  record Job<T>(String group, String description, Work<T> work, boolean onDriver) {}

  /**
   * What came of a job.
   *
   * @param failure null if it succeeded
   */
  record Result<T>(T value, ClusterException failure) {
    /** Why there is no value, in one line; Spark's words around it say less. */
    String why() {
      Throwable cause = failure.getCause();
      boolean own = cause == null || cause instanceof LostEpochException;
      return ClusterException.rootCause(own ? failure : cause);
    }
  }

  /**
   * Runs all jobs and waits for all of them; one that fails does not stop the others.
   *
   * @param parallel how many run at a time
   * @param ended told of each result with its place in {@code jobs}, on the job's thread
   * @return in the order of {@code jobs}
   * @throws ClusterException if Spark stopped, or the thread was interrupted: all jobs are
   *     cancelled then
   */
  List<Result<T>> runAll(List<Job<T>> jobs, int parallel, BiConsumer<Integer, Result<T>> ended) {
    ExecutorService pool = Executors.newFixedThreadPool(parallel, new DaemonThreads("cluster-job"));
    try {
      List<Future<Result<T>>> futures = new ArrayList<>(jobs.size());
      for (int i = 0; i < jobs.size(); i++) {
        int place = i;
        futures.add(
            pool.submit(
                () -> {
                  Result<T> result = run(jobs.get(place));
                  ended.accept(place, result);
                  return result;
                }));
      }
      List<Result<T>> results = new ArrayList<>(jobs.size());
      for (Future<Result<T>> future : futures) {
        results.add(future.get());
      }
      if (spark.sc().isStopped()) {
        throw new ClusterException("Spark stopped while jobs were running");
      }
      return results;
    } catch (InterruptedException e) {
      jobs.forEach(job -> spark.sc().cancelJobGroup(job.group()));
      Thread.currentThread().interrupt();
      throw new ClusterException("Interrupted while jobs were running; they were cancelled", e);
    } catch (ExecutionException e) {
      throw new ClusterException("Cannot run jobs: " + ClusterException.rootCause(e), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Result<T> run(Job<T> job) {
    try {
      return new Result<>(job.onDriver() ? here(job) : onExecutor(job), null);
    } catch (ClusterException e) {
      return new Result<>(null, e);
    }
  }

  private T onExecutor(Job<T> job) {
    return new JobScope(spark, job.group())
        .run(
            job.description(),
            () ->
                spark
                    .parallelize(List.of(0), 1)
                    .map(new Task<>(job.work(), hadoop))
                    .collect()
                    .get(0));
  }

  private T here(Job<T> job) {
    try {
      return job.work().run(spark.hadoopConfiguration());
    } catch (ClusterException e) {
      throw e;
    } catch (Exception e) {
      String failure = "%s failed: %s".formatted(job.group(), ClusterException.rootCause(e));
      throw new ClusterException(failure, e);
    }
  }

  /** The task: the only thing that is shipped. */
  private record Task<T>(Work<T> work, SerializableConfiguration hadoop)
      implements Function<Integer, T> {
    @Override
    public T call(Integer unused) throws Exception {
      return TaskDevice.use(() -> work.run(hadoop.value()));
    }
  }
}
