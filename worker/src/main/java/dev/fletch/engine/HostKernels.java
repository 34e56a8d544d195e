package dev.fletch.engine;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The part of {@link ComposedKernels} that works on single elements, words and whole examples, as
 * the definitions read: value by value in double precision on the host.
 */
abstract class HostKernels extends HostWindowKernels {
  @Override
  public void apply(ElementFunction f, Matrix x, Matrix y) {
    double[] values = values(x);
    Arrays.setAll(values, i -> f.of(values[i]));
    y.write(values);
  }

  @Override
  public void applyBackward(ElementFunction f, Matrix x, Matrix dy, Matrix dx, boolean adds) {
    double[] in = values(x);
    double[] gradient = values(dy);
    double[] target = adds ? values(dx) : new double[in.length];
    Arrays.setAll(target, i -> target[i] + f.derivative(in[i]) * gradient[i]);
    dx.write(target);
  }

  @Override
  public void multiplyElements(Matrix x, Matrix y, Matrix out, boolean adds) {
    double[] left = values(x);
    double[] right = values(y);
    double[] target = adds ? values(out) : new double[left.length];
    Arrays.setAll(target, i -> target[i] + left[i] * right[i]);
    out.write(target);
  }

  /** A row for every image of every channel; null where examples are texts. */
  private static Matrix planes(Matrix x, int[] starts) {
    int examples = starts.length - 1;
    boolean even = IntStream.range(0, examples).allMatch(n -> starts[n] == n * starts[1]);
    return x.isFixed() && even ? x.reshape(x.rowCount() * examples, starts[1]) : null;
  }

  @Override
  public void exampleMeans(Matrix x, int[] starts, double[] means) {
    Matrix planes = planes(x, starts);
    if (planes != null) {
      rowMeans(planes, means);
      return;
    }
    double[] in = values(x);
    int examples = starts.length - 1;
    for (int row = 0; row < x.rowCount() * examples; row++) {
      int from = row / examples * x.columnCount();
      int n = row % examples;
      means[row] =
          Arrays.stream(in, from + starts[n], from + starts[n + 1]).average().orElseThrow();
    }
  }

  @Override
  public void addToExamples(double[] values, int[] starts, Matrix x) {
    Matrix planes = planes(x, starts);
    if (planes != null) {
      double[] ones = new double[values.length];
      Arrays.fill(ones, 1);
      scaleRows(planes, ones, values, planes);
      return;
    }
    double[] target = values(x);
    int examples = starts.length - 1;
    for (int row = 0; row < x.rowCount() * examples; row++) {
      int from = row / examples * x.columnCount();
      int n = row % examples;
      for (int i = from + starts[n]; i < from + starts[n + 1]; i++) {
        target[i] += values[row];
      }
    }
    x.write(target);
  }

  @Override
  public void scaleExamples(Matrix x, double[] factors, int[] starts, Matrix y, boolean adds) {
    Matrix planes = planes(x, starts);
    if (planes != null) {
      double[] ofRows = new double[planes.rowCount()];
      Arrays.setAll(ofRows, row -> factors[row % factors.length]);
      scalePlanes(planes, ofRows, planes(y, starts), adds);
      return;
    }
    double[] in = values(x);
    double[] target = adds ? values(y) : new double[in.length];
    for (int row = 0; row < x.rowCount() * factors.length; row++) {
      int from = row / factors.length * x.columnCount();
      int n = row % factors.length;
      for (int i = from + starts[n]; i < from + starts[n + 1]; i++) {
        target[i] += factors[n] * in[i];
      }
    }
    y.write(target);
  }

  private void scalePlanes(Matrix x, double[] factors, Matrix y, boolean adds) {
    if (adds) {
      addScaledRows(x, factors, y);
    } else {
      scaleRows(x, factors, new double[factors.length], y);
    }
  }

  @Override
  public void attend(Matrix x, int[] starts, int heads, Matrix out) {
    double[] result = new double[out.rowCount() * out.columnCount()];
    new HostAttention(x, starts, heads).forward(result);
    out.write(result);
  }

  @Override
  public void attendBackward(Matrix x, int[] starts, int heads, Matrix dout, Matrix dx) {
    double[] result = new double[dx.rowCount() * dx.columnCount()];
    new HostAttention(x, starts, heads).backward(values(dout), result);
    dx.write(result);
  }

  @Override
  public void embed(int[] words, double[] table, int offset, Matrix out) {
    int rows = out.rowCount();
    double[] result = new double[rows * words.length];
    Arrays.setAll(result, i -> table[offset + words[i % words.length] * rows + i / words.length]);
    out.write(result);
  }

  @Override
  public void embedBackward(int[] words, Matrix dout, double[] dtable, int offset) {
    int rows = dout.rowCount();
    double[] gradient = values(dout);
    for (int i = 0; i < gradient.length; i++) {
      dtable[offset + words[i % words.length] * rows + i / words.length] += gradient[i];
    }
  }
}
