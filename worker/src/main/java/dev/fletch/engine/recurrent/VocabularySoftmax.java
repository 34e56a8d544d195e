package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;
import dev.fletch.engine.recurrent.SoftmaxInput.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Linear layer over a vocabulary, softmax and cross-entropy, some positions at a time: the values
 * of all words at all positions never exist together.
 *
 * <p>Weights are the matrix {@code [V, C]}, and behind it the bias {@code [V]}, which is treated as
 * one more column of the matrix: what is read has a 1 there.
 */
final class VocabularySoftmax {
  /** Values of a segment, unless even the fewest rows have more. */
  private static final int VALUES = 6_000_000;

  /** Values that are worked on together, which a cache holds, unless one segment has more. */
  private static final int CACHED = 3_200_000;

  /** The bias of words that only fill a panel. */
  private static final float NEVER = -1e30f;

  private final int vocabulary;
  private final int size;
  private final Parallel parallel;
  private final int blocks;

  /** The weights turned: a row for each column of the matrix, and the bias: {@code [C + 1, V]}. */
  private final Panels turned;

  /** Of the segments that are worked on together. */
  private final List<SoftmaxRows> rows;

  private final ThreadLocal<SoftmaxBlock> work;
  private SoftmaxGradient gradient;

  VocabularySoftmax(int vocabulary, int size, Parallel parallel) {
    this.vocabulary = vocabulary;
    this.size = size;
    this.parallel = parallel;
    this.turned = new Panels(size + 1, vocabulary);
    this.blocks = SoftmaxBlock.count(turned.panels());
    this.rows =
        Stream.generate(() -> new SoftmaxRows(rows(vocabulary), size, vocabulary, blocks))
            .limit(segments(vocabulary))
            .toList();
    this.work = ThreadLocal.withInitial(() -> new SoftmaxBlock(turned, size));
    float[] bias = turned.values();
    Arrays.fill(bias, turned.at(turned.panels() - 1, size), bias.length, NEVER);
  }

  /** Rows of a segment, so that its values are not too many. */
  static int rows(int vocabulary) {
    int rows = Math.min(SoftmaxInput.MOST_ROWS, VALUES / vocabulary);
    return Math.max(1, rows / Packs.ROWS) * Packs.ROWS;
  }

  private static int segments(int vocabulary) {
    return Math.max(1, Math.min(8, CACHED / (rows(vocabulary) * vocabulary)));
  }

  /** How many values are there at once: of words, and sums of their products by block. */
  static long values(int vocabulary, int size) {
    long blocks = SoftmaxBlock.count(Panels.count(vocabulary));
    long dots = blocks * SoftmaxRows.dotsOfGroup(size) / Packs.ROWS;
    return (long) segments(vocabulary) * rows(vocabulary) * (vocabulary + dots);
  }

  /** The sum of losses over positions, and how many words were right. */
  record Result(double lossSum, int correct) {
    private Result plus(Result other) {
      return new Result(lossSum + other.lossSum, correct + other.correct);
    }
  }

  /** Takes matrix and bias over, which are the first of {@code weights}. */
  void take(float[] weights) {
    parallel.forEach(
        turned.panels(),
        p -> {
          float[] to = turned.values();
          for (int w = 0; w < turned.width(p); w++) {
            int word = p * WIDTH + w;
            int at = turned.at(p, 0) + w;
            for (int c = 0; c < size; c++) {
              to[at + c * WIDTH] = weights[word * size + c];
            }
            to[at + size * WIDTH] = weights[vocabulary * size + word];
          }
        });
  }

  /**
   * Losses of all positions.
   *
   * @param targets the word at each
   */
  Result forward(SoftmaxInput x, int[] targets) {
    Result sum = new Result(0, 0);
    for (int first = 0; first < x.segments().size(); first += rows.size()) {
      sum = sum.plus(losses(powers(x, targets, first, false)));
    }
    return sum;
  }

  /**
   * Losses and their gradients.
   *
   * @param weights those that {@link #take} took
   * @param scale of every position's loss in what is differentiated
   * @param wanted whether the gradients of weights are summed up
   */
  Result backward(SoftmaxInput x, int[] targets, float[] weights, float scale, boolean wanted) {
    if (gradient == null) {
      gradient = new SoftmaxGradient(vocabulary, size, parallel);
    }
    gradient.begin(weights, scale);
    Result sum = new Result(0, 0);
    for (int first = 0; first < x.segments().size(); first += rows.size()) {
      List<SoftmaxRows> some = powers(x, targets, first, true);
      sum = sum.plus(losses(some));
      gradient.ofRead(x, targets, some);
      if (wanted) {
        gradient.addToWeights(x, some);
      }
    }
    return sum;
  }

  /** Writes the gradients of weights that {@link #backward} summed up to the first of a vector. */
  void writeGradient(SoftmaxInput x, int[] targets, float[] target) {
    gradient.write(x, targets, target);
  }

  /** log p of all words at each position, {@code [positions, V]}. */
  float[] logProbabilities(SoftmaxInput x) {
    float[] all = new float[Math.multiplyExact(x.positions(), vocabulary)];
    SoftmaxRows one = rows.get(0);
    for (Segment segment : x.segments()) {
      one.begin(x, new int[x.positions()], segment, turned);
      logits(one);
      for (int n = 0; n < segment.count(); n++) {
        int at = (segment.first() + n) * vocabulary;
        one.values.read(all, at, n, 1);
        float most = one.largestValue(n);
        double sum = 0;
        for (int v = at; v < at + vocabulary; v++) {
          sum += Math.exp(all[v] - most);
        }
        double log = Math.log(sum) + most;
        for (int v = at; v < at + vocabulary; v++) {
          all[v] = (float) (all[v] - log);
        }
      }
    }
    return all;
  }

  private void logits(SoftmaxRows some) {
    parallel.forEach(blocks, block -> work.get().logits(block, some));
  }

  /**
   * Takes segments from {@code first} on and computes e^(value - reference) of all words, with
   * their sums.
   */
  private List<SoftmaxRows> powers(SoftmaxInput x, int[] targets, int first, boolean products) {
    int count = Math.min(rows.size(), x.segments().size() - first);
    List<SoftmaxRows> some = rows.subList(0, count);
    parallel.forEach(
        count, s -> some.get(s).begin(x, targets, x.segments().get(first + s), turned));
    powers(some, products);
    for (SoftmaxRows one : some) {
      if (!one.sumUp()) {
        // a target so improbable that others cannot be compared with it: with the largest
        logits(one);
        one.referToLargest();
        powers(List.of(one), products);
        one.sumUp();
      }
    }
    return some;
  }

  private void powers(List<SoftmaxRows> some, boolean products) {
    parallel.forEach(blocks, block -> work.get().powers(block, some, products));
  }

  private static Result losses(List<SoftmaxRows> some) {
    return some.stream().map(SoftmaxRows::losses).reduce(new Result(0, 0), Result::plus);
  }
}
