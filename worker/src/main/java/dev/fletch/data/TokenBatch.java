package dev.fletch.data;

import java.util.Arrays;

/**
 * Texts of any lengths, one after the other without padding between them, with the class of each as
 * its target.
 */
public final class TokenBatch implements Batch {
  private final TokenShape input;
  private final int[] tokens;
  private final int[] lengths;
  private final int[] targets;
  private final int[] examples;

  /**
   * @param tokens {@code [sum of lengths]}, words of the first text, then of the second, each in
   *     {@code [1, vocabulary)}
   * @param lengths {@code [N]}, words of each text, at least 1 and at most as the input says
   * @param targets {@code [N]}, each in {@code [0, classes)}
   * @param examples {@code [N]}, the index of each example in its data set
   */
  public TokenBatch(TokenShape input, int[] tokens, int[] lengths, int[] targets, int[] examples) {
    if (targets.length != examples.length
        || targets.length != lengths.length
        || Arrays.stream(lengths).anyMatch(length -> length < 1 || length > input.length())
        || Arrays.stream(lengths).sum() != tokens.length) {
      throw new IllegalArgumentException(
          "Invalid batch: %d words, %d targets and %d examples for texts of %s words, each %s"
              .formatted(
                  tokens.length, targets.length, examples.length, Arrays.toString(lengths), input));
    }
    for (int token : tokens) {
      if (token <= TokenShape.PADDING || token >= input.vocabulary()) {
        throw new IllegalArgumentException(
            "Invalid batch: word %d, must be 1 to %d".formatted(token, input.vocabulary() - 1));
      }
    }
    this.input = input;
    this.tokens = tokens;
    this.lengths = lengths;
    this.targets = targets;
    this.examples = examples;
  }

  @Override
  public TokenShape input() {
    return input;
  }

  /** {@code [sum of lengths]}, words of the first text, then of the second. */
  public int[] tokens() {
    return tokens;
  }

  /** {@code [N]}, words of each text. */
  public int[] lengths() {
    return lengths;
  }

  @Override
  public int[] targets() {
    return targets;
  }

  @Override
  public int[] examples() {
    return examples;
  }
}
