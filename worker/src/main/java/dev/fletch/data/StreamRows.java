package dev.fletch.data;

/**
 * A stream of words, cut into rows that are read side by side: the first row is its beginning, each
 * goes on where the one before it ends, and what is left over is not used.
 */
final class StreamRows {
  /** Words of the shortest row: a word, and one behind it to be learned. */
  static final int SHORTEST = 2;

  private final int[] words;
  private final int length;

  /**
   * @param words of the stream; not copied
   * @param rows may be more than the stream has words for: then they have none
   */
  StreamRows(int[] words, int rows) {
    this.words = words;
    this.length = words.length / rows;
  }

  /** Of every row: its words but the first. */
  int targets() {
    return Math.max(0, length - 1);
  }

  /**
   * A window of some of the rows.
   *
   * @param first of the rows
   * @param count how many rows
   * @param from the first word of every row
   * @param times how many words of every row, each with the one behind it as its target
   */
  StreamBatch batch(StreamShape input, int first, int count, int from, int times) {
    int[] tokens = new int[times * count];
    int[] targets = new int[tokens.length];
    int[] places = new int[tokens.length];
    for (int row = 0; row < count; row++) {
      int place = (first + row) * length + from;
      for (int time = 0; time < times; time++) {
        int at = time * count + row;
        tokens[at] = words[place + time];
        targets[at] = words[place + time + 1];
        places[at] = place + time;
      }
    }
    return new StreamBatch(input, count, tokens, targets, places, new float[0]);
  }
}
