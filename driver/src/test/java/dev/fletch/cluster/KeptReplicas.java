package dev.fletch.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;
import scala.Tuple2;

/** Looks into executors that are processes: what they still hold. */
public final class KeptReplicas {
  private static final int TASKS_PER_EXECUTOR = 3;
  private static final long LONG_ENOUGH_FOR_ALL_MILLIS = 200;

  private KeptReplicas() {}

  /** In this process. */
  public static long here() {
    return ReplicaHome.residents();
  }

  /** Executor to the number of replicas that it holds. */
  public static Map<String, Long> byExecutor(SparkCluster cluster, int executors) {
    int tasks = TASKS_PER_EXECUTOR * executors;
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    Map<String, Long> kept = new TreeMap<>();
    cluster.spark().parallelize(numbers, tasks).map(new Look()).collect().stream()
        .forEach(one -> kept.put(one._1(), one._2()));
    return kept;
  }

  private record Look() implements Function<Integer, Tuple2<String, Long>> {
    @Override
    public Tuple2<String, Long> call(Integer unused) throws InterruptedException {
      Thread.sleep(LONG_ENOUGH_FOR_ALL_MILLIS);
      return new Tuple2<>(SparkEnv.get().executorId(), ReplicaHome.residents());
    }
  }
}
