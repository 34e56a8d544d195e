package dev.fletch.cluster;

import dev.fletch.data.ExampleSource;
import dev.fletch.replica.Replica;
import dev.fletch.replica.Shard;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.util.SerializableConfiguration;

/** All that is needed to build any replica of a gradient source; broadcast once per source. */
record ReplicaBlueprint(
    ReplicaFactory factory, SerializableConfiguration hadoop, int replicas, int batch, long seed)
    implements Serializable {

  /** The data set is decoded once per executor, whatever number of replicas it builds. */
  Replica build(int replica) {
    ExampleSource examples = open();
    return new Replica(
        factory.network(examples), examples, new Shard(replica, replicas, batch), seed);
  }

  private ExampleSource open() {
    try {
      return factory.examples(hadoop.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
