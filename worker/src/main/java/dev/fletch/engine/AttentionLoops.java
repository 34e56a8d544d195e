package dev.fletch.engine;

import static dev.fletch.engine.VectorLoops.LANES;
import static dev.fletch.engine.VectorLoops.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Kernels#attend} for one head of one example, query by query: its queries, keys and values
 * lie in the first level cache, and no matrix of weights is ever stored. The backward pass computes
 * the weights once more.
 */
final class AttentionLoops {
  private final Matrix x;
  private final int first;
  private final int step;
  private final int length;
  private final int padded;
  private final int channels;
  private final int firstRow;
  private final int width;
  private final float scale;

  /**
   * @param x {@code [3 C, P]}
   * @param example its number
   */
  AttentionLoops(Matrix x, Examples examples, int example, int head, int heads) {
    this.x = x;
    this.first = examples.column(example, 0);
    this.step = examples.step();
    this.length = examples.length(example);
    this.padded = (length + LANES - 1) / LANES * LANES;
    this.channels = x.rowCount() / 3;
    this.width = channels / heads;
    this.firstRow = head * width;
    this.scale = (float) (1 / Math.sqrt(width));
  }

  private float[] load(Workspace ws, int index, Matrix from, int row) {
    float[] rows = ws.filled(index, width * padded, 0);
    for (int c = 0; c < width; c++) {
      int at = (row + c) * from.columnCount() + first;
      if (step == 1) {
        from.host().get(at, rows, c * padded, length);
        continue;
      }
      for (int i = 0; i < length; i++) {
        rows[c * padded + i] = from.host().get(at + i * step);
      }
    }
    return rows;
  }

  private void store(float[] rows, Matrix to, int row) {
    for (int c = 0; c < width; c++) {
      int at = (row + c) * to.columnCount() + first;
      if (step == 1) {
        to.host().put(at, rows, c * padded, length);
        continue;
      }
      for (int i = 0; i < length; i++) {
        to.host().put(at + i * step, rows[c * padded + i]);
      }
    }
  }

  void forward(Matrix out) {
    Workspace ws = Workspace.current();
    float[] queries = load(ws, 0, x, firstRow);
    float[] keys = load(ws, 1, x, channels + firstRow);
    float[] values = load(ws, 2, x, 2 * channels + firstRow);
    float[] weights = ws.array(3, padded);
    float[] result = ws.array(4, width * padded);
    for (int i = 0; i < length; i++) {
      float share = 1 / weigh(queries, i, keys, weights);
      for (int c = 0; c < width; c++) {
        result[c * padded + i] = share * dot(weights, values, c * padded);
      }
    }
    store(result, out, firstRow);
  }

  /** The weights of one query, 0 behind the example; they have yet to be divided by their sum. */
  private float weigh(float[] queries, int i, float[] keys, float[] weights) {
    FloatVector highest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < padded; j += LANES) {
      FloatVector a = FloatVector.zero(SPECIES);
      for (int c = 0; c < width; c++) {
        float q = scale * queries[c * padded + i];
        a =
            FloatVector.fromArray(SPECIES, keys, c * padded + j)
                .fma(FloatVector.broadcast(SPECIES, q), a);
      }
      a.intoArray(weights, j);
    }
    Arrays.fill(weights, length, padded, Float.NEGATIVE_INFINITY);
    for (int j = 0; j < padded; j += LANES) {
      highest = highest.max(FloatVector.fromArray(SPECIES, weights, j));
    }
    float max = highest.reduceLanes(VectorOperators.MAX);
    for (int j = 0; j < padded; j += LANES) {
      ElementLoops.exp(FloatVector.fromArray(SPECIES, weights, j).sub(max)).intoArray(weights, j);
    }
    Arrays.fill(weights, length, padded, 0);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int j = 0; j < padded; j += LANES) {
      sum = sum.add(FloatVector.fromArray(SPECIES, weights, j));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private float dot(float[] weights, float[] rows, int from) {
    FloatVector a = FloatVector.zero(SPECIES);
    for (int j = 0; j < padded; j += LANES) {
      a =
          FloatVector.fromArray(SPECIES, weights, j)
              .fma(FloatVector.fromArray(SPECIES, rows, from + j), a);
    }
    return a.reduceLanes(VectorOperators.ADD);
  }

  /** Sets the gradient of this head's queries, keys and values. */
  void backward(Matrix dout, Matrix dx) {
    Workspace ws = Workspace.current();
    float[] queries = load(ws, 0, x, firstRow);
    float[] keys = load(ws, 1, x, channels + firstRow);
    float[] values = load(ws, 2, x, 2 * channels + firstRow);
    float[] weights = ws.array(3, padded);
    float[] slopes = ws.array(4, padded);
    float[] gradient = load(ws, 5, dout, firstRow);
    float[] dqueries = ws.filled(6, width * padded, 0);
    float[] dkeys = ws.filled(7, width * padded, 0);
    float[] dvalues = ws.filled(8, width * padded, 0);
    for (int i = 0; i < length; i++) {
      float share = 1 / weigh(queries, i, keys, weights);
      for (int j = 0; j < padded; j += LANES) {
        FloatVector w = FloatVector.fromArray(SPECIES, weights, j).mul(share);
        w.intoArray(weights, j);
        FloatVector slope = FloatVector.zero(SPECIES);
        for (int c = 0; c < width; c++) {
          FloatVector g = FloatVector.broadcast(SPECIES, gradient[c * padded + i]);
          slope = FloatVector.fromArray(SPECIES, values, c * padded + j).fma(g, slope);
          add(w, g, dvalues, c * padded + j);
        }
        slope.intoArray(slopes, j);
      }
      float mean = dot(weights, slopes, 0);
      for (int j = 0; j < padded; j += LANES) {
        FloatVector w = FloatVector.fromArray(SPECIES, weights, j).mul(scale);
        FloatVector slope = FloatVector.fromArray(SPECIES, slopes, j).sub(mean).mul(w);
        slope.intoArray(slopes, j);
        for (int c = 0; c < width; c++) {
          FloatVector q = FloatVector.broadcast(SPECIES, queries[c * padded + i]);
          add(slope, q, dkeys, c * padded + j);
        }
      }
      for (int c = 0; c < width; c++) {
        dqueries[c * padded + i] = dot(slopes, keys, c * padded);
      }
    }
    store(dqueries, dx, firstRow);
    store(dkeys, dx, channels + firstRow);
    store(dvalues, dx, 2 * channels + firstRow);
  }

  private static void add(FloatVector x, FloatVector y, float[] to, int at) {
    x.fma(y, FloatVector.fromArray(SPECIES, to, at)).intoArray(to, at);
  }
}
