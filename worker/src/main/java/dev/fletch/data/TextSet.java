package dev.fletch.data;

import dev.fletch.data.text.Vocabulary;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Texts of one part of a data set as numbers of words, with their labels. */
final class TextSet implements LabelledSet {
  private final int classes;
  private final int[] tokens;

  /** {@code [N + 1]}: where each text begins in {@code tokens}, and where the last one ends. */
  private final int[] starts;

  private final int[] labels;

  /**
   * @param tokens {@code [sum of lengths]}, words of the first text, then of the second
   * @param lengths {@code [N]}, words of each text
   * @param labels {@code [N]}, each 0 to {@code classes - 1}
   */
  TextSet(int classes, int[] tokens, int[] lengths, int[] labels) {
    this.classes = classes;
    this.tokens = tokens;
    this.starts = new int[lengths.length + 1];
    System.arraycopy(lengths, 0, starts, 1, lengths.length);
    Arrays.parallelPrefix(starts, Integer::sum);
    this.labels = labels;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int example) {
    return labels[example];
  }

  /** Words of a text. */
  int length(int example) {
    return starts[example + 1] - starts[example];
  }

  /** Words of the longest text. */
  int longest() {
    int longest = 0;
    for (int example = 0; example < size(); example++) {
      longest = Math.max(longest, length(example));
    }
    return longest;
  }

  double meanLength() {
    return (double) tokens.length / size();
  }

  /** Part of all words that are not known. */
  double unknown() {
    return (double) Arrays.stream(tokens).filter(word -> word == Vocabulary.UNKNOWN).count()
        / tokens.length;
  }

  /** The texts {@code examples}, one after the other. */
  TokenBatch batch(TokenShape input, int[] examples) {
    int[] lengths = Arrays.stream(examples).map(this::length).toArray();
    int[] words = new int[Arrays.stream(lengths).sum()];
    int to = 0;
    for (int i = 0; i < examples.length; i++) {
      System.arraycopy(tokens, starts[examples[i]], words, to, lengths[i]);
      to += lengths[i];
    }
    int[] targets = Arrays.stream(examples).map(this::label).toArray();
    return new TokenBatch(input, words, lengths, targets, examples);
  }

  /** Adds number, lengths, words and labels of the texts to {@code digest}. */
  void digest(MessageDigest digest) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(size()).array());
    for (int[] values : new int[][] {starts, tokens, labels}) {
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
      bytes.asIntBuffer().put(values);
      digest.update(bytes.array());
    }
  }
}
