package dev.fletch.data;

import dev.fletch.data.SeededRandom.Purpose;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which examples belong to a portion, and in which order an epoch sees them; functions of the seed
 * alone.
 */
final class SeededOrder {
  private static final int EPOCHS_KEPT = 4;

  private final long seed;
  private final int[] sizes;
  private final ClassSplit split;
  private final Map<Portion, int[]> members = new EnumMap<>(Portion.class);
  private final Map<EpochKey, int[]> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EpochKey, int[]> eldest) {
          return size() > EPOCHS_KEPT;
        }
      };

  /**
   * @param train whose labels are divided alike
   * @param weights how many of the training examples train w in a search
   * @param alpha how many others train alpha
   */
  SeededOrder(long seed, LabelledSet train, int weights, int alpha, int test) {
    this.seed = seed;
    this.sizes = train.classSizes();
    this.split = new ClassSplit(seed, train);
    int[] searched = ClassSplit.shares(sizes, weights + alpha);
    int[] shares = ClassSplit.shares(searched, weights);
    members.put(Portion.WEIGHTS, split.first(shares));
    members.put(Portion.ALPHA, split.between(shares, searched));
    members.put(Portion.TRAIN, IntStream.range(0, train.size()).toArray());
    members.put(Portion.TEST, IntStream.range(0, test).toArray());
    members.put(Portion.FIT, members.get(Portion.TRAIN));
    members.put(Portion.VALIDATION, new int[0]);
  }

  private SeededOrder(SeededOrder order, int heldOut) {
    this.seed = order.seed;
    this.sizes = order.sizes;
    this.split = order.split;
    members.putAll(order.members);
    int[] shares = ClassSplit.shares(sizes, members.get(Portion.TRAIN).length - heldOut);
    members.put(Portion.FIT, split.first(shares));
    members.put(Portion.VALIDATION, split.rest(shares));
  }

  /**
   * An order with {@code count} training examples held out as {@link Portion#VALIDATION}, the last
   * of every class's order, and the rest as {@link Portion#FIT}; all other portions are as here.
   */
  SeededOrder holdingOut(int count) {
    return new SeededOrder(this, count);
  }

  /** Indices of the portion's examples in their data set, ascending. Not a copy: read only. */
  int[] members(Portion portion) {
    return members.get(portion);
  }

  /**
   * The examples of one replica's minibatch, as {@link ExampleSource#training} says.
   *
   * @throws IllegalArgumentException for {@link Portion#TEST} and {@link Portion#VALIDATION}:
   *     nothing trains on them
   */
  int[] training(Portion portion, StepId at, int replica, int replicas, int batch) {
    checkRequest(portion, replica, replicas, batch);
    int[] examples = epoch(portion, at.draw());
    int perStep = batch * replicas;
    long step = Math.floorMod(at.step(), (examples.length + perStep - 1) / perStep);
    long first = (step * replicas + replica) * batch;
    int from = (int) Math.min(first, examples.length);
    int to = (int) Math.min(first + batch, examples.length);
    return Arrays.copyOfRange(examples, from, to);
  }

  /**
   * @throws IllegalArgumentException if nothing trains on the portion, or there is no such replica
   */
  static void checkRequest(Portion portion, int replica, int replicas, int batch) {
    if (portion == Portion.TEST || portion == Portion.VALIDATION) {
      throw new IllegalArgumentException(
          "Cannot train on the " + (portion == Portion.TEST ? "test set" : "examples held out"));
    }
    if (batch < 1 || replica < 0 || replica >= replicas) {
      throw new IllegalArgumentException(
          "Invalid request for replica %d of %d with a batch of %d"
              .formatted(replica, replicas, batch));
    }
  }

  /** Examples {@code [from, to)} of the portion, in their stored order. */
  int[] evaluation(Portion portion, int from, int to) {
    int[] examples = members(portion);
    if (from < 0 || to < from || to > examples.length) {
      throw new IllegalArgumentException(
          "Invalid range %d to %d: the portion %s has %d examples"
              .formatted(from, to, portion, examples.length));
    }
    return Arrays.copyOfRange(examples, from, to);
  }

  /**
   * Indices of the portion's examples in their data set, in the order in which {@code epoch} sees
   * them. Not a copy: read only.
   */
  private int[] epoch(Portion portion, int epoch) {
    EpochKey key = new EpochKey(portion, epoch);
    synchronized (recent) {
      return recent.computeIfAbsent(key, this::shuffled);
    }
  }

  private int[] shuffled(EpochKey key) {
    int[] examples = members.get(key.portion());
    int[] order =
        SeededRandom.of(Purpose.ORDER, seed, key.epoch(), key.portion().ordinal())
            .permutation(examples.length);
    return Arrays.stream(order).map(i -> examples[i]).toArray();
  }

  private record EpochKey(Portion portion, int epoch) {}
}
