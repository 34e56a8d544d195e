package dev.fletch.cluster;

import org.apache.spark.SparkConf;

/** How often what failed on executors is tried: Spark's rule for its tasks, and ours for epochs. */
final class TaskFailures {
  private static final String MOST = "spark.task.maxFailures";
  private static final int USUAL = 4;

  private TaskFailures() {}

  /** So many failures of the same are one too many. */
  static int most(SparkConf conf) {
    return conf.getInt(MOST, USUAL);
  }
}
