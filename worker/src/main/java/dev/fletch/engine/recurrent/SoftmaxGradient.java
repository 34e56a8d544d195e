package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of a {@link VocabularySoftmax}: {@code dL/d(value) = scale (p - [is the target])}. What
 * p contributes are products of e^(value - reference) with a factor of each row, what the targets
 * contribute are rows of the matrix, and of what was read.
 */
final class SoftmaxGradient {
  private final int vocabulary;
  private final int size;
  private final Parallel parallel;

  /** Turned, as the softmax has its weights: {@code [C + 1, V]}. */
  private final Panels ofTurned;

  /** By segment: what was read, column by column, each row with its factor, and the factors. */
  private final List<Packs> columns = new ArrayList<>();

  private final ThreadLocal<float[]> ofColumns;
  private float[] weights;
  private float scale;

  SoftmaxGradient(int vocabulary, int size, Parallel parallel) {
    this.vocabulary = vocabulary;
    this.size = size;
    this.parallel = parallel;
    this.ofTurned = new Panels(size + 1, vocabulary);
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

  /** Writes dL/d(what was read) of some segments. */
  void ofRead(SoftmaxInput x, int[] targets, List<SoftmaxRows> segments) {
    for (SoftmaxRows rows : segments) {
      parallel.forEach(rows.groups(), group -> ofRead(x, targets, rows, group));
    }
  }

  private void ofRead(SoftmaxInput x, int[] targets, SoftmaxRows rows, int group) {
    int[] kept = rows.kept();
    int ofGroup = SoftmaxRows.dotsOfGroup(kept.length);
    int first = group * ofGroup;
    float[] dots = rows.found[0].dots();
    for (int block = 1; block < rows.found.length; block++) {
      SoftmaxLoops.add(rows.found[block].dots(), first, dots, first, ofGroup);
    }
    float[] to = x.gradients();
    int end = Math.min(rows.count(), (group + 1) * Packs.ROWS);
    for (int n = group * Packs.ROWS; n < end; n++) {
      int position = rows.segment().first() + n;
      int at = position * size;
      int target = targets[position] * size;
      float factor = factor(rows.sums[n]);
      Arrays.fill(to, at, at + size, 0);
      for (int k = 0; k < kept.length; k++) {
        int pair = first + k / 2 * SoftmaxLoops.DOTS;
        float sum = SoftmaxLoops.dot(dots, pair, n % Packs.ROWS, k % 2);
        to[at + kept[k]] = factor * sum - scale * weights[target + kept[k]];
      }
    }
  }

  /** Adds dL/d(weights) of some segments: positions are terms. */
  void addToWeights(SoftmaxInput x, List<SoftmaxRows> segments) {
    while (columns.size() < segments.size()) {
      columns.add(new Packs(size + 1, VocabularySoftmax.rows(vocabulary)));
    }
    parallel.forEach(segments.size(), s -> packColumns(x, segments.get(s), columns.get(s)));
    int panels = SoftmaxBlock.panels(ofTurned.panels());
    parallel.forEach(
        SoftmaxBlock.count(ofTurned.panels()),
        block -> {
          int end = Math.min(ofTurned.panels(), (block + 1) * panels);
          for (int p = block * panels; p < end; p++) {
            for (int s = 0; s < segments.size(); s++) {
              addToWeights(segments.get(s), columns.get(s), p);
            }
          }
        });
  }

  private void packColumns(SoftmaxInput x, SoftmaxRows rows, Packs to) {
    int[] kept = rows.kept();
    float[] target = to.values();
    Arrays.fill(target, 0);
    for (int n = 0; n < rows.count(); n++) {
      int from = (rows.segment().first() + n) * size;
      float factor = factor(rows.sums[n]);
      for (int k = 0; k < kept.length; k++) {
        target[to.at(k / Packs.ROWS, k % Packs.ROWS, n)] = factor * x.values()[from + kept[k]];
      }
      target[to.at(kept.length / Packs.ROWS, kept.length % Packs.ROWS, n)] = factor;
    }
  }

  private void addToWeights(SoftmaxRows rows, Packs read, int p) {
    int[] kept = rows.kept();
    float[] sums = ofColumns.get();
    int groups = Packs.padded(kept.length + 1) / Packs.ROWS;
    Arrays.fill(sums, 0, groups * Packs.ROWS * WIDTH, 0);
    Panels powers = rows.values;
    read.addProducts(0, groups, 0, rows.count(), powers.values(), powers.at(p, 0), sums, 0);
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
