package dev.fletch.engine;

import java.util.Arrays;

/** {@link Kernels} as their definitions read: plain loops in double precision. */
final class NaiveKernels extends ComposedKernels {
  private interface Visitor {
    void visit(int out, int in, int tap);
  }

  /** All pixels under all windows of a row, taps in row-major order, the padding left out. */
  private static void slide(Geometry g, int columns, Visitor visitor) {
    for (int o = 0; o < columns / g.pixels() * g.outPixels(); o++) {
      int n = o / g.outPixels();
      int outRow = o % g.outPixels() / g.outWidth();
      int outColumn = o % g.outWidth();
      for (int tap = 0; tap < g.taps(); tap++) {
        int y = outRow * g.stride() + tap / g.kernel() * g.dilation() - g.padding();
        int x = outColumn * g.stride() + tap % g.kernel() * g.dilation() - g.padding();
        if (y >= 0 && y < g.height() && x >= 0 && x < g.width()) {
          visitor.visit(o, n * g.pixels() + y * g.width() + x, tap);
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
  private static int gathered(Geometry g, int shift, int o) {
    int y = o % g.outPixels() / g.outWidth() * g.stride() + shift;
    int x = o % g.outWidth() * g.stride() + shift;
    return y < g.height() && x < g.width()
        ? o / g.outPixels() * g.pixels() + y * g.width() + x
        : -1;
  }

  @Override
  void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, double[] means) {
    double[][] in = rectified(x, relu);
    double[][] result = new double[out.rowCount()][out.columnCount()];
    for (int c = 0; c < in.length; c++) {
      for (int o = 0; o < result[c].length; o++) {
        int i = gathered(g, shift, o);
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
        int i = gathered(g, shift, o);
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

  /** For every output of a row, the input pixel that is the first maximum of its window. */
  private static int[] firstMaxima(double[] in, Geometry g) {
    int[] which = new int[in.length / g.pixels() * g.outPixels()];
    Arrays.fill(which, -1);
    slide(
        g,
        in.length,
        (o, i, tap) -> which[o] = which[o] < 0 || in[i] > in[which[o]] ? i : which[o]);
    return which;
  }

  @Override
  void maxPool(Matrix x, Geometry g, Matrix out) {
    double[][] in = read(x);
    double[][] result = new double[in.length][];
    for (int c = 0; c < in.length; c++) {
      double[] row = in[c];
      result[c] = Arrays.stream(firstMaxima(row, g)).mapToDouble(i -> row[i]).toArray();
    }
    write(result, out);
  }

  @Override
  void maxPoolBackward(Matrix x, Geometry g, Matrix dout, Matrix dx) {
    double[][] in = read(x);
    double[][] gradient = read(dout);
    double[][] target = read(dx);
    for (int c = 0; c < in.length; c++) {
      int[] which = firstMaxima(in[c], g);
      for (int o = 0; o < which.length; o++) {
        target[c][which[o]] += gradient[c][o];
      }
    }
    write(target, dx);
  }

  private static int[] counts(Geometry g, int columns) {
    int[] counts = new int[columns / g.pixels() * g.outPixels()];
    slide(g, columns, (o, i, tap) -> counts[o]++);
    return counts;
  }

  @Override
  void averagePool(Matrix x, Geometry g, Matrix out) {
    double[][] in = read(x);
    double[][] result = new double[out.rowCount()][out.columnCount()];
    int[] counts = counts(g, x.columnCount());
    for (int c = 0; c < in.length; c++) {
      int row = c;
      slide(g, x.columnCount(), (o, i, tap) -> result[row][o] += in[row][i] / counts[o]);
    }
    write(result, out);
  }

  @Override
  void averagePoolBackward(Geometry g, Matrix dout, Matrix dx) {
    double[][] gradient = read(dout);
    double[][] target = read(dx);
    int[] counts = counts(g, dx.columnCount());
    for (int c = 0; c < target.length; c++) {
      int row = c;
      slide(g, dx.columnCount(), (o, i, tap) -> target[row][i] += gradient[row][o] / counts[o]);
    }
    write(target, dx);
  }

  @Override
  public void rowMeans(Matrix x, double[] means) {
    double[][] in = read(x);
    Arrays.setAll(means, c -> Arrays.stream(in[c]).average().orElseThrow());
  }

  @Override
  public void rowDots(Matrix x, Matrix y, double[] dots) {
    double[][] left = read(x);
    double[][] right = read(y);
    for (int c = 0; c < left.length; c++) {
      dots[c] = 0;
      for (int i = 0; i < left[c].length; i++) {
        dots[c] += left[c][i] * right[c][i];
      }
    }
  }

  @Override
  public void scaleRows(Matrix x, double[] scale, double[] shift, Matrix y) {
    double[][] values = read(x);
    for (int c = 0; c < values.length; c++) {
      for (int i = 0; i < values[c].length; i++) {
        values[c][i] = scale[c] * values[c][i] + shift[c];
      }
    }
    write(values, y);
  }

  @Override
  public void centreRows(Matrix x, double[] means) {
    store(read(x), x, means);
  }

  @Override
  public void addScaledRows(Matrix x, double[] scale, Matrix y) {
    double[][] values = read(x);
    double[][] target = read(y);
    for (int c = 0; c < values.length; c++) {
      for (int i = 0; i < values[c].length; i++) {
        target[c][i] += scale[c] * values[c][i];
      }
    }
    write(target, y);
  }

  @Override
  public void addScaled(Matrix x, double scale, Matrix y) {
    double[] scales = new double[x.rowCount()];
    Arrays.fill(scales, scale);
    addScaledRows(x, scales, y);
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    double[] dots = new double[x.rowCount()];
    rowDots(x, y, dots);
    return Arrays.stream(dots).sum();
  }

  @Override
  void product(Matrix a, Matrix b, Matrix out, double keep) {
    double[][] right = read(b);
    double[][] columns = new double[b.columnCount()][b.rowCount()];
    for (int k = 0; k < right.length; k++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][k] = right[k][j];
      }
    }
    multiply(read(a), columns, 1, keep, out);
  }

  @Override
  void productTransposed(Matrix a, Matrix b, Matrix out, double scale) {
    multiply(read(a), read(b), scale, 0, out);
  }

  private static void multiply(
      double[][] rows, double[][] columns, double scale, double keep, Matrix out) {
    double[][] result = read(out);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double sum = 0;
        for (int k = 0; k < rows[i].length; k++) {
          sum += rows[i][k] * columns[j][k];
        }
        result[i][j] = scale * sum + keep * result[i][j];
      }
    }
    write(result, out);
  }

  @Override
  public void close() {
    // nothing is held
  }

  private static double[][] rectified(Matrix x, boolean relu) {
    double[][] values = read(x);
    for (double[] row : values) {
      Arrays.setAll(row, i -> relu ? Math.max(0, row[i]) : row[i]);
    }
    return values;
  }

  private static void store(double[][] values, Matrix out, double[] means) {
    for (int c = 0; c < values.length && means != null; c++) {
      double[] row = values[c];
      double mean = Arrays.stream(row).average().orElseThrow();
      means[c] = mean;
      Arrays.setAll(row, i -> row[i] - mean);
    }
    write(values, out);
  }

  private static double[][] read(Matrix matrix) {
    double[] flat = new double[matrix.rowCount() * matrix.columnCount()];
    matrix.read(flat);
    double[][] rows = new double[matrix.rowCount()][];
    Arrays.setAll(
        rows,
        c -> Arrays.copyOfRange(flat, c * matrix.columnCount(), (c + 1) * matrix.columnCount()));
    return rows;
  }

  private static void write(double[][] rows, Matrix matrix) {
    matrix.write(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
  }
}
