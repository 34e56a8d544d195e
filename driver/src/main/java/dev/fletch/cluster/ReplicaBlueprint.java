package dev.fletch.cluster;

import dev.fletch.data.ExampleSource;
import dev.fletch.replica.Replica;
import dev.fletch.replica.Shard;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.util.SerializableConfiguration;

/**
 * All that is needed to build any replica of a gradient source; broadcast once per source.
 *
 * @param source unique for every gradient source ever made
 */
record ReplicaBlueprint(
    String source,
    ReplicaFactory factory,
    SerializableConfiguration hadoop,
    int replicas,
    int batch,
    long seed)
    implements Serializable {

  /** Opened examples of this process, by source: a data set is decoded once per executor. */
  private static final ConcurrentMap<String, ExampleSource> EXAMPLES = new ConcurrentHashMap<>();

  Replica build(int replica) {
    ExampleSource examples = EXAMPLES.computeIfAbsent(source, unused -> open());
    return new Replica(
        factory.network(examples), examples, new Shard(replica, replicas, batch), seed);
  }

  static void forget(String source) {
    EXAMPLES.remove(source);
  }

  private ExampleSource open() {
    try {
      return factory.examples(hadoop.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
