package dev.fletch.cluster;

import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What a replica, or a group of neighbours, contributes to an exchange: one sum per point, or the
 * news that it diverged. Divergence is a result and not a failure of the task: Spark would try it
 * three times more.
 */
final class PartialSums implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * How long the slowest of the replicas behind a sum took.
   *
   * @param fetch nanoseconds until the broadcast state was there
   * @param gradients nanoseconds for the gradients themselves
   */
  record Times(long fetch, long gradients) implements Serializable {
    static final Times NONE = new Times(0, 0);

    Times slowest(Times other) {
      return new Times(Math.max(fetch, other.fetch), Math.max(gradients, other.gradients));
    }
  }

  private final int order;
  private final GradientSum[] perPoint;
  private final DivergedException diverged;
  private final Times times;

  private PartialSums(int order, GradientSum[] perPoint, DivergedException diverged, Times times) {
    this.order = order;
    this.perPoint = perPoint;
    this.diverged = diverged;
    this.times = times;
  }

  /**
   * @param order place among the partial sums of an exchange
   */
  static PartialSums of(int order, List<GradientSum> perPoint, Times times) {
    return new PartialSums(order, perPoint.toArray(GradientSum[]::new), null, times);
  }

  static PartialSums diverged(int order, DivergedException diverged) {
    return new PartialSums(order, new GradientSum[0], diverged, Times.NONE);
  }

  /** The slowest of all. */
  static Times slowest(List<PartialSums> parts) {
    return parts.stream().map(part -> part.times).reduce(Times.NONE, Times::slowest);
  }

  /** Sums the replicas of one group, in their order, whatever order they arrived in. */
  static PartialSums ofGroup(int group, List<PartialSums> replicas) {
    List<PartialSums> inOrder = new ArrayList<>(replicas);
    inOrder.sort(Comparator.comparingInt(part -> part.order));
    for (PartialSums part : inOrder) {
      if (part.diverged != null) {
        return diverged(group, part.diverged);
      }
    }
    return of(group, perPoint(inOrder, GradientSum::reduceGroup), slowest(inOrder));
  }

  /**
   * Adds up {@code parts} point by point.
   *
   * @param parts in order
   * @throws DivergedException the first one, if a replica diverged
   */
  static List<GradientSum> total(
      List<PartialSums> parts, Function<List<GradientSum>, GradientSum> sum) {
    for (PartialSums part : parts) {
      if (part.diverged != null) {
        throw part.diverged;
      }
    }
    return perPoint(parts, sum);
  }

  private static List<GradientSum> perPoint(
      List<PartialSums> parts, Function<List<GradientSum>, GradientSum> sum) {
    List<GradientSum> sums = new ArrayList<>();
    for (int point = 0; point < parts.get(0).perPoint.length; point++) {
      int at = point;
      sums.add(sum.apply(parts.stream().map(part -> part.perPoint[at]).toList()));
    }
    return sums;
  }
}
