package dev.fletch.cluster;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What Spark must be like for executors to average among themselves: their tasks have to run all at
 * once (a barrier stage), to stay the only ones of their kind, and may talk in the clear.
 */
final class ExchangeRules {
  private static final String CANNOT = "Executors cannot average gradients among themselves: ";
  private static final String OR_DRIVER = ", or set exchange = driver";

  /** Ways to have all that executors send each other encrypted; our connections know none. */
  private static final List<String> ENCRYPTION =
      List.of(
          "spark.network.crypto.enabled",
          "spark.authenticate.enableSaslEncryption",
          "spark.ssl.enabled",
          "spark.ssl.rpc.enabled");

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
    for (String key : ENCRYPTION) {
      if (conf.getBoolean(key, false)) {
        throw new ClusterException(
            CANNOT
                + key
                + " is true, and what they would tell each other is not encrypted: set exchange ="
                + " driver");
      }
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
    return new ClusterException(CANNOT + why + OR_DRIVER);
  }
}
