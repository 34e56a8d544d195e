package dev.fletch.cluster;

import java.util.Map;
import org.apache.spark.SparkConf;

/** The Spark settings a run needs; whatever {@code spark-submit} or its files set wins. */
final class SparkDefaults {
  static final String MASTER = "spark.master";
  static final String TASK_CPUS = "spark.task.cpus";
  static final String EXECUTOR_CORES = "spark.executor.cores";

  private static final String GPU_AMOUNT = "spark.executor.resource.gpu.amount";
  private static final String JAVA_SERIALIZER = "org.apache.spark.serializer.JavaSerializer";

  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry(MASTER, "local[*]"),
          // Kryo cannot read records.
          Map.entry("spark.serializer", JAVA_SERIALIZER),
          // A second copy of a task would build a second replica; the number of executors is the
          // user's choice.
          Map.entry("spark.speculation", "false"),
          Map.entry("spark.dynamicAllocation.enabled", "false"),
          // Replicas stay where their first task ran, so all executors should be there by then.
          Map.entry("spark.scheduler.minRegisteredResourcesRatio", "1.0"),
          Map.entry("spark.scheduler.mode", "FAIR"),
          // Tasks that should run together and cannot are given up: the loss of an executor is
          // answered by fewer tasks, not by waiting for days.
          Map.entry("spark.barrier.sync.timeout", "600s"),
          Map.entry("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "5s"),
          Map.entry("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "6"),
          // A task that was ended and hangs on would keep its slot for good: its process is ended.
          Map.entry("spark.task.reaper.enabled", "true"),
          Map.entry("spark.task.reaper.killTimeout", "120s"),
          // Floats hardly compress; blocks let executors pass them on early, but each costs two
          // messages: 4 MB halve the time of 1 MB for a supernet's 8 MB of weights.
          Map.entry("spark.broadcast.compress", "false"),
          Map.entry("spark.broadcast.blockSize", "4m"),
          // Sums come back with the message that says the task is done, not in a second round.
          Map.entry("spark.task.maxDirectResultSize", "64m"),
          Map.entry("spark.shuffle.compress", "false"),
          // A search is thousands of short jobs: the driver must not remember them all.
          Map.entry("spark.ui.retainedJobs", "200"),
          Map.entry("spark.ui.retainedStages", "200"),
          Map.entry("spark.ui.retainedTasks", "2000"),
          Map.entry("spark.cleaner.periodicGC.interval", "5min"),
          Map.entry("spark.eventLog.rolling.enabled", "true"),
          Map.entry("spark.ui.showConsoleProgress", "false"),
          Map.entry("spark.log.level", "WARN"));

  private SparkDefaults() {}

  /** Adds to {@code conf} what it does not say yet. */
  static SparkConf complete(SparkConf conf, ClusterSettings settings, int machineCores) {
    conf.setIfMissing("spark.app.name", settings.name());
    FIXED.forEach(conf::setIfMissing);
    if (conf.contains(GPU_AMOUNT)) {
      // One executor, one GPU, one task at a time.
      conf.setIfMissing("spark.task.resource.gpu.amount", conf.get(GPU_AMOUNT));
      if (conf.contains(EXECUTOR_CORES)) {
        conf.setIfMissing(TASK_CPUS, conf.get(EXECUTOR_CORES));
      }
    }
    int cores = Slots.of(conf, machineCores).coresPerExecutor();
    conf.setIfMissing(TASK_CPUS, Integer.toString(Math.min(settings.threads(), cores)));
    return conf;
  }
}
