package dev.fletch.engine;

import java.util.Arrays;

/**
 * Texts of any lengths, one after the other without padding: the columns of a slot {@code [C, P]},
 * P being the sum of the lengths. All slots of a plan that hold the same positions share one
 * object, so {@link #take} gives all of them the columns of the next minibatch. Their memory is
 * laid out for the most columns there can be, of which the first are used.
 */
public final class Sequences implements Extent {
  private final int texts;
  private final int longest;
  private int[] starts;
  private Sequences halved;

  /**
   * As many columns as there can be, until {@link #take} says otherwise.
   *
   * @param texts the most there can be
   * @param longest positions of the longest there can be
   */
  Sequences(int texts, int longest) {
    if (texts < 1 || longest < 1) {
      throw new IllegalArgumentException(
          "Invalid texts: up to %d of up to %d positions; both must be at least 1"
              .formatted(texts, longest));
    }
    this.texts = texts;
    this.longest = longest;
    int[] lengths = new int[texts];
    Arrays.fill(lengths, longest);
    set(lengths);
  }

  /**
   * Says how long the texts of the next minibatch are.
   *
   * @param lengths {@code [N]}, of at most as many texts as this was made for, none of them empty
   *     or longer than it may be
   */
  public void take(int[] lengths) {
    if (lengths.length < 1
        || lengths.length > texts
        || Arrays.stream(lengths).anyMatch(length -> length < 1 || length > longest)) {
      throw new IllegalArgumentException(
          "Cannot hold texts of %s positions: there is room for 1 to %d texts of 1 to %d positions"
              .formatted(Arrays.toString(lengths), texts, longest));
    }
    set(lengths);
  }

  private void set(int[] lengths) {
    int[] next = new int[lengths.length + 1];
    for (int n = 0; n < lengths.length; n++) {
      next[n + 1] = Math.addExact(next[n], lengths[n]);
    }
    starts = next;
    if (halved != null) {
      halved.set(halves(lengths));
    }
  }

  private static int[] halves(int[] lengths) {
    return Arrays.stream(lengths).map(length -> (length + 1) / 2).toArray();
  }

  private int[] lengths() {
    int[] lengths = new int[starts.length - 1];
    Arrays.setAll(lengths, n -> starts[n + 1] - starts[n]);
    return lengths;
  }

  @Override
  public int examples() {
    return starts.length - 1;
  }

  @Override
  public int columns() {
    return starts[starts.length - 1];
  }

  @Override
  public long capacity() {
    return (long) texts * longest;
  }

  @Override
  public Examples places() {
    return Examples.packed(starts);
  }

  /**
   * Where the columns of each text begin, and at last where those of the last text end: {@code [N +
   * 1]}.
   */
  int[] starts() {
    return starts;
  }

  @Override
  public int dimensions() {
    return 1;
  }

  /** The same object whenever it is asked for the same. */
  @Override
  public Sequences strided(int stride) {
    if (stride == 1) {
      return this;
    }
    if (halved == null) {
      halved = new Sequences(texts, (longest + 1) / 2);
      halved.set(halves(lengths()));
    }
    return halved;
  }

  @Override
  public SequenceWindow window(int kernel, int stride, int dilation) {
    return new SequenceWindow(this, kernel, stride, dilation);
  }
}
