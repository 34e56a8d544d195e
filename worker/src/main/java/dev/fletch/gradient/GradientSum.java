package dev.fletch.gradient;

import dev.fletch.engine.Floats;
import dev.fletch.nn.BatchGradients;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sum of gradients, weighted by examples, and the examples behind it; a mean exists only through
 * {@link #mean()}. What each replica remembers is not summed: it stands one after the other, in the
 * order in which sums are added.
 *
 * <p>Its vectors lie where they were computed; what replicas remember is on the host, and on the
 * wire all are plain {@code float[]} ({@link FloatWire}). On a card, a sum or a mean uses up what
 * it is made of. The empty sum (a replica without examples in the last step) is neutral and has
 * vectors of length 0, but remembers what it did before.
 */
public final class GradientSum implements Serializable {
  private static final long serialVersionUID = 1L;

  // not final only because they are read back from the wire
  private transient Floats weights;
  private transient Floats mixing;
  private transient Floats statistics;
  private transient float[] carried;
  private final double lossSum;
  private final long correct;
  private final long examples;
  private final float statisticsShare;

  private GradientSum(
      Floats weights,
      Floats mixing,
      Floats statistics,
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
    FloatWire.write(out, weights.onHost());
    FloatWire.write(out, mixing.onHost());
    FloatWire.write(out, statistics.onHost());
    FloatWire.write(out, carried);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    weights = Floats.of(FloatWire.read(in));
    mixing = Floats.of(FloatWire.read(in));
    statistics = Floats.of(FloatWire.read(in));
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
   * vectors.
   */
  public static GradientSum of(BatchGradients batch) {
    int n = batch.score().examples();
    return new GradientSum(
        scale(batch.weights(), n),
        scale(Floats.of(batch.mixing()), n),
        scale(batch.statistics(), n),
        batch.carried(),
        batch.score().lossSum(),
        batch.score().correct(),
        n,
        batch.statisticsShare());
  }

  /** A sum of no vectors: what a score is made of. */
  public static GradientSum ofScore(double lossSum, long correct, long examples) {
    Floats none = Floats.of(new float[0]);
    return new GradientSum(none, none, none, new float[0], lossSum, correct, examples, 0);
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
   * The means over replicas, each summed in the order of {@link #reduce}.
   *
   * @param inReplicaOrder per replica its sums, one for each point
   * @return one per point
   * @throws IllegalStateException if no example contributed
   */
  public static List<Gradients> means(List<List<GradientSum>> inReplicaOrder) {
    return IntStream.range(0, inReplicaOrder.get(0).size())
        .mapToObj(point -> inReplicaOrder.stream().map(replica -> replica.get(point)).toList())
        .map(sums -> reduce(sums).mean())
        .toList();
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
        divide(mixing, examples).array(),
        divide(statistics, examples),
        new Score(lossSum / examples, (double) correct / examples, examples),
        carried,
        statisticsShare);
  }

  /**
   * Those of weights, mixing weights and statistics, not copied: who writes to them uses the sum
   * up. Of sums on the host only.
   */
  public List<float[]> vectors() {
    return List.of(weights.array(), mixing.array(), statistics.array());
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

  private static Floats scale(Floats values, int factor) {
    values.scale(factor);
    return values;
  }

  private static Floats add(Floats a, Floats b) {
    if (a.length() != b.length()) {
      throw new IllegalArgumentException(
          "Cannot add gradients of "
              + a.length()
              + " and "
              + b.length()
              + " values: replicas differ");
    }
    Floats sum = a.kernels().room(a.length());
    a.kernels().add(a, b, sum);
    a.close();
    b.close();
    return sum;
  }

  private static Floats divide(Floats values, long divisor) {
    Floats mean = values.kernels().room(values.length());
    values.kernels().divide(values, (float) divisor, mean);
    values.close();
    return mean;
  }
}
