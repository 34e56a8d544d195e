package dev.fletch.toy;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.Pace;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.data.StreamBatch;
import dev.fletch.data.StreamShape;
import java.util.Arrays;

/**
 * Streams of words whose windows are of four words and of two, in turn; which is first changes from
 * epoch to epoch, and from attempt to attempt.
 *
 * @param words of every portion
 */
public record ToyStream(int words) implements ExampleSource {
  private static final int VOCABULARY = 7;
  private static final int WINDOW = 4;

  @Override
  public StreamShape input() {
    return new StreamShape(VOCABULARY, WINDOW);
  }

  @Override
  public int classes() {
    return VOCABULARY;
  }

  @Override
  public int size(Portion portion) {
    return words;
  }

  /** Two windows are six words of every row. */
  @Override
  public Pace pace(Portion portion, int rows) {
    return new Alternating(Math.max(1, words / rows / 6) * 2);
  }

  /** Whole windows and halves in turn. */
  private record Alternating(int perEpoch) implements Pace {
    private static final long serialVersionUID = 1L;

    @Override
    public int steps(int epoch) {
      return perEpoch;
    }

    @Override
    public double rateFactor(StepId at) {
      return length(at) / (double) WINDOW;
    }
  }

  private static int length(StepId at) {
    return (at.draw() + at.step()) % 2 == 0 ? WINDOW : WINDOW / 2;
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    return length(at) / (double) WINDOW;
  }

  @Override
  public StreamBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    int length = length(at);
    int begin = at.step() / 2 * 6 + (at.step() % 2 == 0 ? 0 : 6 - length);
    int[] places = new int[length * batch];
    for (int t = 0; t < length; t++) {
      for (int row = 0; row < batch; row++) {
        places[t * batch + row] =
            (replica * batch + row) * (words / (replicas * batch)) + begin + t;
      }
    }
    return batch(portion, batch, places);
  }

  /** One row. */
  @Override
  public StreamBatch evaluation(Portion portion, int from, int to) {
    int[] places = new int[to - from];
    Arrays.setAll(places, t -> from + t);
    return batch(portion, 1, places);
  }

  private StreamBatch batch(Portion portion, int rows, int[] places) {
    return new StreamBatch(
        input(),
        rows,
        Arrays.stream(places).map(place -> word(portion, place)).toArray(),
        Arrays.stream(places).map(place -> word(portion, place + 1)).toArray(),
        places,
        new float[0]);
  }

  private static int word(Portion portion, int place) {
    return Math.floorMod(place * 5 + place / 3 + portion.ordinal(), VOCABULARY);
  }
}
