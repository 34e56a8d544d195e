package dev.fletch.cluster;

import dev.fletch.data.Portion;
import dev.fletch.data.StreamShape;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.replica.Replica;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the driver has to know of a run's network and data without having either.
 *
 * @param examples per portion
 * @param steps of an epoch, all replicas together
 * @param chunks of an evaluation
 * @param ratesVary whether a step may have another learning rate than its epoch
 */
record NetworkFacts(
    NetworkSize size,
    Map<Portion, Integer> examples,
    Map<Portion, Integer> steps,
    Map<Portion, Integer> chunks,
    boolean ratesVary)
    implements Serializable {

  static NetworkFacts of(Replica replica) {
    int examplesPerStep = replica.shard().batch() * replica.shard().replicas();
    Map<Portion, Integer> examples = new EnumMap<>(Portion.class);
    Map<Portion, Integer> steps = new EnumMap<>(Portion.class);
    Map<Portion, Integer> chunks = new EnumMap<>(Portion.class);
    for (Portion portion : Portion.values()) {
      examples.put(portion, replica.examples().size(portion));
      steps.put(portion, replica.examples().steps(portion, examplesPerStep));
      chunks.put(portion, replica.chunks(portion));
    }
    boolean ratesVary = replica.examples().input() instanceof StreamShape;
    return new NetworkFacts(replica.size(), examples, steps, chunks, ratesVary);
  }
}
