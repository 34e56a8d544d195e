package dev.fletch.gradient;

import dev.fletch.nn.BatchGradients;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A sum of gradients, weighted by examples, and the examples behind it; a mean exists only through
 * {@link #mean()}. What each replica remembers is not summed: it stands one after the other, in the
 * order in which sums are added.
 *
 * <p>Plain {@code float[]} inside, and as such on the wire ({@link FloatWire}). The empty sum (a
 * replica without examples in the last step) is neutral and has zero-length arrays, but remembers
 * what it did before.
 */
public final class GradientSum implements Serializable {
  private static final long serialVersionUID = 1L;

  // not final only because they are read back from the wire
  private transient float[] weights;
  private transient float[] mixing;
  private transient float[] statistics;
  private transient float[] carried;
  private final double lossSum;
  private final long correct;
  private final long examples;
  private final float statisticsShare;

  private GradientSum(
      float[] weights,
      float[] mixing,
      float[] statistics,
      float[] carried,
      double lossSum,
      long correct,
      long examples,
      float statisticsShare) {
    this.weights = weights;
    this.mixing = mixing;
    this.statistics = statistics;
    this.carried = carried;
    this.lossSum = lossSum;
    this.correct = correct;
    this.examples = examples;
    this.statisticsShare = statisticsShare;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    FloatWire.write(out, weights);
    FloatWire.write(out, mixing);
    FloatWire.write(out, statistics);
    FloatWire.write(out, carried);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    weights = FloatWire.read(in);
    mixing = FloatWire.read(in);
    statistics = FloatWire.read(in);
    carried = FloatWire.read(in);
  }

  public static GradientSum empty() {
    return ofScore(0, 0, 0);
  }

  /**
   * Of a replica without examples.
   *
   * @param carried what it remembers from before
   */
  public static GradientSum empty(float[] carried) {
    return empty().remembering(carried);
  }

  /**
   * The contribution of one minibatch: its mean gradients times its examples. Takes over the
   * arrays.
   */
  public static GradientSum of(BatchGradients batch) {
    int n = batch.score().examples();
    return new GradientSum(
        scale(batch.weights(), n),
        scale(batch.mixing(), n),
        scale(batch.statistics(), n),
        batch.carried(),
        batch.score().lossSum(),
        batch.score().correct(),
        n,
        batch.statisticsShare());
  }

  /** A sum of no vectors: what a score is made of. */
  public static GradientSum ofScore(double lossSum, long correct, long examples) {
    return new GradientSum(
        new float[0], new float[0], new float[0], new float[0], lossSum, correct, examples, 0);
  }

  /**
   * Sums in the order of {@link SumOrder}. Executors can therefore sum whole groups and the bits
   * stay the same.
   */
  public static GradientSum reduce(List<GradientSum> inReplicaOrder) {
    return SumOrder.sum(inReplicaOrder, empty(), GradientSum::plus);
  }

  /** Replicas per group in {@link #reduce}. */
  public static int groupSize(int replicas) {
    return SumOrder.groupSize(replicas);
  }

  /** Sums neighbours from first to last: one group of {@link #reduce}. */
  public static GradientSum reduceGroup(List<GradientSum> neighbours) {
    return SumOrder.sumOfGroup(neighbours, empty(), GradientSum::plus);
  }

  public GradientSum plus(GradientSum other) {
    float[] both = joined(carried, other.carried);
    if (examples == 0) {
      return other.remembering(both);
    }
    if (other.examples == 0) {
      return remembering(both);
    }
    return new GradientSum(
        add(weights, other.weights),
        add(mixing, other.mixing),
        add(statistics, other.statistics),
        both,
        lossSum + other.lossSum,
        correct + other.correct,
        examples + other.examples,
        statisticsShare);
  }

  private GradientSum remembering(float[] other) {
    return other.length == carried.length
        ? this
        : new GradientSum(
            weights, mixing, statistics, other, lossSum, correct, examples, statisticsShare);
  }

  private static float[] joined(float[] one, float[] other) {
    if (one.length == 0 || other.length == 0) {
      return one.length == 0 ? other : one;
    }
    float[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  /**
   * @throws IllegalStateException if no example contributed
   */
  public Gradients mean() {
    if (examples == 0) {
      throw new IllegalStateException(
          "Cannot average gradients: no replica contributed any example");
    }
    return new Gradients(
        divide(weights, examples),
        divide(mixing, examples),
        divide(statistics, examples),
        new Score(lossSum / examples, (double) correct / examples, examples),
        carried,
        statisticsShare);
  }

  /**
   * Those of weights, mixing weights and statistics, not copied: who writes to them uses the sum
   * up.
   */
  public List<float[]> vectors() {
    return List.of(weights, mixing, statistics);
  }

  /** What the replicas behind the sum remember, one after the other. */
  public float[] carried() {
    return carried;
  }

  /** Of the statistics in the running ones; the same for all replicas that have examples. */
  public float statisticsShare() {
    return statisticsShare;
  }

  public double lossSum() {
    return lossSum;
  }

  public long correct() {
    return correct;
  }

  public long examples() {
    return examples;
  }

  private static float[] scale(float[] values, int factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private static float[] add(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "Cannot add gradients of " + a.length + " and " + b.length + " values: replicas differ");
    }
    float[] sum = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  private static float[] divide(float[] values, long divisor) {
    float[] mean = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      mean[i] = values[i] / divisor;
    }
    return mean;
  }
}
