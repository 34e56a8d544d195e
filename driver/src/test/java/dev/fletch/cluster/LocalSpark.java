package dev.fletch.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/** A real Spark in this process, on two threads; a failed task is tried three times more. */
final class LocalSpark {
  static final int BATCH = 3;
  static final long SEED = 11;

  private LocalSpark() {}

  static SparkCluster open() {
    return open(new ArrayList<>());
  }

  static SparkCluster open(List<String> said) {
    SparkConf conf =
        new SparkConf(false)
            .setMaster("local[2,4]")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    return SparkCluster.open(conf, new ClusterSettings("cluster-test", 9, 1), said::add);
  }
}
