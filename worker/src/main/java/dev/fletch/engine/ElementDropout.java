package dev.fletch.engine;

import java.util.Arrays;

/**
 * Dropout of single elements of an activation {@code [C, P]}, or of whole channels of an example:
 * an element is 0 with probability p, otherwise multiplied by 1 / (1 - p). Which ones is a function
 * of the example's key and the element's place in the example, so neither threads nor the rest of
 * the minibatch matter.
 */
public final class ElementDropout {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** Bits of a random number that are compared with the probability. */
  private static final int BITS = 31;

  private final long[] keys;
  private final Examples examples;
  private final int threshold;
  private final double kept;
  private final boolean wholeChannels;

  /**
   * Of single elements.
   *
   * @param keys one per example {@code [N]}
   * @param probability p, below 1
   */
  public ElementDropout(long[] keys, Examples examples, double probability) {
    this(keys, examples, probability, false);
  }

  /** Of all elements that an example has in a channel together; parameters as for elements. */
  public static ElementDropout ofChannels(long[] keys, Examples examples, double probability) {
    return new ElementDropout(keys, examples, probability, true);
  }

  private ElementDropout(
      long[] keys, Examples examples, double probability, boolean wholeChannels) {
    this.wholeChannels = wholeChannels;
    this.keys = keys.clone();
    this.examples = examples;
    this.threshold = (int) Math.min(Integer.MAX_VALUE, Math.round(probability * (1L << BITS)));
    this.kept = 1 / (1 - probability);
  }

  /**
   * A key for a part of what {@code key} stands for: an epoch of a seed, an example of a step
   * (SplitMix64: Steele, Lea and Flood, 2014).
   */
  public static long key(long key, long part) {
    return mix(key + GOLDEN_GAMMA * (part + 1));
  }

  /** One per example, not to be changed. */
  long[] keys() {
    return keys;
  }

  Examples examples() {
    return examples;
  }

  /** Of 31 random bits: an element is dropped if they are below. */
  int threshold() {
    return threshold;
  }

  /** The factor of what is not dropped. */
  double kept() {
    return kept;
  }

  boolean dropsWholeChannels() {
    return wholeChannels;
  }

  /** Multiplies a row. */
  void apply(float[] values, int row) {
    float factor = (float) kept;
    forEach(row, (column, isKept) -> values[column] *= isKept ? factor : 0);
  }

  /** The factor of a row's element. */
  double factor(int row, int column) {
    int n = examples.example(column);
    int element = element(row, examples.length(n), examples.index(column));
    return isKept(keys[n], element) ? kept : 0;
  }

  /**
   * Puts {@code replacement} in the place of what is dropped from a row of numbers.
   *
   * @param row {@code [P]}, changed
   */
  public void replace(int[] row, int replacement) {
    forEach(0, (column, isKept) -> row[column] = isKept ? row[column] : replacement);
  }

  private interface Element {
    void visit(int column, boolean isKept);
  }

  private void forEach(int row, Element element) {
    for (int n = 0; n < keys.length; n++) {
      int length = examples.length(n);
      for (int i = 0; i < length; i++) {
        element.visit(examples.column(n, i), isKept(keys[n], element(row, length, i)));
      }
    }
  }

  private int element(int row, int pixels, int pixel) {
    return wholeChannels ? row : row * pixels + pixel;
  }

  private boolean isKept(long key, int element) {
    return key(key, element) >>> (Long.SIZE - BITS) >= threshold;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ElementDropout that
        && threshold == that.threshold
        && wholeChannels == that.wholeChannels
        && Arrays.equals(keys, that.keys)
        && examples.equals(that.examples);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(keys) + threshold;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
