package dev.fletch.cluster;

import dev.fletch.data.Pace;
import dev.fletch.data.Portion;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.replica.Replica;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the driver has to know of a run's network and data without having either.
 *
 * @param examples per portion
 * @param paces how epochs are divided into steps, all replicas together
 * @param chunks of an evaluation
 */
record NetworkFacts(
    NetworkSize size,
    Map<Portion, Integer> examples,
    Map<Portion, Pace> paces,
    Map<Portion, Integer> chunks)
    implements Serializable {

  static NetworkFacts of(Replica replica) {
    int examplesPerStep = replica.shard().batch() * replica.shard().replicas();
    Map<Portion, Integer> examples = new EnumMap<>(Portion.class);
    Map<Portion, Pace> paces = new EnumMap<>(Portion.class);
    Map<Portion, Integer> chunks = new EnumMap<>(Portion.class);
    for (Portion portion : Portion.values()) {
      examples.put(portion, replica.examples().size(portion));
      paces.put(portion, replica.examples().pace(portion, examplesPerStep));
      chunks.put(portion, replica.chunks(portion));
    }
    return new NetworkFacts(replica.size(), examples, paces, chunks);
  }
}
