package dev.fletch.architecture;

import java.io.Serializable;
import java.util.Objects;

/**
 * A connection of a genome.
 *
 * @param innovation its number among all connections ever made, from 1 on
 * @param from the state that it leaves: {@link Genome#INPUT} or the key of a node
 * @param to the key of the node that it enters
 * @param enabled whether it carries anything; one that does not keeps its number
 */
public record ConnectionGene(int innovation, int from, int to, Port port, boolean enabled)
    implements Serializable {
  public ConnectionGene {
    Objects.requireNonNull(port, "port");
    if (innovation < 1) {
      throw new IllegalArgumentException(
          "Invalid genome: a connection has the innovation number %d; it must be >= 1"
              .formatted(innovation));
    }
  }

  /** This connection, with that state. */
  public ConnectionGene enabled(boolean now) {
    return new ConnectionGene(innovation, from, to, port, now);
  }

  /** Whether both lead from the same state to the same port, whatever their numbers. */
  public boolean isParallelTo(ConnectionGene other) {
    return from == other.from && to == other.to && port == other.port;
  }

  /** As in the text of a genome: {@code 3:0>2:I}, or {@code 3:0>2:I:off}. */
  @Override
  public String toString() {
    return "%d:%d>%d:%s%s".formatted(innovation, from, to, port, enabled ? "" : ":off");
  }
}
