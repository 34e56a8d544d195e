package dev.fletch.evolution;

import dev.fletch.architecture.Port;
import java.io.Serializable;
import java.util.Objects;

/**
 * A connection that was made for the first time.
 *
 * @param number which of all that were ever made, from 1 on
 * @param generation in which it was
 * @param split the number of the connection that a new node, one of the two ends of this one, has
 *     split; 0 if this one joined nodes that there were
 */
public record Innovation(int number, int generation, int from, int to, Port port, int split)
    implements Serializable {
  /** In the place of a number: of a connection for which none was split. */
  static final int NO_SPLIT = 0;

  public Innovation {
    Objects.requireNonNull(port, "port");
  }

  /** Whether this is the same mutation, if it happened in the same generation. */
  boolean isSameAs(int otherFrom, int otherTo, Port otherPort, int otherSplit) {
    return from == otherFrom && to == otherTo && port == otherPort && split == otherSplit;
  }
}
