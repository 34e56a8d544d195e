package dev.fletch.gradient;

import dev.fletch.nn.WeightRange;
import java.io.Serializable;

/**
 * Lengths of the flat vectors of a network: weights w, mixing weights, batch-norm statistics, and
 * what it carries from minibatch to minibatch.
 *
 * @param carried of all replicas together, one after the other; 0 for a network that remembers
 *     nothing
 * @param tiedEmbedding as {@link dev.fletch.nn.TrainableNetwork#tiedEmbedding}
 */
public record NetworkSize(
    int weights, int mixing, int statistics, int carried, WeightRange tiedEmbedding)
    implements Serializable {
  /** Of a network that remembers nothing. */
  public NetworkSize(int weights, int mixing, int statistics) {
    this(weights, mixing, statistics, 0, WeightRange.NONE);
  }
}
