package dev.fletch.replica;

import java.io.Serializable;

/**
 * Which part of every step's examples a replica takes: the {@code replica}-th {@code batch} of
 * {@code replicas}.
 *
 * @param replica counts from 0
 * @param replicas of the run; part of the experiment
 * @param batch examples per replica and step
 */
public record Shard(int replica, int replicas, int batch) implements Serializable {
  public Shard {
    if (batch < 1 || replicas < 1 || replica < 0 || replica >= replicas) {
      throw new IllegalArgumentException(
          "Invalid shard: replica "
              + replica
              + " of "
              + replicas
              + " with batch "
              + batch
              + "; replicas count from 0, batch must be >= 1");
    }
  }
}
