package dev.fletch;

import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.SparkCluster;
import java.nio.file.Path;

/**
 * A program that searches with one method after the other on Spark, going on with what an earlier
 * start of it has left. Made to be killed.
 */
final class MethodMarathon {
  private MethodMarathon() {}

  /**
   * @param arguments the folder of the searches
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    try (SparkCluster cluster =
        SparkCluster.open(new ClusterSettings("marathon", 4, 1), line -> {})) {
      for (String method : MethodSearches.names()) {
        if (!folder.resolve(method).resolve("search/result.json").toFile().exists()) {
          MethodSearches.onSpark(cluster, method, folder.resolve(method), new SilentListener());
        }
      }
    }
  }
}
