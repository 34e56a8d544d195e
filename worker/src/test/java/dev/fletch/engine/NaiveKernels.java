package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link Kernels} as their definitions read: plain loops in double precision. */
final class NaiveKernels extends NaiveWindows {
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
  void productSums(List<SumOfProducts> sums) {
    for (SumOfProducts sum : sums) {
      double[][] total = new double[sum.out().rowCount()][sum.out().columnCount()];
      for (int i = 0; i < sum.a().size(); i++) {
        Storage storage = new Storage((long) total.length * total[0].length, "");
        storage.place(memory(DataType.DOUBLE, storage.length()), 0);
        Matrix product = Matrix.over(storage, total.length, total[0].length);
        product(sum.a().get(i), sum.x().get(i), product, 0);
        double[][] values = read(product);
        for (int row = 0; row < total.length; row++) {
          double[] of = values[row];
          double[] to = total[row];
          Arrays.setAll(to, column -> to[column] + of[column]);
        }
      }
      write(total, sum.out());
      shiftRows(sum.out(), arrayOf(sum.shift()));
    }
  }

  @Override
  void productTransposed(Matrix a, Matrix b, Matrix out, double scale, double[] means) {
    if (means != null) {
      rowMeans(a, means);
    }
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
  Memory memory(DataType type, long length) {
    return new HeapMemory(Math.toIntExact(length));
  }

  @Override
  public void close() {
    // nothing is held
  }
}
