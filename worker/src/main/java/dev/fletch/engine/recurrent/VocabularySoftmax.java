package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;
import dev.fletch.engine.recurrent.SoftmaxInput.Segment;
import java.util.Arrays;

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

  /** The bias of words that only fill a panel. */
  private static final float NEVER = -1e30f;

  /** Sums of powers beyond it could overflow, and so could their products. */
  private static final double TOO_LARGE = 1e30;

  private final int vocabulary;
  private final int size;
  private final Parallel parallel;
  private final int blocks;

  /** The weights turned: a row for each column of the matrix, and the bias: {@code [C + 1, V]}. */
  private final Panels turned;

  /** Of the segment under way: values of words, {@code [rows, V]}, then e to their power. */
  private final Panels values;

  /** What it read. */
  private final Packs packed;

  /** By row: the value of the target, and what values are compared with, over all lanes. */
  private final float[] chosen;

  private final float[] references;
  private final double[] sums;
  private final float[] largest;

  /** By block. */
  private final SoftmaxBlock.Found[] found;

  private final ThreadLocal<SoftmaxBlock> work;
  private SoftmaxGradient gradient;

  VocabularySoftmax(int vocabulary, int size, Parallel parallel) {
    this.vocabulary = vocabulary;
    this.size = size;
    this.parallel = parallel;
    int rows = rows(vocabulary);
    this.turned = new Panels(size + 1, vocabulary);
    this.values = new Panels(rows, vocabulary);
    this.packed = new Packs(rows, size + 1);
    this.chosen = new float[rows];
    this.references = new float[rows * WIDTH];
    this.sums = new double[rows];
    this.largest = new float[rows];
    this.blocks = SoftmaxBlock.count(turned.panels());
    this.found = new SoftmaxBlock.Found[blocks];
    Arrays.setAll(found, block -> new SoftmaxBlock.Found(rows, size));
    this.work = ThreadLocal.withInitial(() -> new SoftmaxBlock(turned, size, rows));
    float[] bias = turned.values();
    Arrays.fill(bias, turned.at(turned.panels() - 1, size), bias.length, NEVER);
  }

  /** Rows of a segment, so that its values are not too many. */
  static int rows(int vocabulary) {
    int rows = Math.min(SoftmaxInput.MOST_ROWS, VALUES / vocabulary);
    return Math.max(1, rows / Packs.ROWS) * Packs.ROWS;
  }

  /** How many values of words are there at once. */
  static long values(int vocabulary) {
    return (long) rows(vocabulary) * vocabulary;
  }

  /** The sum of losses over positions, and how many words were right. */
  record Result(double lossSum, int correct) {}

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
    double loss = 0;
    int correct = 0;
    for (Segment segment : x.segments()) {
      Result some = losses(x, targets, segment, false);
      loss += some.lossSum();
      correct += some.correct();
    }
    return new Result(loss, correct);
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
    double loss = 0;
    int correct = 0;
    for (Segment segment : x.segments()) {
      Result some = losses(x, targets, segment, true);
      loss += some.lossSum();
      correct += some.correct();
      gradient.ofRead(x, targets, segment, found, sums);
      if (wanted) {
        gradient.addToWeights(x, segment, values, sums);
      }
    }
    return new Result(loss, correct);
  }

  /** Writes the gradients of weights that {@link #backward} summed up to the first of a vector. */
  void writeGradient(SoftmaxInput x, int[] targets, float[] target) {
    gradient.write(x, targets, target);
  }

  /** log p of all words at each position, {@code [positions, V]}. */
  float[] logProbabilities(SoftmaxInput x) {
    float[] all = new float[Math.multiplyExact(x.positions(), vocabulary)];
    for (Segment segment : x.segments()) {
      pack(x, segment);
      logits(segment);
      for (int n = 0; n < segment.count(); n++) {
        int at = (segment.first() + n) * vocabulary;
        values.read(all, at, n, 1);
        float most = largest(n);
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

  /** Afterwards, {@link #values} are e to the power of values. */
  private Result losses(SoftmaxInput x, int[] targets, Segment segment, boolean products) {
    pack(x, segment);
    for (int n = 0; n < segment.count(); n++) {
      chosen[n] = value(x, segment, n, targets[segment.first() + n]);
      Arrays.fill(references, n * WIDTH, (n + 1) * WIDTH, chosen[n]);
    }
    if (!powers(segment, products)) {
      // a target so improbable that the others cannot be compared with it: with the largest
      logits(segment);
      for (int n = 0; n < segment.count(); n++) {
        Arrays.fill(references, n * WIDTH, (n + 1) * WIDTH, largest(n));
      }
      powers(segment, products);
    }
    double loss = 0;
    int correct = 0;
    for (int n = 0; n < segment.count(); n++) {
      float reference = references[n * WIDTH];
      loss += Math.log(sums[n]) + reference - chosen[n];
      correct += largest[n] <= 1 && chosen[n] >= reference ? 1 : 0;
    }
    return new Result(loss, correct);
  }

  /** The value of a word, to the same bit as where all words' values are computed. */
  private float value(SoftmaxInput x, Segment segment, int n, int word) {
    float[] weights = turned.values();
    int at = turned.at(word / WIDTH, 0) + word % WIDTH;
    int from = (segment.first() + n) * size;
    float sum = 0;
    for (int c : segment.columns()) {
      sum = Math.fma(x.values()[from + c], weights[at + c * WIDTH], sum);
    }
    return sum + weights[at + size * WIDTH];
  }

  private void logits(Segment segment) {
    parallel.forEach(
        blocks,
        block -> work.get().logits(block, packed, segment.count(), segment.columns(), values));
  }

  /** The largest of a row's values. */
  private float largest(int n) {
    float most = Float.NEGATIVE_INFINITY;
    for (int word = 0; word < vocabulary; word++) {
      most = Math.max(most, values.values()[values.at(word / WIDTH, n) + word % WIDTH]);
    }
    return most;
  }

  /** Returns whether all sums can be used. */
  private boolean powers(Segment segment, boolean products) {
    parallel.forEach(
        blocks,
        block ->
            work.get()
                .powers(
                    block,
                    packed,
                    segment.count(),
                    segment.columns(),
                    references,
                    values,
                    products,
                    found[block]));
    boolean usable = true;
    for (int n = 0; n < segment.count(); n++) {
      sums[n] = 0;
      largest[n] = 0;
      for (SoftmaxBlock.Found some : found) {
        sums[n] += some.sums()[n];
        largest[n] = Math.max(largest[n], some.largest()[n]);
      }
      usable &= sums[n] < TOO_LARGE;
    }
    return usable;
  }

  private void pack(SoftmaxInput x, Segment segment) {
    float[] target = packed.values();
    Arrays.fill(target, 0);
    int[] columns = segment.columns();
    for (int n = 0; n < segment.count(); n++) {
      int from = (segment.first() + n) * size;
      int to = packed.at(n / Packs.ROWS, n % Packs.ROWS, 0);
      for (int k = 0; k < columns.length; k++) {
        target[to + k * Packs.ROWS] = x.values()[from + columns[k]];
      }
      target[to + columns.length * Packs.ROWS] = 1;
    }
  }
}
