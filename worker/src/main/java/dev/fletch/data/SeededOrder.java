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
   * @param weights how many of the {@code train} training examples train w
   */
  SeededOrder(long seed, int train, int weights, int test) {
    this.seed = seed;
    int[] split = SeededRandom.of(Purpose.SPLIT, seed).permutation(train);
    members.put(Portion.WEIGHTS, sorted(Arrays.copyOfRange(split, 0, weights)));
    members.put(Portion.ALPHA, sorted(Arrays.copyOfRange(split, weights, train)));
    members.put(Portion.TRAIN, IntStream.range(0, train).toArray());
    members.put(Portion.TEST, IntStream.range(0, test).toArray());
    members.put(Portion.FIT, members.get(Portion.TRAIN));
    members.put(Portion.VALIDATION, new int[0]);
  }

  private SeededOrder(SeededOrder order, int heldOut) {
    this.seed = order.seed;
    members.putAll(order.members);
    int train = members.get(Portion.TRAIN).length;
    int[] split = SeededRandom.of(Purpose.SPLIT, seed).permutation(train);
    members.put(Portion.FIT, sorted(Arrays.copyOfRange(split, 0, train - heldOut)));
    members.put(Portion.VALIDATION, sorted(Arrays.copyOfRange(split, train - heldOut, train)));
  }

  /**
   * An order whose {@link Portion#VALIDATION} is the last {@code count} training examples of the
   * seeded split and whose {@link Portion#FIT} is the rest; all other portions are as here.
   */
  SeededOrder holdingOut(int count) {
    return new SeededOrder(this, count);
  }

  /** Indices of the portion's examples in their data set, ascending. Not a copy: read only. */
  int[] members(Portion portion) {
    return members.get(portion);
  }

  /**
   * Indices of the portion's examples in their data set, in the order in which {@code epoch} sees
   * them. Not a copy: read only.
   */
  int[] epoch(Portion portion, int epoch) {
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

  private static int[] sorted(int[] values) {
    Arrays.sort(values);
    return values;
  }

  private record EpochKey(Portion portion, int epoch) {}
}
