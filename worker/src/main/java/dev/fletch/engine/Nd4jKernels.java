package dev.fletch.engine;

import java.util.List;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@link Kernels} of ND4J operations on shifted, strided views of a zero-padded copy: one view per
 * tap of the window.
 *
 * <p>Exact for every stride and dilation. The library's own depthwise convolution is not used: with
 * dilation its oneDNN path fails ("could not create a descriptor for a dilated convolution", the
 * right padding is computed without the dilation).
 */
final class Nd4jKernels extends ComposedKernels {
  @Override
  void depthwise(Matrix x, Geometry g, double[] weights, int offset, Matrix out, double[] means) {
    INDArray padded = WindowViews.padded(x, g, true, 0);
    INDArray sum = WindowViews.planes(out, g.outHeight(), g.outWidth());
    sum.assign(0);
    for (int tap = 0; tap < g.taps(); tap++) {
      sum.addi(WindowViews.tap(padded, g, tap).mul(column(weights, offset, g.taps(), tap, x)));
    }
    centre(out, means);
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
    INDArray padded = WindowViews.padded(x, g, true, 0);
    INDArray gradient = WindowViews.planes(dout, g.outHeight(), g.outWidth());
    INDArray spread = Nd4j.zeros(padded.dataType(), padded.shape());
    for (int tap = 0; tap < g.taps(); tap++) {
      if (dweights != null) {
        double[] sums =
            WindowViews.tap(padded, g, tap)
                .mul(gradient)
                .sum(1, 2, 3)
                .castTo(DataType.DOUBLE)
                .toDoubleVector();
        for (int c = 0; c < sums.length; c++) {
          dweights[offset + c * g.taps() + tap] += sums[c];
        }
      }
      if (dx != null) {
        WindowViews.tap(spread, g, tap)
            .addi(gradient.mul(column(weights, offset, g.taps(), tap, x)));
      }
    }
    if (dx != null) {
      INDArray positive =
          WindowViews.planes(x, g.height(), g.width()).gt(0).castTo(padded.dataType());
      if (!adds) {
        dx.zero();
      }
      WindowViews.planes(dx, g.height(), g.width())
          .addi(WindowViews.interior(spread, g).mul(positive));
    }
  }

  @Override
  void gather(Matrix x, Geometry g, int shift, boolean relu, Matrix out, double[] means) {
    INDArray source = WindowViews.withBorder(WindowViews.planes(x, g.height(), g.width()), g, relu);
    WindowViews.planes(out, g.outHeight(), g.outWidth())
        .assign(WindowViews.every(source, g, shift));
    centre(out, means);
  }

  @Override
  void gatherBackward(
      Matrix x, Geometry g, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    INDArray pixels = WindowViews.planes(x, g.height(), g.width());
    INDArray spread =
        Nd4j.zeros(
            pixels.dataType(), pixels.size(0), g.height() + 1, g.width() + 1, pixels.size(3));
    WindowViews.every(spread, g, shift).addi(WindowViews.planes(dout, g.outHeight(), g.outWidth()));
    INDArray inside = WindowViews.corner(spread, g);
    if (!adds) {
      dx.zero();
    }
    WindowViews.planes(dx, g.height(), g.width())
        .addi(relu ? inside.mul(pixels.gt(0).castTo(pixels.dataType())) : inside);
  }

  @Override
  public void unfold(Matrix x, Geometry g, boolean relu, Matrix out, double[] means) {
    INDArray padded = WindowViews.padded(x, g, relu, 0);
    INDArray rows = out.array().reshape('c', x.rowCount(), g.taps(), out.columnCount());
    for (int tap = 0; tap < g.taps(); tap++) {
      INDArray values =
          WindowViews.tap(padded, g, tap).dup('c').reshape('c', x.rowCount(), out.columnCount());
      rows.get(NDArrayIndex.all(), NDArrayIndex.point(tap), NDArrayIndex.all()).assign(values);
    }
    centre(out, means);
  }

  @Override
  public void unfoldBackward(Matrix x, Geometry g, boolean relu, Matrix dout, Matrix dx) {
    INDArray pixels = WindowViews.planes(x, g.height(), g.width());
    INDArray spread =
        Nd4j.zeros(
            pixels.dataType(),
            pixels.size(0),
            g.height() + 2L * g.padding(),
            g.width() + 2L * g.padding(),
            pixels.size(3));
    INDArray rows = dout.array().reshape('c', x.rowCount(), g.taps(), dout.columnCount());
    for (int tap = 0; tap < g.taps(); tap++) {
      INDArray values =
          rows.get(NDArrayIndex.all(), NDArrayIndex.point(tap), NDArrayIndex.all()).dup('c');
      WindowViews.tap(spread, g, tap)
          .addi(values.reshape('c', x.rowCount(), g.outHeight(), g.outWidth(), pixels.size(3)));
    }
    INDArray inside = WindowViews.interior(spread, g);
    WindowViews.planes(dx, g.height(), g.width())
        .addi(relu ? inside.mul(pixels.gt(0).castTo(pixels.dataType())) : inside);
  }

  @Override
  void maxPool(Matrix x, Geometry g, Matrix out) {
    INDArray padded = WindowViews.padded(x, g, false, Float.NEGATIVE_INFINITY);
    INDArray best = WindowViews.planes(out, g.outHeight(), g.outWidth());
    best.assign(WindowViews.tap(padded, g, 0));
    for (int tap = 1; tap < g.taps(); tap++) {
      best.assign(Transforms.max(best, WindowViews.tap(padded, g, tap), true));
    }
  }

  @Override
  void maxPoolBackward(Matrix x, Geometry g, Matrix dout, Matrix dx) {
    INDArray padded = WindowViews.padded(x, g, false, Float.NEGATIVE_INFINITY);
    INDArray best = WindowViews.tap(padded, g, 0).dup();
    for (int tap = 1; tap < g.taps(); tap++) {
      best = Transforms.max(best, WindowViews.tap(padded, g, tap), true);
    }
    INDArray spread = Nd4j.zeros(padded.dataType(), padded.shape());
    INDArray open = WindowViews.planes(dout, g.outHeight(), g.outWidth()).dup();
    for (int tap = 0; tap < g.taps(); tap++) {
      INDArray hit = WindowViews.tap(padded, g, tap).eq(best).castTo(padded.dataType());
      WindowViews.tap(spread, g, tap).addi(open.mul(hit));
      open.muli(hit.rsub(1));
    }
    WindowViews.planes(dx, g.height(), g.width()).addi(WindowViews.interior(spread, g));
  }

  @Override
  void averagePool(Matrix x, Geometry g, Matrix out) {
    INDArray padded = WindowViews.padded(x, g, false, 0);
    INDArray sum = WindowViews.planes(out, g.outHeight(), g.outWidth());
    sum.assign(0);
    for (int tap = 0; tap < g.taps(); tap++) {
      sum.addi(WindowViews.tap(padded, g, tap));
    }
    sum.divi(WindowViews.counts(g, sum));
  }

  @Override
  void averagePoolBackward(Geometry g, Matrix dout, Matrix dx) {
    INDArray gradient = WindowViews.planes(dout, g.outHeight(), g.outWidth());
    INDArray share = gradient.div(WindowViews.counts(g, gradient));
    INDArray spread =
        Nd4j.zeros(
            share.dataType(),
            share.size(0),
            g.height() + 2L * g.padding(),
            g.width() + 2L * g.padding(),
            share.size(3));
    for (int tap = 0; tap < g.taps(); tap++) {
      WindowViews.tap(spread, g, tap).addi(share);
    }
    WindowViews.planes(dx, g.height(), g.width()).addi(WindowViews.interior(spread, g));
  }

  @Override
  public void rowMeans(Matrix x, double[] means) {
    double[] rest = new double[x.rowCount()];
    INDArray values = x.array().dup();
    takeMeanOff(values, means);
    copy(values.mean(1), rest);
    for (int c = 0; c < rest.length; c++) {
      means[c] += rest[c];
    }
  }

  @Override
  public void rowDots(Matrix x, Matrix y, double[] dots) {
    copy(x.array().mul(y.array()).sum(1), dots);
  }

  @Override
  public void scaleRows(Matrix x, double[] scale, double[] shift, Matrix y) {
    y.array().assign(x.array().mul(column(scale, x)).addi(column(shift, x)));
  }

  @Override
  public void centreRows(Matrix x, double[] means) {
    centre(x, means);
  }

  @Override
  public void addScaledRows(Matrix x, double[] scale, Matrix y) {
    y.array().addi(x.array().mul(column(scale, x)));
  }

  @Override
  public void addScaled(Matrix x, double scale, Matrix y) {
    y.array().addi(x.array().mul(scale));
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    return x.array().mul(y.array()).sumNumber().doubleValue();
  }

  @Override
  void product(Matrix a, Matrix b, Matrix out, double keep) {
    Nd4j.exec(new Mmul(a.array(), b.array(), out.array(), 1.0, keep, null));
  }

  @Override
  void productSums(List<SumOfProducts> sums) {
    for (SumOfProducts sum : sums) {
      INDArray total = sum.out().array().like();
      for (int i = 0; i < sum.a().size(); i++) {
        total.addi(sum.a().get(i).array().mmul(sum.x().get(i).array()));
      }
      sum.out().array().assign(total);
      shiftRows(sum.out(), arrayOf(sum.shift()));
    }
  }

  @Override
  void productTransposed(Matrix a, Matrix b, Matrix out, double scale, double[] means) {
    if (means != null) {
      rowMeans(a, means);
    }
    MMulTranspose second =
        MMulTranspose.builder().transposeA(false).transposeB(true).transposeResult(false).build();
    Nd4j.exec(new Mmul(a.array(), b.array(), out.array(), scale, 0.0, second));
  }

  @Override
  public void close() {
    // nothing is held
  }

  /**
   * Takes the mean off twice: the library sums in the type of the values, which loses much of a
   * mean that is large against the spread. The second time finds what the first one left.
   */
  private static void centre(Matrix out, double[] means) {
    if (means != null) {
      double[] rest = new double[out.rowCount()];
      takeMeanOff(out.array(), means);
      takeMeanOff(out.array(), rest);
      for (int c = 0; c < rest.length; c++) {
        means[c] += rest[c];
      }
    }
  }

  private static void takeMeanOff(INDArray values, double[] means) {
    INDArray mean = values.mean(1);
    copy(mean, means);
    values.subi(mean.reshape(mean.length(), 1));
  }

  private static void copy(INDArray values, double[] target) {
    double[] read = values.castTo(DataType.DOUBLE).toDoubleVector();
    System.arraycopy(read, 0, target, 0, read.length);
  }

  private static INDArray column(double[] values, Matrix like) {
    return column(values, 0, 1, 0, like).reshape(like.rowCount(), 1);
  }

  /** values[offset + c * step + index] for every channel, as {@code [C, 1, 1, 1]}. */
  private static INDArray column(double[] values, int offset, int step, int index, Matrix like) {
    double[] column = new double[like.rowCount()];
    for (int c = 0; c < column.length; c++) {
      column[c] = values[offset + c * step + index];
    }
    return Nd4j.createFromArray(column)
        .reshape(column.length, 1, 1, 1)
        .castTo(like.array().dataType());
  }
}
