package dev.fletch.replica;

import dev.fletch.gradient.SumOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Means of vectors that are sums of replicas, added in the order of {@link SumOrder}. A few
 * thousand elements at a time, which stay in the processor's caches from the first sum to the
 * division. Keeps its buffers from call to call.
 */
final class ReplicaOrderMean {
  private static final int AT_A_TIME = 1 << 13;
  private static final FloatSlice NONE = new FloatSlice(new float[0], 0, 0);

  private final Deque<float[]> free = new ArrayDeque<>();
  private final List<float[]> inUse = new ArrayList<>();

  /**
   * Writes the mean.
   *
   * @param sums by replica; null for one whose sum is in that of a replica before it, or that has
   *     no examples
   * @param examples behind all sums
   * @param mean as long as each of them
   */
  void write(List<FloatSlice> sums, long examples, FloatSlice mean) {
    for (int done = 0; done < mean.length(); done += AT_A_TIME) {
      int length = Math.min(AT_A_TIME, mean.length() - done);
      List<FloatSlice> some = new ArrayList<>(sums.size());
      for (FloatSlice sum : sums) {
        some.add(sum == null ? NONE : new FloatSlice(sum.values(), sum.from() + done, length));
      }
      FloatSlice total = SumOrder.sum(some, NONE, this::plus);
      divide(total, examples, mean.values(), mean.from() + done);
      giveBack(total);
    }
  }

  private FloatSlice plus(FloatSlice one, FloatSlice other) {
    if (one.length() == 0) {
      return other;
    }
    if (other.length() == 0) {
      return one;
    }
    FloatSlice sum = isBuffer(one) ? one : buffer(one.length());
    add(one, other, sum.values());
    giveBack(other);
    return sum;
  }

  private static void add(FloatSlice one, FloatSlice other, float[] sum) {
    float[] a = one.values();
    float[] b = other.values();
    int fromA = one.from();
    int fromB = other.from();
    for (int i = 0; i < one.length(); i++) {
      sum[i] = a[fromA + i] + b[fromB + i];
    }
  }

  private static void divide(FloatSlice sum, long examples, float[] mean, int to) {
    float[] values = sum.values();
    int from = sum.from();
    for (int i = 0; i < sum.length(); i++) {
      mean[to + i] = values[from + i] / examples;
    }
  }

  private FloatSlice buffer(int length) {
    float[] values = free.isEmpty() ? new float[AT_A_TIME] : free.pop();
    inUse.add(values);
    return new FloatSlice(values, 0, length);
  }

  private boolean isBuffer(FloatSlice slice) {
    return inUse.stream().anyMatch(values -> values == slice.values());
  }

  private void giveBack(FloatSlice slice) {
    if (inUse.removeIf(values -> values == slice.values())) {
      free.push(slice.values());
    }
  }
}
