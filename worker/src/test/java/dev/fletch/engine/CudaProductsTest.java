package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cuda.Driver;
import dev.fletch.cuda.EmulatedDriver;
import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Products agree with {@link NaiveKernels} within rounding, and are the same in every run. */
@NeedsEmulator
class CudaProductsTest {
  private static final double TOLERANCE = 6e-6;

  /** Values of other matrices around each. */
  private static final int ROWS_AROUND = 1;

  private final Driver driver = TestCard.open();
  private final NaiveKernels naive = new NaiveKernels();
  private CudaProducts products = new CudaProducts(driver, false);
  private Random random = new Random(20);
  private final List<DeviceMemory> memory = new ArrayList<>();
  private final List<Operand> operands = new ArrayList<>();
  private final List<Vector> vectors = new ArrayList<>();

  @AfterEach
  void close() {
    products.close();
    forget();
    driver.close();
  }

  /** Real cards do not tell. */
  private void assertLaunched(String kernel) {
    if (driver instanceof EmulatedDriver emulated) {
      assertThat(emulated.launches(kernel)).as(kernel).isPositive();
    }
  }

  private void forget() {
    memory.forEach(DeviceMemory::close);
    vectors.forEach(v -> v.device.close());
    memory.clear();
    operands.clear();
    vectors.clear();
  }

  /** The same values on the card and in host memory, with what surrounds them. */
  private record Operand(Matrix deviceFrame, Matrix hostFrame, int rows) {
    Matrix device() {
      return deviceFrame.rows(ROWS_AROUND, rows);
    }

    Matrix host() {
      return hostFrame.rows(ROWS_AROUND, rows);
    }
  }

  private record Vector(DeviceDoubles device, HostDoubles host) {}

  private Operand matrix(int rows, int columns) {
    int all = (rows + 2 * ROWS_AROUND) * columns;
    DeviceMemory block = new DeviceMemory(driver, all);
    memory.add(block);
    Storage storage = new Storage(all, "");
    storage.place(block, 0);
    Matrix device = Matrix.over(storage, rows + 2 * ROWS_AROUND, columns);
    Matrix host = Matrix.allocate(DataType.DOUBLE, rows + 2 * ROWS_AROUND, columns);
    double[] values = random.doubles(all, -2, 2).map(v -> (float) v).toArray();
    device.write(values);
    host.write(values);
    operands.add(new Operand(device, host, rows));
    return operands.get(operands.size() - 1);
  }

  private Vector vector(int length) {
    double[] values = random.doubles(length).toArray();
    Vector vector = new Vector(new DeviceDoubles(driver, length), new HostDoubles(values));
    vector.device.write(values);
    vectors.add(vector);
    return vector;
  }

  /** Operands are drawn, worked on, and compared; then again, for the same bits. */
  private void check(Runnable operation) {
    forget();
    random = new Random(20);
    operation.run();
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      compare("matrix " + i, values(operand.deviceFrame), values(operand.hostFrame));
    }
    for (int i = 0; i < vectors.size(); i++) {
      compare("vector " + i, vectors.get(i).device.toDoubles(), vectors.get(i).host.toDoubles());
    }
    List<double[]> first = operands.stream().map(o -> values(o.deviceFrame)).toList();
    forget();
    random = new Random(20);
    operation.run();
    for (int i = 0; i < operands.size(); i++) {
      assertThat(values(operands.get(i).deviceFrame)).isEqualTo(first.get(i));
    }
  }

  private static double[] values(Matrix matrix) {
    double[] values = new double[matrix.rowCount() * matrix.columnCount()];
    matrix.read(values);
    return values;
  }

  private static void compare(String what, double[] got, double[] wanted) {
    double largest = 1;
    double deviation = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      deviation = Math.max(deviation, Math.abs(got[i] - wanted[i]));
    }
    assertThat(deviation)
        .as("deviation of %s, whose values reach %s", what, largest)
        .isLessThan(TOLERANCE * largest);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1", "3, 2, 5", "8, 40, 1001", "70, 130, 300", "600, 400, 2", "16, 16, 4096",
    "16, 160, 1024", "32, 320, 516", "64, 640, 128", "64, 64, 4100", "27, 144, 260", "144, 27, 64",
    "67, 33, 700", "16, 320, 65", "5, 9, 8"
  })
  void products(int m, int k, int n) {
    check(
        () -> {
          Operand a = matrix(m, k);
          Operand b = matrix(k, n);
          for (double keep : new double[] {0, 1, -0.5}) {
            Operand out = matrix(m, n);
            products.product(a.device(), b.device(), out.device(), keep);
            naive.product(a.host(), b.host(), out.host(), keep);
          }
          Operand out = matrix(m, n);
          Vector shift = vector(m);
          products.productAndShift(a.device(), b.device(), shift.device, out.device());
          naive.productAndShift(a.host(), b.host(), shift.host, out.host());
          products.productAndShift(a.device(), b.device(), null, matrix(m, n).device());
          naive.product(a.host(), b.host(), operands.get(operands.size() - 1).host(), 0);
        });
  }

  /** Sums to be computed, on the card and in host memory. */
  private final class Sums {
    private final List<SumOfProducts> device = new ArrayList<>();
    private final List<SumOfProducts> host = new ArrayList<>();

    void add(List<Operand> a, List<Operand> x, Operand out, Vector shift) {
      device.add(
          new SumOfProducts(
              a.stream().map(Operand::device).toList(),
              x.stream().map(Operand::device).toList(),
              out.device(),
              shift == null ? null : shift.device));
      host.add(
          new SumOfProducts(
              a.stream().map(Operand::host).toList(),
              x.stream().map(Operand::host).toList(),
              out.host(),
              shift == null ? null : shift.host));
    }

    void compute() {
      products.productSums(device);
      naive.productSums(host);
    }
  }

  private void checkSums(Consumer<Sums> draw) {
    check(
        () -> {
          Sums sums = new Sums();
          draw.accept(sums);
          sums.compute();
        });
  }

  @ParameterizedTest
  @CsvSource({"16, 1024, 20", "32, 516, 5", "64, 260, 3", "16, 4096, 1", "5, 611, 3"})
  void sumsThatShareATermTakeThePlaceOfTheOther(int rows, int columns, int count) {
    checkSums(
        sums -> {
          Operand shared = matrix(rows, columns);
          for (int i = 0; i < count; i++) {
            Operand own = matrix(rows, columns);
            List<Operand> a = List.of(matrix(rows, rows), matrix(rows, rows));
            sums.add(a, List.of(shared, own), own, i % 2 == 0 ? null : vector(rows));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"3, 611", "16, 612", "70, 611", "70, 640", "300, 611", "64, 64", "65, 8"})
  void aSumTakesThePlaceOfOneOfItsTerms(int rows, int columns) {
    checkSums(
        sums -> {
          Operand x = matrix(rows, columns);
          Operand y = matrix(5, columns);
          Operand z = matrix(rows, columns);
          sums.add(List.of(matrix(rows, 5), matrix(rows, rows)), List.of(y, x), x, vector(rows));
          sums.add(List.of(matrix(rows, rows), matrix(rows, 5)), List.of(z, y), z, null);
        });
  }

  @Test
  void sumsOfOtherHeights() {
    checkSums(
        sums -> {
          Operand x = matrix(19, 100);
          Operand y = matrix(3, 100);
          for (int rows : new int[] {2, 33, 130, 16}) {
            List<Operand> a = List.of(matrix(rows, 19), matrix(rows, 3), matrix(rows, 19));
            sums.add(a, List.of(x, y, x), matrix(rows, 100), vector(rows));
          }
        });
  }

  /** More terms, or sums, than one launch takes. */
  @ParameterizedTest
  @CsvSource({"150, 1", "2, 70", "33, 3"})
  void manySums(int terms, int count) {
    checkSums(
        sums -> {
          List<Operand> x = IntStream.range(0, terms).mapToObj(i -> matrix(3, 40)).toList();
          for (int s = 0; s < count; s++) {
            List<Operand> a = IntStream.range(0, terms).mapToObj(i -> matrix(3, 3)).toList();
            sums.add(a, x, count == 1 ? x.get(terms - 1) : matrix(3, 40), vector(3));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1", "3, 5, 2", "8, 1001, 40", "70, 300, 130", "600, 2, 400", "16, 320, 4096",
    "32, 70, 2052", "64, 200, 1040", "64, 64, 64", "67, 13, 5003", "16, 16, 4096", "17, 129, 96"
  })
  void transposedProducts(int m, int n, int columns) {
    check(
        () -> {
          Operand a = matrix(m, columns);
          Operand b = matrix(n, columns);
          Operand out = matrix(m, n);
          products.productTransposed(a.device(), b.device(), out.device(), 0.01, null);
          naive.productTransposed(a.host(), b.host(), out.host(), 0.01, (Doubles) null);
          Operand more = matrix(m, n);
          Vector means = vector(m);
          products.productTransposed(a.device(), b.device(), more.device(), -2, means.device);
          naive.productTransposed(a.host(), b.host(), more.host(), -2, means.host);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 1",
    "2, 1, 5003",
    "16, 3, 4096",
    "16, 70, 64",
    "32, 2, 1028",
    "64, 2, 517",
    "64, 3, 1024",
    "130, 2, 300",
    "7, 1, 20003"
  })
  void symmetricProducts(int rows, int count, int columns) {
    check(
        () -> {
          List<Operand> x = IntStream.range(0, count).mapToObj(i -> matrix(rows, columns)).toList();
          List<Operand> out = IntStream.range(0, count).mapToObj(i -> matrix(rows, rows)).toList();
          products.symmetricProducts(
              x.stream().map(Operand::device).toList(),
              out.stream().map(Operand::device).toList(),
              0.01);
          for (int i = 0; i < count; i++) {
            naive.symmetricProduct(x.get(i).host(), out.get(i).host(), 0.01);
          }
          Operand single = matrix(rows, rows);
          products.symmetricProduct(x.get(0).device(), single.device(), 0.01);
          naive.symmetricProduct(x.get(0).host(), single.host(), 0.01);
        });
  }

  /** The emulator's do not round. */
  @ParameterizedTest
  @CsvSource({"16, 40, 520", "32, 100, 260", "64, 520, 68", "13, 27, 132"})
  void onTensorCores(int m, int k, int n) {
    products.close();
    products = new CudaProducts(driver, true);
    products(m, k, n);
    int rows = m < 16 ? 16 : m;
    assertLaunched("product_sums_" + rows + "_tf32");
  }

  @Test
  void sumsOnTensorCores() {
    products.close();
    products = new CudaProducts(driver, true);
    sumsThatShareATermTakeThePlaceOfTheOther(16, 1024, 3);
    sumsThatShareATermTakeThePlaceOfTheOther(32, 36, 2);
    sumsOfOtherHeights();
  }

  @Test
  void transposedProductsOnTensorCores() {
    products.close();
    products = new CudaProducts(driver, true);
    transposedProducts(16, 130, 260);
    transposedProducts(30, 20, 67);
    transposedProducts(64, 70, 96);
    symmetricProducts(16, 3, 516);
    symmetricProducts(31, 2, 261);
    symmetricProducts(64, 2, 132);
    for (int rows : new int[] {16, 32, 64}) {
      assertLaunched("transposed_product_" + rows + "_tf32");
      assertLaunched("symmetric_products_" + rows + "_tf32");
    }
  }
}
