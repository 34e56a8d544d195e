package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.recurrent.SoftmaxInput.Segment;
import java.util.Arrays;

/** The rows of a segment that a softmax is working on, and what it has found of them. */
final class SoftmaxRows {
  /** Sums of powers beyond it could overflow, and so could their products. */
  private static final double TOO_LARGE = 1e30;

  private final int size;

  /** Values of words, {@code [rows, V]}, then e to their power. */
  final Panels values;

  /** What was read: the columns that are kept, and a 1 for the bias. */
  final Packs packed;

  /** What values are compared with, a row's over all its lanes. */
  final float[] references;

  /** By row: the value of the target. */
  private final float[] chosen;

  /** By row: the sum of e^(value - reference). */
  final double[] sums;

  private final float[] largest;
  final Found[] found;
  private Segment segment;

  /**
   * What a block of words adds.
   *
   * @param powers sums of powers, a row's in all its lanes
   * @param largest power, likewise
   * @param dots products of powers with each of the columns that are kept: for groups of rows and
   *     pairs of columns the sums of {@link SoftmaxLoops#addDots}
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
  record Found(float[] powers, float[] largest, float[] dots) {}

  SoftmaxRows(int rows, int size, int vocabulary, int blocks) {
    this.size = size;
    this.values = new Panels(rows, vocabulary);
    this.packed = new Packs(rows, size + 1);
    this.references = new float[rows * WIDTH];
    this.chosen = new float[rows];
    this.sums = new double[rows];
    this.largest = new float[rows];
    this.found = new Found[blocks];
    int dots = rows / Packs.ROWS * dotsOfGroup(size);
    Arrays.setAll(
        found,
        block -> new Found(new float[rows * WIDTH], new float[rows * WIDTH], new float[dots]));
  }

  /** Length of the sums of products of a group of rows. */
  static int dotsOfGroup(int kept) {
    return (kept + 1) / 2 * SoftmaxLoops.DOTS;
  }

  Segment segment() {
    return segment;
  }

  int count() {
    return segment.count();
  }

  int[] kept() {
    return segment.columns();
  }

  int groups() {
    return Packs.padded(segment.count()) / Packs.ROWS;
  }

  /**
   * Takes another segment over; values are to be compared with that of the target.
   *
   * @param turned the weights, {@code [C + 1, V]}, the bias last
   */
  void begin(SoftmaxInput x, int[] targets, Segment next, Panels turned) {
    segment = next;
    int[] kept = kept();
    float[] target = packed.values();
    Arrays.fill(target, 0);
    for (int n = 0; n < count(); n++) {
      int from = (segment.first() + n) * size;
      int to = packed.at(n / Packs.ROWS, n % Packs.ROWS, 0);
      for (int k = 0; k < kept.length; k++) {
        target[to + k * Packs.ROWS] = x.values()[from + kept[k]];
      }
      target[to + kept.length * Packs.ROWS] = 1;
      chosen[n] = value(x.values(), from, turned, targets[segment.first() + n]);
      refer(n, chosen[n]);
    }
  }

  private void refer(int n, float reference) {
    Arrays.fill(references, n * WIDTH, (n + 1) * WIDTH, reference);
  }

  /** The value of a word, to the same bit as where all words' values are computed. */
  private float value(float[] read, int from, Panels turned, int word) {
    float[] weights = turned.values();
    int at = turned.at(word / WIDTH, 0) + word % WIDTH;
    float sum = 0;
    for (int c : kept()) {
      sum = Math.fma(read[from + c], weights[at + c * WIDTH], sum);
    }
    return sum + weights[at + size * WIDTH];
  }

  /** Makes the largest of a row's values what all are compared with; they are there. */
  void referToLargest() {
    for (int n = 0; n < count(); n++) {
      refer(n, largestValue(n));
    }
  }

  float largestValue(int n) {
    float most = Float.NEGATIVE_INFINITY;
    for (int word = 0; word < values.columns(); word++) {
      most = Math.max(most, values.values()[values.at(word / WIDTH, n) + word % WIDTH]);
    }
    return most;
  }

  /** Sums up what blocks found; returns whether all sums can be used. */
  boolean sumUp() {
    boolean usable = true;
    for (int n = 0; n < count(); n++) {
      double sum = 0;
      float most = 0;
      for (Found some : found) {
        for (int i = n * WIDTH; i < (n + 1) * WIDTH; i++) {
          sum += some.powers()[i];
          most = Math.max(most, some.largest()[i]);
        }
      }
      sums[n] = sum;
      largest[n] = most;
      usable &= sum < TOO_LARGE;
    }
    return usable;
  }

  VocabularySoftmax.Result losses() {
    double loss = 0;
    int correct = 0;
    for (int n = 0; n < count(); n++) {
      float reference = references[n * WIDTH];
      loss += Math.log(sums[n]) + reference - chosen[n];
      correct += largest[n] <= 1 && chosen[n] >= reference ? 1 : 0;
    }
    return new VocabularySoftmax.Result(loss, correct);
  }
}
