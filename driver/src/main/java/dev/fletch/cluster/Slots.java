package dev.fletch.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * What a master's URL and the configuration say about cores.
 *
 * @param local whether tasks run inside the driver's process
 * @param coresPerExecutor in local mode, the {@code N} of {@code local[N]}
 * @param cpusPerTask cores Spark sets aside for a task
 */
record Slots(boolean local, int coresPerExecutor, int cpusPerTask) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,\\s*\\d+)?])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*(\\d+)\\s*,\\s*\\d+\\s*]");

  static Slots of(SparkConf conf, int machineCores) {
    String master = conf.get(SparkDefaults.MASTER);
    int cpus = conf.getInt(SparkDefaults.TASK_CPUS, 1);
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      return new Slots(true, localCores(local.group(1), machineCores), cpus);
    }
    Matcher localCluster = LOCAL_CLUSTER.matcher(master);
    int whenUnset = localCluster.matches() ? Integer.parseInt(localCluster.group(1)) : 1;
    return new Slots(false, conf.getInt(SparkDefaults.EXECUTOR_CORES, whenUnset), cpus);
  }

  private static int localCores(String count, int machineCores) {
    if (count == null) {
      return 1;
    }
    return count.equals("*") ? machineCores : Integer.parseInt(count);
  }

  /** Tasks one executor runs at a time. */
  int tasksPerExecutor() {
    return Math.max(1, coresPerExecutor / cpusPerTask);
  }
}
