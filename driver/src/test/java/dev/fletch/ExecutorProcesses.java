package dev.fletch;

import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.SparkCluster;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A Spark whose executors are processes of their own on this machine, one core each. */
final class ExecutorProcesses {
  private static final int MEGABYTES = 1024;

  private ExecutorProcesses() {}

  static SparkCluster open(int executors) throws IOException {
    return open(executors, line -> {});
  }

  /**
   * @param say takes what the cluster says
   */
  static SparkCluster open(int executors, Consumer<String> say) throws IOException {
    // Spark looks for its jars there before it starts an executor; they come from the class path.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    Map<String, String> properties = new LinkedHashMap<>(TinyRun.SPARK);
    properties.put("spark.master", "local-cluster[%d,1,%d]".formatted(executors, MEGABYTES));
    properties.put("spark.executor.memory", MEGABYTES + "m");
    properties.put("spark.executor.heartbeatInterval", "500ms"); // steps are told with it
    properties.put("spark.executor.extraClassPath", classPath());
    properties.put("spark.executor.extraJavaOptions", options());
    properties.forEach(System::setProperty);
    try {
      return SparkCluster.open(new ClusterSettings("executors", executors, 1), say);
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire == null ? System.getProperty("java.class.path") : surefire;
  }

  /** Those of this process that executors need too, but not its heap. */
  private static String options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("(-XX:.*(Tier4|Compile|Verification|Unlock)|--add-).*"))
        .collect(Collectors.joining(" "));
  }
}
