package dev.fletch.engine;

import static dev.fletch.engine.CardKernels.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.cuda.EmulatedDriver;
import dev.fletch.cuda.NeedsEmulator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Rows of which one or several fit a block, and such as take several blocks. */
@NeedsEmulator
class CudaRowKernelsTest {
  @ParameterizedTest
  @ValueSource(
      ints = {1, 3, 31, 32, 33, 257, 1100, 4096, 4097, 8192, 16384, 16385, 20480, 20481, 40000})
  void rowsOfAnyLength(int columns) {
    check((k, o) -> KernelsContract.rows(k, o, columns));
  }

  /** Two numbers of a few thousand each would leave nothing of a variance of 1. */
  @ParameterizedTest
  @ValueSource(ints = {500, 6000, 30_000})
  void variancesStayExactWhereMeansAreLarge(int columns) {
    Random random = new Random(1);
    float[] values = new float[2 * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((i < columns ? 3000 : -2000) + random.nextGaussian());
    }
    try (Kernels kernels = CardKernels.open(4);
        Memory memory = kernels.memory(DataType.FLOAT, values.length)) {
      Storage storage = new Storage(values.length, "");
      storage.place(memory, 0);
      Matrix x = Matrix.over(storage, 2, columns);
      x.write(values);
      Doubles means = kernels.doubles(2);
      Doubles variances = kernels.doubles(2);
      kernels.normalizeRows(x, 0, means, variances);
      for (int row = 0; row < 2; row++) {
        float[] of = Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
        double mean = doubles(of).average().orElseThrow();
        double variance = doubles(of).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        assertThat(means.toDoubles()[row]).isCloseTo(mean, within(1e-3));
        assertThat(variances.toDoubles()[row]).isCloseTo(variance, within(1e-5));
      }
    }
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  /** Also that share factors, as no vector forbids it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 70})
  void asManyTermsAsThereAre(int count) {
    check(
        (k, o) -> {
          List<Matrix> terms = matrices(o, count);
          int[] places = new int[count];
          Arrays.setAll(places, i -> i * 7 % 50);
          Factors factors = new Factors(o.vector(50), places);
          k.addWeighted(terms, factors, o.matrix(4, 77));
          k.addWeightedBackward(o.matrix(4, 77), terms, factors, matrices(o, count), o.vector(50));
          k.shuffle(o.matrix(4, 77), terms, factors, o.matrix(8, 77));
          k.shuffleBackward(
              o.matrix(8, 77), o.matrix(4, 77), terms, factors, matrices(o, count), o.vector(50));
        });
  }

  private static List<Matrix> matrices(Operands o, int count) {
    return Stream.generate(() -> o.matrix(4, 77)).limit(count).toList();
  }

  @Test
  void withoutTermsSumsStayWhatTheyAre() {
    check(
        (k, o) -> {
          Factors none = new Factors(o.vector(2));
          k.addWeighted(List.of(), none, o.matrix(2, 5));
          k.addWeightedBackward(o.matrix(2, 5), List.of(), none, List.of(), o.vector(2));
          k.shuffle(o.matrix(2, 5), List.of(), none, o.matrix(4, 5));
          k.shuffleBackward(
              o.matrix(4, 5), o.matrix(2, 5), List.of(), none, List.of(), o.vector(2));
        });
  }

  /** A term may lie where the gradient of one before it goes. */
  @Test
  void longSums() {
    check(
        (k, o) -> {
          List<Matrix> terms = List.of(o.matrix(6, 9000), o.matrix(6, 9000));
          List<Matrix> dterms = List.of(terms.get(1), o.matrix(6, 9000));
          Factors factors = new Factors(o.vector(3), 2, 0);
          k.addWeighted(terms, factors, o.matrix(6, 9000));
          k.addWeightedBackward(o.matrix(6, 9000), terms, factors, dterms, o.vector(3));
          k.shuffle(o.matrix(3, 9000), terms, factors, o.matrix(9, 9000));
          k.shuffleBackward(
              o.matrix(9, 9000), o.matrix(3, 9000), terms, factors, dterms, o.vector(3));
        });
  }

  @Tag("emulated")
  @Test
  void nothingIsLeftOnTheCard() {
    EmulatedDriver driver = new EmulatedDriver();
    CudaKernels kernels = new CudaKernels(driver, Precision.FLOAT32);
    Operands.after(
        kernels,
        DataType.FLOAT,
        (k, o) -> {
          KernelsContract.rows(k, o, 20_000);
          KernelsContract.edges(k, o, 3);
        });
    assertThat(driver.allocations()).isZero();
  }
}
