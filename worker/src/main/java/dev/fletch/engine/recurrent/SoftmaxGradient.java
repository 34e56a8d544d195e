package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;
import dev.fletch.engine.recurrent.SoftmaxInput.Segment;
import java.util.Arrays;

/**
 * Gradients of a {@link VocabularySoftmax}: {@code dL/d(value) = scale (p - [is the target])}. What
 * p contributes are products of e^(value - largest) with a factor of each row, what the targets
 * contribute are rows of the matrix, and of what was read.
 */
final class SoftmaxGradient {
  private final int vocabulary;
  private final int size;
  private final Parallel parallel;

  /** Turned, as the softmax has its weights: {@code [C + 1, V]}. */
  private final Panels ofTurned;

  /** What a segment read, column by column, each row with its factor, and the factors. */
  private final Packs columns;

  private final ThreadLocal<float[]> ofColumns;
  private float[] weights;
  private float scale;

  SoftmaxGradient(int vocabulary, int size, Parallel parallel) {
    this.vocabulary = vocabulary;
    this.size = size;
    this.parallel = parallel;
    this.ofTurned = new Panels(size + 1, vocabulary);
    this.columns = new Packs(size + 1, VocabularySoftmax.rows(vocabulary));
    this.ofColumns = ThreadLocal.withInitial(() -> new float[Packs.padded(size + 1) * WIDTH]);
  }

  /** Begins anew. */
  void begin(float[] weights, float scale) {
    this.weights = weights;
    this.scale = scale;
    ofTurned.zero();
  }

  private float factor(double sum) {
    return (float) (scale / sum);
  }

  /**
   * Writes dL/d(what was read) of a segment.
   *
   * @param found by block of words, products of powers with the matrix; the first becomes their sum
   * @param sums by row, of powers
   */
  void ofRead(
      SoftmaxInput x, int[] targets, Segment segment, SoftmaxBlock.Found[] found, double[] sums) {
    int[] kept = segment.columns();
    float[] to = x.gradients();
    int ofGroup = SoftmaxBlock.dotsOfGroup(kept.length);
    float[] dots = found[0].dots();
    parallel.forEach(
        Packs.padded(segment.count()) / Packs.ROWS,
        group -> {
          int first = group * ofGroup;
          for (int block = 1; block < found.length; block++) {
            SoftmaxLoops.add(found[block].dots(), first, dots, first, ofGroup);
          }
          int end = Math.min(segment.count(), (group + 1) * Packs.ROWS);
          for (int n = group * Packs.ROWS; n < end; n++) {
            int position = segment.first() + n;
            int at = position * size;
            int target = targets[position] * size;
            float factor = factor(sums[n]);
            Arrays.fill(to, at, at + size, 0);
            for (int k = 0; k < kept.length; k++) {
              int pair = first + k / 2 * SoftmaxLoops.DOTS;
              float sum = SoftmaxLoops.dot(dots, pair, n % Packs.ROWS, k % 2);
              to[at + kept[k]] = factor * sum - scale * weights[target + kept[k]];
            }
          }
        });
  }

  /**
   * Adds dL/d(weights) of a segment: positions are terms.
   *
   * @param powers e^(value - reference), {@code [rows, V]}
   */
  void addToWeights(SoftmaxInput x, Segment segment, Panels powers, double[] sums) {
    packColumns(x, segment, sums);
    int panels = SoftmaxBlock.panels(ofTurned.panels());
    parallel.forEach(
        SoftmaxBlock.count(ofTurned.panels()),
        block -> {
          int end = Math.min(ofTurned.panels(), (block + 1) * panels);
          for (int p = block * panels; p < end; p++) {
            addToWeights(segment, powers, p);
          }
        });
  }

  private void packColumns(SoftmaxInput x, Segment segment, double[] sums) {
    int[] kept = segment.columns();
    float[] target = columns.values();
    Arrays.fill(target, 0);
    for (int n = 0; n < segment.count(); n++) {
      int from = (segment.first() + n) * size;
      float factor = factor(sums[n]);
      for (int k = 0; k < kept.length; k++) {
        target[columns.at(k / Packs.ROWS, k % Packs.ROWS, n)] = factor * x.values()[from + kept[k]];
      }
      target[columns.at(kept.length / Packs.ROWS, kept.length % Packs.ROWS, n)] = factor;
    }
  }

  private void addToWeights(Segment segment, Panels powers, int p) {
    int[] kept = segment.columns();
    float[] sums = ofColumns.get();
    int groups = Packs.padded(kept.length + 1) / Packs.ROWS;
    Arrays.fill(sums, 0, groups * Packs.ROWS * WIDTH, 0);
    columns.addProducts(0, groups, 0, segment.count(), powers.values(), powers.at(p, 0), sums, 0);
    for (int k = 0; k <= kept.length; k++) {
      int row = ofTurned.at(p, k < kept.length ? kept[k] : size);
      SoftmaxLoops.add(sums, k * WIDTH, ofTurned.values(), row, WIDTH);
    }
  }

  /** Writes the sums, matrix {@code [V, C]} and bias, to the first of a vector. */
  void write(SoftmaxInput x, int[] targets, float[] to) {
    float[] sums = ofTurned.values();
    parallel.forEach(
        ofTurned.panels(),
        p -> {
          for (int w = 0; w < ofTurned.width(p); w++) {
            int word = p * WIDTH + w;
            int at = ofTurned.at(p, 0) + w;
            for (int c = 0; c < size; c++) {
              to[word * size + c] = sums[at + c * WIDTH];
            }
            to[vocabulary * size + word] = sums[at + size * WIDTH];
          }
        });
    int panels = Panels.count(size);
    // by columns, so that words that come twice are summed in one order
    parallel.forEach(
        panels,
        p -> {
          int width = Math.min(WIDTH, size - p * WIDTH);
          for (int n = 0; n < x.positions(); n++) {
            int at = targets[n] * size + p * WIDTH;
            int from = n * size + p * WIDTH;
            for (int c = 0; c < width; c++) {
              to[at + c] -= scale * x.values()[from + c];
            }
          }
        });
    for (int n = 0; n < x.positions(); n++) {
      to[vocabulary * size + targets[n]] -= scale;
    }
  }
}
