package dev.fletch.run;

import dev.fletch.cluster.ReplicaFactory;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ExampleSource;
import dev.fletch.engine.Computing;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSpace;
import dev.fletch.task.Task;
import org.apache.hadoop.conf.Configuration;

/**
 * Builds supernet replicas on executors.
 *
 * @param seed of the split into w and alpha halves, of the order and of the augmentation
 * @param batch examples per replica and step
 * @param computing how each replica is computed
 */
public record SupernetReplicas(
    SupernetSpace supernet,
    EdgeSettings edges,
    DataSettings data,
    AugmentationSettings augmentation,
    long seed,
    int batch,
    Computing computing)
    implements ReplicaFactory {
  @Override
  public ExampleSource examples(Configuration hadoop) {
    return DataSet.open(data, augmentation, seed, hadoop);
  }

  @Override
  public TrainableNetwork network(ExampleSource examples) {
    computing.bind();
    return supernet.network(edges, examples.input(), Task.of(examples), batch, computing.threads());
  }
}
