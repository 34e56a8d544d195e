package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.contract.Contract;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Every operation, of odd sizes too, agrees with {@link NaiveKernels} within rounding. */
abstract class KernelsContract implements Contract {
  private static final int CHANNELS = 5;
  private static final int BATCH = 2;

  /** Weights begin somewhere in the flat vector. */
  private static final int OFFSET = 3;

  private final DataType type;
  private final Supplier<Kernels> open;

  KernelsContract(DataType type, Supplier<Kernels> open) {
    this.type = type;
    this.open = open;
  }

  @Override
  public Kernels subject() {
    return open.get();
  }

  /**
   * Of the largest value. The longest sums here have 1568 terms; in any order they lose less than a
   * hundred units in the last place, 2^-24 or 2^-53.
   */
  private double tolerance() {
    return type == DataType.FLOAT ? 6e-6 : 1e-13;
  }

  private void check(BiConsumer<Kernels, Operands> operation) {
    Operands expected = new Operands(DataType.DOUBLE);
    operation.accept(new NaiveKernels(), expected);
    Operands actual = new Operands(type);
    try (Kernels kernels = open.get()) {
      operation.accept(kernels, actual);
    }
    List<double[]> wanted = expected.contents();
    List<double[]> got = actual.contents();
    for (int i = 0; i < wanted.size(); i++) {
      double largest =
          Math.max(1, largestDifference(wanted.get(i), new double[wanted.get(i).length]));
      assertThat(largestDifference(got.get(i), wanted.get(i)))
          .as("deviation of operand %d, whose values reach %s", i, largest)
          .isLessThan(tolerance() * largest);
    }
  }

  /** NaN if there is one anywhere, so that no comparison holds. */
  private static double largestDifference(double[] x, double[] y) {
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }

  private static Matrix input(Operands operands, Geometry g) {
    return operands.matrix(CHANNELS, BATCH * g.pixels());
  }

  private static Matrix output(Operands operands, Geometry g) {
    return operands.matrix(CHANNELS, BATCH * g.outPixels());
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyWindow")
  void depthwise(Geometry g) {
    check((k, o) -> depthwise(k, o, g));
  }

  static void depthwise(Kernels k, Operands o, Geometry g) {
    Matrix x = input(o, g);
    double[] weights = o.vector(OFFSET + CHANNELS * g.taps());
    k.depthwise(x, g, weights, OFFSET, output(o, g), null);
    k.depthwise(x, g, weights, OFFSET, output(o, g), o.vector(CHANNELS));
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyWindow")
  void depthwiseBackward(Geometry g) {
    check((k, o) -> depthwiseBackward(k, o, g));
  }

  static void depthwiseBackward(Kernels k, Operands o, Geometry g) {
    Matrix x = input(o, g);
    double[] weights = o.vector(OFFSET + CHANNELS * g.taps());
    double[] dweights = o.vector(OFFSET + CHANNELS * g.taps());
    Matrix dout = output(o, g);
    k.depthwiseBackward(x, g, weights, OFFSET, dout, input(o, g), true, dweights);
    k.depthwiseBackward(x, g, weights, OFFSET, dout, input(o, g), false, null);
    k.depthwiseBackward(x, g, weights, OFFSET, dout, null, true, dweights);
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyPixel")
  void gather(Geometry g) {
    check((k, o) -> gather(k, o, g));
  }

  static void gather(Kernels k, Operands o, Geometry g) {
    Matrix x = input(o, g);
    for (int shift = 0; shift < g.stride(); shift++) {
      k.gather(x, g, shift, true, output(o, g), o.vector(CHANNELS));
      k.gather(x, g, shift, false, output(o, g), null);
      for (boolean adds : new boolean[] {true, false}) {
        k.gatherBackward(x, g, shift, true, output(o, g), input(o, g), adds);
        k.gatherBackward(x, g, shift, false, output(o, g), input(o, g), adds);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyUnfolding")
  void unfold(Geometry g) {
    check((k, o) -> unfold(k, o, g));
  }

  static void unfold(Kernels k, Operands o, Geometry g) {
    int channels = 2;
    Matrix x = o.matrix(channels, BATCH * g.pixels());
    Matrix dx = o.matrix(channels, BATCH * g.pixels());
    int rows = channels * g.taps();
    k.unfold(x, g, true, o.matrix(rows, BATCH * g.outPixels()), o.vector(rows));
    k.unfold(x, g, false, o.matrix(rows, BATCH * g.outPixels()), null);
    k.unfoldBackward(x, g, true, o.matrix(rows, BATCH * g.outPixels()), dx);
    k.unfoldBackward(x, g, false, o.matrix(rows, BATCH * g.outPixels()), dx);
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyPool")
  void pools(Geometry g) {
    check((k, o) -> pools(k, o, g));
  }

  static void pools(Kernels k, Operands o, Geometry g) {
    Matrix x = input(o, g);
    k.maxPool(x, g, output(o, g));
    k.maxPoolBackward(x, g, output(o, g), input(o, g));
    k.averagePool(x, g, output(o, g));
    k.averagePoolBackward(g, output(o, g), input(o, g));
    if (g.stride() == 2) {
      k.maxPool2(x, g, output(o, g));
      k.maxPool2Backward(x, g, output(o, g), input(o, g));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.fletch.engine.KernelGeometries#everyPool")
  void amongEqualPixelsTheFirstOfTheWindowGetsTheGradient(Geometry g) {
    check(
        (k, o) -> {
          Matrix x = o.ties(CHANNELS, BATCH * g.pixels());
          k.maxPool(x, g, output(o, g));
          k.maxPoolBackward(x, g, output(o, g), input(o, g));
          if (g.stride() == 2) {
            k.maxPool2Backward(x, g, output(o, g), input(o, g));
          }
        });
  }

  /** More than fit a vector, and some left over. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 19, 37})
  void windowsOverAnyNumberOfImages(int images) {
    for (int dilation = 1; dilation <= 2; dilation++) {
      for (int stride = 1; stride <= 2; stride++) {
        for (int kernel : new int[] {3, 5}) {
          Geometry g = new Geometry(7, 9, kernel, stride, dilation);
          check((k, o) -> windows(k, o, g, images));
        }
      }
    }
  }

  private static void windows(Kernels k, Operands o, Geometry g, int images) {
    Matrix x = o.ties(2, images * g.pixels());
    Matrix dx = o.matrix(2, images * g.pixels());
    Matrix y = o.matrix(2, images * g.outPixels());
    double[] weights = o.vector(2 * g.taps());
    k.depthwiseBackward(x, g, weights, 0, y, dx, true, o.vector(2 * g.taps()));
    k.gatherBackward(x, g, g.stride() - 1, true, y, dx, true);
    if (g.dilation() == 1) {
      k.maxPoolBackward(x, g, y, dx);
      k.averagePoolBackward(g, y, dx);
    }
    if (g.stride() == 2) {
      k.maxPool2Backward(x, g, y, dx);
      k.maxPool2(x, g, y);
    }
    k.depthwise(x, g, weights, 0, y, o.vector(2));
    k.gather(x, g, g.stride() - 1, false, y, null);
    Matrix unfolded = o.matrix(2 * g.taps(), images * g.outPixels());
    k.unfold(x, g, true, unfolded, null);
    k.unfoldBackward(x, g, true, unfolded, dx);
  }

  @Test
  void rowsOfAnyLength() {
    for (int columns : new int[] {1, 3, 15, 16, 17, 64, 1100}) {
      check((k, o) -> rows(k, o, columns));
    }
  }

  static void rows(Kernels k, Operands o, int columns) {
    Matrix x = o.matrix(CHANNELS, columns);
    Matrix y = o.matrix(CHANNELS, columns);
    k.rowMeans(x, o.vector(CHANNELS));
    k.rowDots(x, y, o.vector(CHANNELS));
    o.vector(1)[0] = k.dot(x, y);
    k.scaleRows(x, o.vector(CHANNELS), o.vector(CHANNELS), o.matrix(CHANNELS, columns));
    k.addScaledRows(x, o.vector(CHANNELS), y);
    k.addScaled(x, -0.75, y);
    k.scaleRows(x, o.vector(CHANNELS), o.vector(CHANNELS), x);
    List<Matrix> terms = List.of(x, y, o.matrix(CHANNELS, columns));
    List<Matrix> dterms = List.of(o.matrix(CHANNELS, columns), x, o.matrix(CHANNELS, columns));
    k.addWeighted(terms, o.vector(3), o.matrix(CHANNELS, columns));
    k.addWeightedBackward(o.matrix(CHANNELS, columns), terms, o.vector(3), dterms, o.vector(3));
    k.centreRows(y, o.vector(CHANNELS));
    k.normalizeRows(y, 1e-3, o.vector(CHANNELS), o.vector(CHANNELS));
    k.normalizeRowsBackward(y, o.vector(CHANNELS), o.matrix(CHANNELS, columns));
    Matrix dx = o.matrix(CHANNELS, columns);
    double[] means = o.vector(CHANNELS);
    double[] gamma = o.vector(CHANNELS);
    k.batchNorm(x, 1e-3, gamma, o.vector(CHANNELS), means, o.vector(CHANNELS), y);
    k.batchNormBackward(
        x, means, o.vector(CHANNELS), gamma, y, dx, o.vector(CHANNELS), o.vector(CHANNELS));
  }

  @Test
  void shufflesAndDropsElements() {
    for (int examples : new int[] {1, 7, 40}) {
      check((k, o) -> edges(k, o, examples));
    }
  }

  /** 8 channels, of which 2 are mixed and 6 bypass, on images of 21 pixels. */
  static void edges(Kernels k, Operands o, int examples) {
    int columns = 21 * examples;
    List<Matrix> bypasses = List.of(o.matrix(6, columns), o.matrix(6, columns));
    List<Matrix> dbypasses = List.of(o.matrix(6, columns), o.matrix(6, columns));
    double[] factors = o.vector(2);
    k.shuffle(o.matrix(2, columns), bypasses, factors, o.matrix(8, columns));
    k.shuffleBackward(
        o.matrix(8, columns), o.matrix(2, columns), bypasses, factors, dbypasses, o.vector(2));
    long[] keys = new long[examples];
    Arrays.setAll(keys, n -> ElementDropout.key(3, n));
    Examples places = new ImageExtent(examples, 3, 7).places();
    ElementDropout dropout = new ElementDropout(keys, places, 0.25);
    k.dropElements(o.matrix(8, columns), dropout, o.matrix(8, columns));
    k.dropElementsBackward(o.matrix(8, columns), dropout, o.matrix(8, columns));
  }

  /** The larger ones are divided among threads, into unequal parts. */
  @Test
  void productsOfAnyShape() {
    for (int[] shape :
        new int[][] {{1, 1, 1}, {3, 2, 5}, {8, 40, 1001}, {70, 130, 300}, {600, 400, 2}}) {
      int m = shape[0];
      int k = shape[1];
      int n = shape[2];
      check(
          (kernels, o) -> {
            Matrix a = o.matrix(m, k);
            Matrix b = o.matrix(k, n);
            kernels.multiply(a, b, o.matrix(m, n), 0);
            kernels.multiply(a, b, o.matrix(m, n), 1);
            kernels.multiplyTransposed(a, o.matrix(n, k), o.matrix(m, n), 0.25);
            kernels.multiplyAndShift(a, b, o.vector(m), o.matrix(m, n));
            kernels.multiplyTransposed(a, o.matrix(n, k), o.matrix(m, n), 0.25, o.vector(m));
            kernels.multiplySums(
                List.of(
                    new SumOfProducts(
                        List.of(a, a, o.matrix(m, 3)),
                        List.of(b, o.matrix(k, n), o.matrix(3, n)),
                        o.matrix(m, n)),
                    new SumOfProducts(
                        List.of(o.matrix(2, k)), List.of(b), o.matrix(2, n), o.vector(2))));
            kernels.covariance(a, o.matrix(m, m), 0.25);
            kernels.covariance(b, o.matrix(k, k), 0.25);
          });
    }
  }

  /** Also of more rows and columns than are worked on together. */
  @ParameterizedTest
  @ValueSource(ints = {3, 16, 70, 300})
  void aSumTakesThePlaceOfOneOfItsTerms(int rows) {
    check(
        (kernels, o) -> {
          Matrix x = o.matrix(rows, 611);
          Matrix y = o.matrix(5, 611);
          Matrix z = o.matrix(rows, 611);
          kernels.multiplySums(
              List.of(
                  new SumOfProducts(
                      List.of(o.matrix(rows, 5), o.matrix(rows, rows)), List.of(y, x), x),
                  new SumOfProducts(
                      List.of(o.matrix(rows, rows), o.matrix(rows, 5)), List.of(z, y), z)));
        });
  }

  /** As where a gradient meets what it is the gradient of. */
  @Test
  void productsOfFewLongRows() {
    for (int rows : new int[] {1, 2, 4, 7, 8, 9, 67}) {
      check(
          (kernels, o) -> {
            Matrix few = o.matrix(rows, 5003);
            kernels.multiplyTransposed(few, o.matrix(13, 5003), o.matrix(rows, 13), 0.01);
            kernels.multiply(o.matrix(rows, 33), o.matrix(33, 700), o.matrix(rows, 700), 1);
            kernels.covariance(few, o.matrix(rows, rows), 0.01);
          });
    }
  }
}
