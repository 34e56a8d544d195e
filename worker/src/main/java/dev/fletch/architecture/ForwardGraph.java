package dev.fletch.architecture;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Connections between states that grow one by one and never make a circle. */
public final class ForwardGraph {
  private final Map<Integer, Set<Integer>> readers = new HashMap<>();

  /**
   * The graph of all connections, disabled ones too.
   *
   * @throws IllegalArgumentException if they make a circle
   */
  public static ForwardGraph of(Collection<ConnectionGene> connections) {
    ForwardGraph graph = new ForwardGraph();
    for (ConnectionGene connection : connections) {
      graph.put(connection.from(), connection.to());
    }
    if (graph.isForward()) {
      return graph;
    }
    graph.readers.clear();
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

  /** Whether states can be taken away one by one, each when nothing left leads to it. */
  private boolean isForward() {
    Map<Integer, Integer> entering = new HashMap<>();
    readers.values().forEach(all -> all.forEach(reader -> entering.merge(reader, 1, Integer::sum)));
    Deque<Integer> free = new ArrayDeque<>();
    readers.keySet().stream().filter(state -> !entering.containsKey(state)).forEach(free::add);
    while (!free.isEmpty()) {
      for (int reader : readers.getOrDefault(free.remove(), Set.of())) {
        if (entering.merge(reader, -1, Integer::sum) == 0) {
          free.add(reader);
        }
      }
    }
    return entering.values().stream().allMatch(left -> left == 0);
  }

  /** Adds a connection, unless it would close a circle; says whether it did. */
  public boolean add(int from, int to) {
    if (reachedFrom(to).contains(from)) {
      return false;
    }
    put(from, to);
    return true;
  }

  private void put(int from, int to) {
    readers.computeIfAbsent(from, state -> new HashSet<>()).add(to);
  }

  /** {@code state} and all to which connections lead from it. */
  public Set<Integer> reachedFrom(int state) {
    Set<Integer> reached = new HashSet<>(Set.of(state));
    Deque<Integer> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (int reader : readers.getOrDefault(open.remove(), Set.of())) {
        if (reached.add(reader)) {
          open.add(reader);
        }
      }
    }
    return reached;
  }
}
