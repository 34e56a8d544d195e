package dev.fletch.cluster;

import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs Spark actions of the calling thread under a job group, so that Spark's pages name them and
 * they can be cancelled together.
 *
 * @param group also the FAIR pool
 */
record JobScope(JavaSparkContext spark, String group) {
  private static final String POOL = "spark.scheduler.pool";

  /**
   * @param description of this job, for Spark's pages
   * @throws ClusterException if the job fails or the thread is interrupted; its cause is Spark's
   *     exception
   */
  <T> T run(String description, Callable<T> action) {
    spark.setJobGroup(group, description, true);
    spark.setLocalProperty(POOL, group);
    try {
      return action.call();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw failure(description, e);
    } finally {
      spark.clearJobGroup();
      spark.setLocalProperty(POOL, null);
    }
  }

  private ClusterException failure(String description, Exception e) {
    if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      spark.sc().cancelJobGroup(group);
      return new ClusterException("Interrupted during " + group + ", " + description, e);
    }
    return new ClusterException(
        "Spark job failed (%s, %s): %s"
            .formatted(group, description, ClusterException.rootCause(e)),
        e);
  }
}
