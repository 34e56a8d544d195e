package dev.fletch.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connections between states that grow one by one and never make a circle. */
public final class ForwardGraph {
  private final Map<Integer, List<Integer>> readers = new HashMap<>();

  /**
   * The graph of all connections, disabled ones too.
   *
   * @throws IllegalArgumentException if they make a circle
   */
  public static ForwardGraph of(Collection<ConnectionGene> connections) {
    ForwardGraph graph = new ForwardGraph();
    for (ConnectionGene connection : connections) {
      if (!graph.add(connection.from(), connection.to())) {
        throw new IllegalArgumentException(
            ("Invalid genome: connection %d from state %d to node %d closes a circle; connections,"
                    + " those that are off too, must lead forward")
                .formatted(connection.innovation(), connection.from(), connection.to()));
      }
    }
    return graph;
  }

  /** Adds a connection, unless it would close a circle; says whether it did. */
  public boolean add(int from, int to) {
    if (reachedFrom(to).contains(from)) {
      return false;
    }
    readers.computeIfAbsent(from, state -> new ArrayList<>()).add(to);
    return true;
  }

  /** {@code state} and all to which connections lead from it. */
  public Set<Integer> reachedFrom(int state) {
    Set<Integer> reached = new HashSet<>(Set.of(state));
    Deque<Integer> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (int reader : readers.getOrDefault(open.remove(), List.of())) {
        if (reached.add(reader)) {
          open.add(reader);
        }
      }
    }
    return reached;
  }
}
