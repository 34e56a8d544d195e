package dev.fletch.cluster;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What Spark must be like for executors to average among themselves: their tasks have to run all at
 * once (a barrier stage), and to stay the only ones of their kind.
 */
final class ExchangeRules {
  private static final String OR_DRIVER = ", or set exchange = driver";

  private ExchangeRules() {}

  /**
   * @throws ClusterException saying what stands against it
   */
  static void require(SparkConf conf) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw refused(
          "spark.dynamicAllocation.enabled is true, and executors that come and go cannot run one"
              + " epoch together: set it to false");
    }
    if (conf.getBoolean("spark.speculation", false)) {
      throw refused(
          "spark.speculation is true, and a second copy of a task would disturb the others: set it"
              + " to false");
    }
  }

  /** Tasks that can run at a time now, on the executors that are there. */
  static int slots(JavaSparkContext spark) {
    return spark
        .sc()
        .maxNumConcurrentTasks(spark.sc().resourceProfileManager().defaultResourceProfile());
  }

  static ClusterException noSlot(JavaSparkContext spark) {
    return refused(
        "%s shows no executor with %s free cores for a task (barrier stages need a master that"
                .formatted(spark.master(), spark.getConf().get(SparkDefaults.TASK_CPUS))
            + " tells): give executors more cores");
  }

  private static ClusterException refused(String why) {
    return new ClusterException(
        "Executors cannot average gradients among themselves: " + why + OR_DRIVER);
  }
}
