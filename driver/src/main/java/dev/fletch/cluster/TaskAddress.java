package dev.fletch.cluster;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a task of an epoch tells the others at its start.
 *
 * @param host of its executor, as Spark knows it
 * @param port where it takes connections
 * @param executor its process
 * @param residents replicas that the process keeps, ascending
 */
record TaskAddress(String host, int port, String executor, List<Integer> residents) {
  private static final String BETWEEN = "\t";

  String text() {
    return String.join(
        BETWEEN,
        host,
        Integer.toString(port),
        executor,
        residents.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  static TaskAddress of(String text) {
    String[] parts = text.split(BETWEEN, -1);
    List<Integer> residents =
        parts[3].isEmpty()
            ? List.of()
            : Arrays.stream(parts[3].split(",")).map(Integer::valueOf).toList();
    return new TaskAddress(parts[0], Integer.parseInt(parts[1]), parts[2], residents);
  }

  InetSocketAddress socket() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  /**
   * The resident whose network a task may use: tasks of one process have one each, those that are
   * there first.
   *
   * @param all by rank
   * @param replicas of the run
   */
  static int lent(List<TaskAddress> all, int rank, int replicas) {
    TaskAddress own = all.get(rank);
    long before = all.subList(0, rank).stream().filter(own::isBeside).count();
    return Stream.concat(
            own.residents.stream(),
            IntStream.range(0, replicas).boxed().filter(r -> !own.residents.contains(r)))
        .skip(before)
        .findFirst()
        .orElseThrow();
  }

  private boolean isBeside(TaskAddress other) {
    return executor.equals(other.executor);
  }
}
