package dev.fletch.cluster;

import dev.fletch.data.ExampleSource;
import dev.fletch.nn.TrainableNetwork;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * Builds what a replica needs on the executor that will hold it. Travels there by Java
 * serialization, so it holds settings and no buffers; building twice must give the same.
 */
public interface ReplicaFactory extends Serializable {
  /** Opens the data: once per executor, shared by its replicas. */
  ExampleSource examples(Configuration hadoop) throws IOException;

  /** Builds a network for these examples: once per replica, closed with it. */
  TrainableNetwork network(ExampleSource examples);
}
