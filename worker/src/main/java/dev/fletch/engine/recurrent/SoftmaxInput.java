package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the softmax reads: the cell's outputs, masked, a row for each position {@code b T + t}.
 *
 * <p>A mask is the same at all times, so what it drops of a row of the minibatch it drops at all
 * its positions: these need no products with those columns.
 */
final class SoftmaxInput {
  /** Rows of a segment. */
  static final int MOST_ROWS = 8 * Packs.ROWS;

  private final int batch;
  private final int size;
  private final int mostRows;
  private final Parallel parallel;
  private final float[] values;
  private final float[] gradients;
  private final int[] all;

  private int times;
  private Panels mask;
  private List<Segment> segments = List.of();

  /**
   * Positions that lie side by side and read the same columns; in the others they are 0.
   *
   * @param first of {@code count} positions
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
  record Segment(int first, int count, int[] columns) {}

  /**
   * @param mostRows of a segment
   */
  SoftmaxInput(int batch, int times, int size, int mostRows, Parallel parallel) {
    this.batch = batch;
    this.size = size;
    this.mostRows = mostRows;
    this.parallel = parallel;
    this.values = new float[Math.multiplyExact(batch * times, size)];
    this.gradients = new float[values.length];
    this.all = IntStream.range(0, size).toArray();
  }

  /** {@code [positions, C]}. */
  float[] values() {
    return values;
  }

  /** dL/d(values), {@code [positions, C]}. */
  float[] gradients() {
    return gradients;
  }

  List<Segment> segments() {
    return segments;
  }

  int positions() {
    return batch * times;
  }

  /** Where the row of a position begins. */
  private int at(int t, int b) {
    return (b * times + t) * size;
  }

  /** From {@code [T, B]} to the order of positions. */
  int[] ofPositions(int[] timeByTime) {
    int[] words = new int[timeByTime.length];
    for (int t = 0; t < times; t++) {
      for (int b = 0; b < batch; b++) {
        words[b * times + t] = timeByTime[t * batch + b];
      }
    }
    return words;
  }

  /** {@code [T, B, C]}, what {@link #values} has. */
  float[] timeByTime() {
    float[] read = new float[positions() * size];
    for (int t = 0; t < times; t++) {
      for (int b = 0; b < batch; b++) {
        System.arraycopy(values, at(t, b), read, (t * batch + b) * size, size);
      }
    }
    return read;
  }

  /**
   * Takes the outputs of the first {@code times} times over.
   *
   * @param mask {@code [B, C]}, or null for ones
   */
  void read(Panels[] outputs, int times, Panels mask) {
    this.times = times;
    this.mask = mask;
    this.segments = mask == null ? wholeSegments() : maskedSegments();
    parallel.forEach(times, t -> read(outputs[t], t));
  }

  private void read(Panels outputs, int t) {
    float[] from = outputs.values();
    for (int p = 0; p < outputs.panels(); p++) {
      int width = outputs.width(p);
      for (int b = 0; b < batch; b++) {
        int at = outputs.at(p, b);
        int to = at(t, b) + p * WIDTH;
        if (mask == null) {
          System.arraycopy(from, at, values, to, width);
        } else {
          float[] factors = mask.values();
          int factor = mask.at(p, b);
          for (int c = 0; c < width; c++) {
            values[to + c] = factors[factor + c] * from[at + c];
          }
        }
      }
    }
  }

  private List<Segment> wholeSegments() {
    List<Segment> cut = new ArrayList<>();
    addSegments(cut, 0, positions(), all);
    return cut;
  }

  private List<Segment> maskedSegments() {
    List<Segment> cut = new ArrayList<>();
    for (int row = 0; row < batch; row++) {
      int b = row;
      int[] kept =
          Arrays.stream(all)
              .filter(c -> mask.values()[mask.at(c / WIDTH, b) + c % WIDTH] != 0)
              .toArray();
      addSegments(cut, b * times, times, kept);
    }
    return cut;
  }

  private void addSegments(List<Segment> to, int first, int count, int[] columns) {
    for (int n = 0; n < count; n += mostRows) {
      to.add(new Segment(first + n, Math.min(mostRows, count - n), columns));
    }
  }

  /** Means of squares: of what was read, and of differences between neighbouring outputs. */
  record Squares(double activation, double slowness) {}

  /**
   * Hands gradients on to the cell's outputs, with those of the means of squares.
   *
   * @param activation weight of the mean square of what was read
   * @param slowness weight of that of differences
   * @param ofOutputs by time, receives dL/d(outputs)
   */
  Squares backward(Panels[] outputs, double activation, double slowness, Panels[] ofOutputs) {
    double count = (double) positions() * size;
    double changes = (times - 1.0) * batch * size;
    float ofValue = (float) (2 * activation / count);
    float ofChange = times < 2 ? 0 : (float) (2 * slowness / changes);
    double[] squares = new double[times];
    double[] differences = new double[times];
    parallel.forEach(
        times,
        t -> {
          Panels before = outputs[Math.max(0, t - 1)];
          Panels after = outputs[Math.min(times - 1, t + 1)];
          for (int p = 0; p < outputs[t].panels(); p++) {
            for (int b = 0; b < batch; b++) {
              int row = at(t, b) + p * WIDTH;
              int at = outputs[t].at(p, b);
              for (int c = 0; c < outputs[t].width(p); c++) {
                float read = values[row + c];
                float out = outputs[t].values()[at + c];
                float change = out - before.values()[at + c];
                float factor = mask == null ? 1 : mask.values()[mask.at(p, b) + c];
                squares[t] += (double) read * read;
                differences[t] += (double) change * change;
                ofOutputs[t].values()[at + c] =
                    factor * (gradients[row + c] + ofValue * read)
                        + ofChange * (change - (after.values()[at + c] - out));
              }
            }
          }
        });
    return new Squares(
        Arrays.stream(squares).sum() / count,
        times < 2 ? 0 : Arrays.stream(differences).sum() / changes);
  }
}
