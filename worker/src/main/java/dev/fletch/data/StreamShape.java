package dev.fletch.data;

/**
 * A stream of words, as a language model reads it: one example is one word, and what is to be
 * learned of it is the word behind it.
 *
 * @param vocabulary number of different words
 * @param window words of a row that a training step reads at most
 */
public record StreamShape(int vocabulary, int window) implements Input {
  public StreamShape {
    if (vocabulary < 2 || window < 1) {
      throw new IllegalArgumentException(
          "Invalid shape of a stream: "
              + window
              + " words of "
              + vocabulary
              + " at a time: there must be at least 1 word in a window and 2 in the vocabulary");
    }
  }

  @Override
  public int dimensions() {
    return 1;
  }

  /** As written in messages: {@code a stream of 10000 words}. */
  @Override
  public String toString() {
    return "a stream of " + vocabulary + " words";
  }
}
