package dev.fletch.engine;

import java.util.Arrays;

/** What slides a window over images, of {@link NaiveKernels}. */
abstract class NaiveWindows extends ComposedKernels {
  interface Visitor {
    void visit(int out, int in, int tap);
  }

  /** All pixels under all windows of a row, taps in row-major order, the padding left out. */
  static void slide(Geometry g, int columns, Visitor visitor) {
    int images = columns / g.pixels();
    for (int o = 0; o < images * g.outPixels(); o++) {
      int n = o % images;
      int outRow = o / images / g.outWidth();
      int outColumn = o / images % g.outWidth();
      for (int tap = 0; tap < g.taps(); tap++) {
        int y = outRow * g.stride() + tap / g.kernel() * g.dilation() - g.padding();
        int x = outColumn * g.stride() + tap % g.kernel() * g.dilation() - g.padding();
        if (y >= 0 && y < g.height() && x >= 0 && x < g.width()) {
          visitor.visit(o, (y * g.width() + x) * images + n, tap);
        }
      }
    }
  }

  @Override
  void depthwise(Matrix x, Geometry g, double[] weights, int offset, Matrix out, double[] means) {
    double[][] in = rectified(x, true);
    double[][] result = new double[out.rowCount()][out.columnCount()];
    for (int c = 0; c < in.length; c++) {
      int row = c;
      slide(
          g,
          x.columnCount(),
          (o, i, tap) -> result[row][o] += weights[offset + row * g.taps() + tap] * in[row][i]);
    }
    store(result, out, means);
  }

  @Override
  void depthwiseBackward(
      Matrix x,
      Geometry g,
      double[] weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      double[] dweights) {
    double[][] in = rectified(x, true);
    double[][] gradient = read(dout);
    double[][] target =
        dx == null ? null : adds ? read(dx) : new double[dx.rowCount()][dx.columnCount()];
    for (int c = 0; c < in.length; c++) {
      int row = c;
      int first = offset + c * g.taps();
      slide(
          g,
          x.columnCount(),
          (o, i, tap) -> {
            if (dweights != null) {
              dweights[first + tap] += gradient[row][o] * in[row][i];
            }
            if (target != null && in[row][i] > 0) {
              target[row][i] += gradient[row][o] * weights[first + tap];
            }
          });
    }
    if (dx != null) {
      write(target, dx);
    }
  }

  /** The input pixel of gathered pixel {@code o}, or -1 beyond the border. */
  static int gathered(Geometry g, int shift, int images, int o) {
    int y = o / images / g.outWidth() * g.stride() + shift;
    int x = o / images % g.outWidth() * g.stride() + shift;
    return y < g.height() && x < g.width() ? (y * g.width() + x) * images + o % images : -1;
  }

  @Override
  void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, double[] means) {
    double[][] in = rectified(x, relu);
    double[][] result = new double[out.rowCount()][out.columnCount()];
    for (int c = 0; c < in.length; c++) {
      for (int o = 0; o < result[c].length; o++) {
        int i = gathered(g, shift, x.columnCount() / g.pixels(), o);
        result[c][o] = i < 0 ? 0 : in[c][i];
      }
    }
    store(result, out, means);
  }

  @Override
  void gatherBackward(
      Matrix x, Geometry g, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    double[][] in = read(x);
    double[][] gradient = read(dout);
    double[][] target = adds ? read(dx) : new double[dx.rowCount()][dx.columnCount()];
    for (int c = 0; c < in.length; c++) {
      for (int o = 0; o < gradient[c].length; o++) {
        int i = gathered(g, shift, x.columnCount() / g.pixels(), o);
        if (i >= 0 && (!relu || in[c][i] > 0)) {
          target[c][i] += gradient[c][o];
        }
      }
    }
    write(target, dx);
  }

  @Override
  public void unfold(Matrix x, Geometry g, boolean relu, Matrix out, double[] means) {
    double[][] in = rectified(x, relu);
    double[][] result = new double[out.rowCount()][out.columnCount()];
    for (int c = 0; c < in.length; c++) {
      int row = c;
      slide(g, x.columnCount(), (o, i, tap) -> result[row * g.taps() + tap][o] = in[row][i]);
    }
    store(result, out, means);
  }

  @Override
  public void unfoldBackward(Matrix x, Geometry g, boolean relu, Matrix dout, Matrix dx) {
    double[][] in = read(x);
    double[][] gradient = read(dout);
    double[][] target = read(dx);
    for (int c = 0; c < in.length; c++) {
      int row = c;
      slide(
          g,
          x.columnCount(),
          (o, i, tap) ->
              target[row][i] += relu && in[row][i] <= 0 ? 0 : gradient[row * g.taps() + tap][o]);
    }
    write(target, dx);
  }

  static double[][] rectified(Matrix x, boolean relu) {
    double[][] values = read(x);
    for (double[] row : values) {
      Arrays.setAll(row, i -> relu ? Math.max(0, row[i]) : row[i]);
    }
    return values;
  }

  static void store(double[][] values, Matrix out, double[] means) {
    for (int c = 0; c < values.length && means != null; c++) {
      double[] row = values[c];
      double mean = Arrays.stream(row).average().orElseThrow();
      means[c] = mean;
      Arrays.setAll(row, i -> row[i] - mean);
    }
    write(values, out);
  }

  static double[][] read(Matrix matrix) {
    double[] flat = new double[matrix.rowCount() * matrix.columnCount()];
    matrix.read(flat);
    double[][] rows = new double[matrix.rowCount()][];
    Arrays.setAll(
        rows,
        c -> Arrays.copyOfRange(flat, c * matrix.columnCount(), (c + 1) * matrix.columnCount()));
    return rows;
  }

  static void write(double[][] rows, Matrix matrix) {
    matrix.write(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
  }
}
