package dev.fletch.architecture;

import java.io.Serializable;
import java.util.Objects;

/**
 * A node of a genome: an operation and an activation for each of two ports, whose results the
 * aggregation joins.
 *
 * @param key the state that it is, from 1 on; nodes of one key in different genomes come from the
 *     same mutation
 */
public record NodeGene(int key, PortGene i, PortGene j, Aggregation aggregation)
    implements Serializable {
  public NodeGene {
    Objects.requireNonNull(i, "i");
    Objects.requireNonNull(j, "j");
    Objects.requireNonNull(aggregation, "aggregation");
    if (key <= Genome.INPUT) {
      throw new IllegalArgumentException(
          "Invalid genome: a node has the key %d; keys must be >= 1, since %d is the input"
              .formatted(key, Genome.INPUT));
    }
  }

  /** What it does with what enters {@code port}. */
  public PortGene at(Port port) {
    return port == Port.I ? i : j;
  }

  /** This node with another gene at {@code port}. */
  public NodeGene with(Port port, PortGene gene) {
    return port == Port.I
        ? new NodeGene(key, gene, j, aggregation)
        : new NodeGene(key, i, gene, aggregation);
  }

  /** As in the text of a genome: {@code 2:add(sep_conv_3x3+relu,skip_connect)}. */
  @Override
  public String toString() {
    return "%d:%s(%s,%s)".formatted(key, aggregation.text(), i, j);
  }
}
