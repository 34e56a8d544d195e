package dev.fletch;

import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.SparkCluster;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that searches with one method after the other on Spark, going on with what an earlier
 * start of it has left. Made to be killed.
 */
final class MethodMarathon {
  private MethodMarathon() {}

  /** What {@link #main} is to be told. */
  static String[] arguments(Path folder, List<String> methods) {
    return new String[] {folder.toString(), String.join(",", methods)};
  }

  /**
   * @param arguments see {@link #arguments}
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    try (SparkCluster cluster =
        SparkCluster.open(new ClusterSettings("marathon", 4, 1), line -> {})) {
      for (String method : arguments[1].split(",")) {
        if (!folder.resolve(method).resolve("search/result.json").toFile().exists()) {
          MethodSearches.onSpark(cluster, method, folder.resolve(method), new SilentListener());
        }
      }
    }
  }
}
