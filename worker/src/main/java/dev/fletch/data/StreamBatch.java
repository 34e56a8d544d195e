package dev.fletch.data;

/**
 * A window of several rows of a stream of words: at each time one word of every row, with the word
 * that follows in the row as its target. A network goes on in a row where it stood when the window
 * before it ended: in what state, the batch says.
 */
public final class StreamBatch implements Batch {
  private final StreamShape input;
  private final int rows;
  private final int[] tokens;
  private final int[] targets;
  private final int[] examples;
  private final float[] state;

  /**
   * @param rows B, rows of the stream that are read side by side
   * @param tokens {@code [T, B]}, time by time, each in {@code [0, vocabulary)}
   * @param targets {@code [T, B]}, the word behind each
   * @param examples {@code [T, B]}, the place of each word in its data set
   * @param state {@code [B, C]}, what a network remembers of the rows; length 0 for nothing
   */
  public StreamBatch(
      StreamShape input, int rows, int[] tokens, int[] targets, int[] examples, float[] state) {
    if (rows < 1
        || tokens.length % rows != 0
        || targets.length != tokens.length
        || examples.length != tokens.length
        || state.length % rows != 0) {
      throw new IllegalArgumentException(
          "Invalid batch: %d words, %d targets, %d examples and %d values of state for %d rows of %s"
              .formatted(
                  tokens.length, targets.length, examples.length, state.length, rows, input));
    }
    checkWords(tokens, input);
    checkWords(targets, input);
    this.input = input;
    this.rows = rows;
    this.tokens = tokens;
    this.targets = targets;
    this.examples = examples;
    this.state = state;
  }

  private static void checkWords(int[] words, StreamShape input) {
    for (int word : words) {
      if (word < 0 || word >= input.vocabulary()) {
        throw new IllegalArgumentException(
            "Invalid batch: word %d, must be 0 to %d".formatted(word, input.vocabulary() - 1));
      }
    }
  }

  /** The same words, read by a network that remembers {@code other}. */
  public StreamBatch withState(float[] other) {
    return new StreamBatch(input, rows, tokens, targets, examples, other);
  }

  @Override
  public StreamShape input() {
    return input;
  }

  /** B, rows that are read side by side. */
  public int rows() {
    return rows;
  }

  /** T, words of each row. */
  public int times() {
    return tokens.length / rows;
  }

  /** {@code [T, B]}, time by time. */
  public int[] tokens() {
    return tokens;
  }

  @Override
  public int[] targets() {
    return targets;
  }

  @Override
  public int[] examples() {
    return examples;
  }

  /** {@code [B, C]}, what a network remembers of the rows; length 0 for nothing. */
  public float[] state() {
    return state;
  }
}
