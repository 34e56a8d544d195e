package dev.fletch.cluster.peers;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The TCP ports that a task may listen on.
 *
 * @param first 0: any that is free
 * @param count of ports from {@code first} on
 */
public record PeerPorts(int first, int count) implements Serializable {
  private static final int LAST = 65_535;

  public PeerPorts {
    if (first < 0 || first > LAST || count < 1) {
      throw new IllegalArgumentException(
          "Invalid ports: %d from %d on; ports are 1 to %d, 0 is any"
              .formatted(count, first, LAST));
    }
  }

  List<Integer> all() {
    return first == 0
        ? List.of(0)
        : IntStream.range(first, Math.min(first + count, LAST + 1)).boxed().toList();
  }

  @Override
  public String toString() {
    return first == 0 ? "any port" : "ports %d to %d".formatted(first, first + count - 1);
  }
}
