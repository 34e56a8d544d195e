package dev.fletch.replica;

import dev.fletch.gradient.SumOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which task takes which replicas. Sums do not depend on it: a task adds up only neighbours that
 * are added first anyway, and leaves the rest to who adds up all.
 *
 * @param ofTasks per task its replicas, ascending; together all from 0 on
 */
public record Dealing(List<List<Integer>> ofTasks) {
  public Dealing {
    ofTasks = ofTasks.stream().map(List::copyOf).toList();
    List<Integer> all = ofTasks.stream().flatMap(List::stream).sorted().toList();
    boolean ascending =
        ofTasks.stream().allMatch(own -> own.equals(own.stream().sorted().toList()));
    boolean each = ofTasks.stream().noneMatch(List::isEmpty);
    if (!ascending || !each || !all.equals(IntStream.range(0, all.size()).boxed().toList())) {
      throw new IllegalArgumentException(
          "Cannot deal replicas as "
              + ofTasks
              + ": each must be there once, and every task have"
              + " some, ascending");
    }
  }

  /** Neighbours to each task, as many to one as to another or one more. */
  public static Dealing even(int replicas, int tasks) {
    List<List<Integer>> dealt = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      int from = first(replicas, tasks, task);
      dealt.add(IntStream.range(from, first(replicas, tasks, task + 1)).boxed().toList());
    }
    return new Dealing(dealt);
  }

  private static int first(int replicas, int tasks, int task) {
    return (int) ((long) task * replicas / tasks);
  }

  int replicas() {
    return ofTasks.stream().mapToInt(List::size).sum();
  }

  /** A task's replicas. */
  public List<Integer> of(int task) {
    return ofTasks.get(task);
  }

  /**
   * What a task sends of its replicas: neighbours that begin a group of {@link SumOrder} are added
   * up, all others go by themselves.
   */
  List<Run> runs(int task) {
    int group = SumOrder.groupSize(replicas());
    List<Run> runs = new ArrayList<>();
    for (int replica : of(task)) {
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      boolean follows =
          last != null
              && last.first() % group == 0
              && last.first() + last.length() == replica
              && replica % group != 0;
      if (follows) {
        runs.set(runs.size() - 1, new Run(last.first(), last.length() + 1));
      } else {
        runs.add(new Run(replica, 1));
      }
    }
    return runs;
  }

  /** Neighbouring replicas whose sum is made where they are. */
  record Run(int first, int length) {}
}
