package dev.fletch.cluster;

import dev.fletch.cluster.ResidentReplicas.ReplicaKey;
import dev.fletch.replica.Replica;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** A task's way to the replicas that its executor keeps. */
record ReplicaHome(String source, Broadcast<ReplicaBlueprint> blueprint) implements Serializable {
  private static final ResidentReplicas<Replica> RESIDENTS = new ResidentReplicas<>();

  /** Uses a replica on the task's device, building it if this executor does not have it. */
  <T> T with(int replica, Function<Replica, T> use) throws InterruptedException {
    return TaskDevice.use(
        () ->
            RESIDENTS.use(
                new ReplicaKey(source, replica), () -> blueprint.value().build(replica), use));
  }

  /** The same, but frees a replica that had to be built for it. */
  <T> T borrow(int replica, Function<Replica, T> use) throws InterruptedException {
    return TaskDevice.use(
        () ->
            RESIDENTS.borrow(
                new ReplicaKey(source, replica), () -> blueprint.value().build(replica), use));
  }

  /** Frees what this process holds for {@code source}. */
  static void free(String source) {
    RESIDENTS.free(source);
  }

  /** Replicas that this process holds for {@code source}, ascending. */
  static List<Integer> numbers(String source) {
    return RESIDENTS.numbers(source);
  }

  /** Number of replicas this process holds. */
  static long residents() {
    return RESIDENTS.count();
  }

  /** Number of replicas this process holds for {@code source}. */
  static long residents(String source) {
    return RESIDENTS.count(source);
  }
}
