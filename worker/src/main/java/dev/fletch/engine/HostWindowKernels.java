package dev.fletch.engine;

import java.util.Arrays;

/**
 * The part of {@link ComposedKernels} that slides windows over texts, as the definitions read:
 * value by value in double precision on the host.
 */
abstract class HostWindowKernels extends ArrayKernels {
  @Override
  void depthwise(
      Matrix x, SequenceWindow w, double[] weights, int offset, Matrix out, double[] means) {
    double[] in = values(x);
    double[] result = new double[out.rowCount() * out.columnCount()];
    for (int c = 0; c < x.rowCount(); c++) {
      int from = c * x.columnCount();
      int to = c * out.columnCount();
      int first = offset + c * w.taps();
      w.slide((o, i, tap) -> result[to + o] += weights[first + tap] * Math.max(0, in[from + i]));
    }
    store(result, out, means);
  }

  @Override
  void depthwiseBackward(
      Matrix x,
      SequenceWindow w,
      double[] weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      double[] dweights) {
    double[] in = values(x);
    double[] gradient = values(dout);
    double[] target = adds && dx != null ? values(dx) : new double[in.length];
    for (int c = 0; c < x.rowCount(); c++) {
      int from = c * x.columnCount();
      int to = c * dout.columnCount();
      int first = offset + c * w.taps();
      w.slide(
          (o, i, tap) -> {
            boolean positive = in[from + i] > 0;
            target[from + i] += positive ? weights[first + tap] * gradient[to + o] : 0;
            if (dweights != null && positive) {
              dweights[first + tap] += gradient[to + o] * in[from + i];
            }
          });
    }
    if (dx != null) {
      dx.write(target);
    }
  }

  /** The window with a single tap, {@code shift} to the right of where it would be. */
  private static void pick(SequenceWindow w, int shift, SequenceWindow.Visitor visitor) {
    int[] from = w.in().starts();
    int[] to = w.out().starts();
    for (int n = 0; n + 1 < from.length; n++) {
      for (int o = 0; o < to[n + 1] - to[n]; o++) {
        int i = o * w.stride() + shift;
        if (i < from[n + 1] - from[n]) {
          visitor.visit(to[n] + o, from[n] + i, 0);
        }
      }
    }
  }

  @Override
  void gather(Matrix x, SequenceWindow w, int shift, boolean relu, Matrix out, double[] means) {
    double[] in = values(x);
    double[] result = new double[out.rowCount() * out.columnCount()];
    for (int c = 0; c < x.rowCount(); c++) {
      int from = c * x.columnCount();
      int to = c * out.columnCount();
      pick(
          w,
          shift,
          (o, i, tap) -> result[to + o] = relu ? Math.max(0, in[from + i]) : in[from + i]);
    }
    store(result, out, means);
  }

  @Override
  void gatherBackward(
      Matrix x, SequenceWindow w, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    double[] in = values(x);
    double[] gradient = values(dout);
    double[] target = adds ? values(dx) : new double[in.length];
    for (int c = 0; c < x.rowCount(); c++) {
      int from = c * x.columnCount();
      int to = c * dout.columnCount();
      pick(
          w,
          shift,
          (o, i, tap) -> target[from + i] += relu && in[from + i] <= 0 ? 0 : gradient[to + o]);
    }
    dx.write(target);
  }

  /** For every output of a row that starts at {@code from}, where its first maximum is. */
  private static int[] firstMaxima(double[] in, int from, SequenceWindow w) {
    int[] which = new int[w.out().columns()];
    Arrays.fill(which, -1);
    w.slide(
        (o, i, tap) ->
            which[o] = which[o] < 0 || in[from + i] > in[from + which[o]] ? i : which[o]);
    return which;
  }

  @Override
  void maxPool(Matrix x, SequenceWindow w, Matrix out) {
    double[] in = values(x);
    double[] result = new double[out.rowCount() * out.columnCount()];
    for (int c = 0; c < x.rowCount(); c++) {
      int[] which = firstMaxima(in, c * x.columnCount(), w);
      for (int o = 0; o < which.length; o++) {
        result[c * which.length + o] = in[c * x.columnCount() + which[o]];
      }
    }
    out.write(result);
  }

  @Override
  void maxPoolBackward(Matrix x, SequenceWindow w, Matrix dout, Matrix dx) {
    double[] in = values(x);
    double[] gradient = values(dout);
    double[] target = values(dx);
    for (int c = 0; c < x.rowCount(); c++) {
      int[] which = firstMaxima(in, c * x.columnCount(), w);
      for (int o = 0; o < which.length; o++) {
        target[c * x.columnCount() + which[o]] += gradient[c * which.length + o];
      }
    }
    dx.write(target);
  }

  @Override
  void averagePool(Matrix x, SequenceWindow w, Matrix out) {
    double[] in = values(x);
    double[] result = new double[out.rowCount() * out.columnCount()];
    int[] counts = w.counts();
    for (int c = 0; c < x.rowCount(); c++) {
      int from = c * x.columnCount();
      int to = c * out.columnCount();
      w.slide((o, i, tap) -> result[to + o] += in[from + i] / counts[o]);
    }
    out.write(result);
  }

  @Override
  void averagePoolBackward(SequenceWindow w, Matrix dout, Matrix dx) {
    double[] gradient = values(dout);
    double[] target = values(dx);
    int[] counts = w.counts();
    for (int c = 0; c < dx.rowCount(); c++) {
      int from = c * dx.columnCount();
      int to = c * dout.columnCount();
      w.slide((o, i, tap) -> target[from + i] += gradient[to + o] / counts[o]);
    }
    dx.write(target);
  }

  private static void store(double[] values, Matrix out, double[] means) {
    int columns = out.columnCount();
    for (int c = 0; c < out.rowCount() && means != null; c++) {
      double mean = Arrays.stream(values, c * columns, (c + 1) * columns).average().orElseThrow();
      means[c] = mean;
      for (int i = c * columns; i < (c + 1) * columns; i++) {
        values[i] -= mean;
      }
    }
    out.write(values);
  }

  /** A copy of all values, row by row. */
  static double[] values(Matrix matrix) {
    double[] values = new double[matrix.rowCount() * matrix.columnCount()];
    matrix.read(values);
    return values;
  }
}
