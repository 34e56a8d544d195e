package dev.fletch.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * How many native threads run at a time in one process, against the cores it may use. Too many are
 * slow without any other sign: two replicas with all cores each have been seen to take five times
 * as long.
 *
 * @param threads native threads per task
 * @param tasks tasks at a time
 * @param cores cores of the machine (local), or of the executor
 */
record ThreadPlan(int threads, int tasks, int cores, int configured) {
  private static final String OMP = "OMP_NUM_THREADS";

  /**
   * @param omp value of {@code OMP_NUM_THREADS} in this process, or null; executors get theirs from
   *     Spark, which sets it to {@code spark.task.cpus} unless {@code
   *     spark.executorEnv.OMP_NUM_THREADS} says otherwise
   */
  static ThreadPlan of(SparkConf conf, ClusterSettings settings, String omp, int machineCores) {
    Slots slots = Slots.of(conf, machineCores);
    int tasks = Math.min(slots.tasksPerExecutor(), settings.tasks());
    if (slots.local()) {
      return new ThreadPlan(number(omp, machineCores), tasks, machineCores, settings.threads());
    }
    String onExecutors = conf.get("spark.executorEnv." + OMP, null);
    return new ThreadPlan(
        number(onExecutors, slots.cpusPerTask()),
        tasks,
        slots.coresPerExecutor(),
        settings.threads());
  }

  private static int number(String text, int otherwise) {
    return text != null && text.strip().matches("[1-9]\\d{0,3}")
        ? Integer.parseInt(text.strip())
        : otherwise;
  }

  /** For a person: {@code 2 threads x 1 task at a time on 2 cores}. */
  String describe() {
    return "%d %s x %d %s at a time on %d %s"
        .formatted(
            threads,
            threads == 1 ? "thread" : "threads",
            tasks,
            tasks == 1 ? "task" : "tasks",
            cores,
            cores == 1 ? "core" : "cores");
  }

  /** What is wrong with the plan, one sentence each; empty if nothing. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (threads * tasks > cores) {
      warnings.add(
          "Warning: %s oversubscribes the cores and will be slow; set %s=%d, or run fewer tasks at a time"
              .formatted(describe(), OMP, Math.max(1, cores / tasks)));
    }
    if (threads < configured) {
      warnings.add(
          "Warning: %d threads per task are configured, but %s allows %d; set %s=%d"
              .formatted(configured, OMP, threads, OMP, configured));
    }
    return List.copyOf(warnings);
  }
}
