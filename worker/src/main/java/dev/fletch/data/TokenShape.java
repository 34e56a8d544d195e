package dev.fletch.data;

import dev.fletch.data.text.Vocabulary;

/**
 * A text as a sequence of words, each the number of a word in a vocabulary. Number 0 is the word
 * for padding, which no text has.
 *
 * @param length words of the longest text; every text has one or more
 * @param vocabulary number of words, that for padding included
 * @param meanLength words of a text on average, rounded
 */
public record TokenShape(int length, int vocabulary, int meanLength) implements Input {
  /** The number that stands where a text has ended. */
  public static final int PADDING = Vocabulary.PADDING;

  public TokenShape {
    if (length < 1 || vocabulary < 2 || meanLength < 1 || meanLength > length) {
      throw new IllegalArgumentException(
          "Invalid shape of texts: 1 to "
              + length
              + " words of "
              + vocabulary
              + ", on average "
              + meanLength
              + ": there must be at least 1 word in a text and 2 in the vocabulary, and no more on"
              + " average than in the longest");
    }
  }

  /** Of texts that all are as long. */
  public TokenShape(int length, int vocabulary) {
    this(length, vocabulary, length);
  }

  @Override
  public int dimensions() {
    return TextFormat.DIMENSIONS;
  }

  @Override
  public TokenShape average() {
    return new TokenShape(meanLength, vocabulary);
  }

  /** As written in messages: {@code 1 to 64 words of 10000}. */
  @Override
  public String toString() {
    return "1 to " + length + " words of " + vocabulary;
  }
}
