package dev.fletch.engine;

import java.util.Arrays;

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

  /** What is done to a column of an example. */
  private interface Column {
    /**
     * @param example its number
     * @param at where the column of a row lies among all values
     */
    void visit(int example, int at);
  }

  private static void forEachColumn(Examples examples, int row, int columns, Column column) {
    for (int n = 0; n < examples.count(); n++) {
      for (int i = 0; i < examples.length(n); i++) {
        column.visit(n, row * columns + examples.column(n, i));
      }
    }
  }

  @Override
  public void exampleMeans(Matrix x, Examples examples, double[] means) {
    double[] in = values(x);
    Arrays.fill(means, 0);
    for (int c = 0; c < x.rowCount(); c++) {
      int row = c * examples.count();
      forEachColumn(
          examples, c, x.columnCount(), (n, at) -> means[row + n] += in[at] / examples.length(n));
    }
  }

  @Override
  public void addToExamples(double[] values, Examples examples, Matrix x) {
    double[] target = values(x);
    for (int c = 0; c < x.rowCount(); c++) {
      int row = c * examples.count();
      forEachColumn(examples, c, x.columnCount(), (n, at) -> target[at] += values[row + n]);
    }
    x.write(target);
  }

  @Override
  public void scaleExamples(Matrix x, double[] factors, Examples examples, Matrix y, boolean adds) {
    double[] in = values(x);
    double[] target = adds ? values(y) : new double[in.length];
    for (int c = 0; c < x.rowCount(); c++) {
      forEachColumn(examples, c, x.columnCount(), (n, at) -> target[at] += factors[n] * in[at]);
    }
    y.write(target);
  }

  @Override
  public void attend(Matrix x, Examples examples, int heads, Matrix out) {
    double[] result = new double[out.rowCount() * out.columnCount()];
    new HostAttention(x, examples, heads).forward(result);
    out.write(result);
  }

  @Override
  public void attendBackward(Matrix x, Examples examples, int heads, Matrix dout, Matrix dx) {
    double[] result = new double[dx.rowCount() * dx.columnCount()];
    new HostAttention(x, examples, heads).backward(values(dout), result);
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
