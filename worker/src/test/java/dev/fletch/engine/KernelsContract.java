package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Every operation, of odd sizes too, agrees with {@link NaiveKernels} within rounding. */
abstract class KernelsContract extends WindowKernelsContract {
  KernelsContract(DataType type, Supplier<Kernels> open) {
    super(type, open);
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
    k.copy(x, o.matrix(CHANNELS, columns));
    k.scaleRows(x, null, o.vector(CHANNELS), o.matrix(CHANNELS, columns));
    k.scaleRows(x, o.vector(CHANNELS), null, o.matrix(CHANNELS, columns));
    k.scaleRows(x, o.vector(CHANNELS), o.vector(CHANNELS), o.matrix(CHANNELS, columns));
    k.addScaledRows(x, o.vector(CHANNELS), y);
    k.addScaled(x, -0.75, y);
    k.scaleRows(x, o.vector(CHANNELS), o.vector(CHANNELS), x);
    List<Matrix> terms = List.of(x, y, o.matrix(CHANNELS, columns));
    List<Matrix> dterms = List.of(o.matrix(CHANNELS, columns), x, o.matrix(CHANNELS, columns));
    Factors factors = new Factors(o.vector(5), 4, 0, 2);
    k.addWeighted(terms, factors, o.matrix(CHANNELS, columns));
    k.addWeightedBackward(o.matrix(CHANNELS, columns), terms, factors, dterms, o.vector(5));
    k.centreRows(y, o.vector(CHANNELS));
    k.normalizeRows(y, 1e-3, o.vector(CHANNELS), o.vector(CHANNELS));
    k.normalizeRowsBackward(y, o.vector(CHANNELS), o.matrix(CHANNELS, columns));
    Matrix dx = o.matrix(CHANNELS, columns);
    Doubles means = o.vector(CHANNELS);
    Doubles gamma = o.vector(CHANNELS);
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
    Factors factors = new Factors(o.vector(4), 3, 1);
    k.shuffle(o.matrix(2, columns), bypasses, factors, o.matrix(8, columns));
    k.shuffleBackward(
        o.matrix(8, columns), o.matrix(2, columns), bypasses, factors, dbypasses, o.vector(4));
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
      check((kernels, o) -> products(kernels, o, shape[0], shape[1], shape[2]));
    }
  }

  static void products(Kernels kernels, Operands o, int m, int k, int n) {
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
            new SumOfProducts(List.of(o.matrix(2, k)), List.of(b), o.matrix(2, n), o.vector(2))));
    kernels.covariance(a, o.matrix(m, m), 0.25);
    kernels.covariance(b, o.matrix(k, k), 0.25);
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
