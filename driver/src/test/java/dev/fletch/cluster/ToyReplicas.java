package dev.fletch.cluster;

import dev.fletch.data.ExampleSource;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.toy.ToyExamples;
import dev.fletch.toy.ToyNetwork;
import org.apache.hadoop.conf.Configuration;

/**
 * Toy networks of 12 weights, 2 mixing weights and 4 statistics.
 *
 * @param size examples of every portion
 */
record ToyReplicas(int size) implements ReplicaFactory {
  @Override
  public ExampleSource examples(Configuration hadoop) {
    return new ToyExamples(size, 3);
  }

  @Override
  public TrainableNetwork network(ExampleSource examples) {
    return new ToyNetwork(((ToyExamples) examples).input().values(), examples.classes(), 2);
  }

  /** All of them in this process. */
  LocalGradientSource local(int replicas, int batch) {
    ExampleSource examples = examples(new Configuration());
    return new LocalGradientSource(network(examples), examples, replicas, batch, LocalSpark.SEED);
  }
}
