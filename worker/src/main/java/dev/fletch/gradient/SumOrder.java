package dev.fletch.gradient;

import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The order in which the sums of replicas are added, whatever they are made of and wherever that is
 * done: groups of ceil(sqrt(n)) neighbours first, each from its first to its last, then the groups
 * in order. It depends on the number of replicas alone, and so do the bits of floating-point sums.
 */
public final class SumOrder {
  private SumOrder() {}

  /** Replicas per group. */
  public static int groupSize(int replicas) {
    return Math.max(1, (int) Math.ceil(Math.sqrt(replicas)));
  }

  /**
   * Adds up all.
   *
   * @param none neutral: what there is before the first
   */
  public static <T> T sum(List<T> inReplicaOrder, T none, BinaryOperator<T> plus) {
    int group = groupSize(inReplicaOrder.size());
    T total = none;
    for (int from = 0; from < inReplicaOrder.size(); from += group) {
      int to = Math.min(from + group, inReplicaOrder.size());
      total = plus.apply(total, sumOfGroup(inReplicaOrder.subList(from, to), none, plus));
    }
    return total;
  }

  /** Adds up neighbours from first to last: one group, or the first of one. */
  public static <T> T sumOfGroup(List<T> neighbours, T none, BinaryOperator<T> plus) {
    T sum = none;
    for (T one : neighbours) {
      sum = plus.apply(sum, one);
    }
    return sum;
  }
}
