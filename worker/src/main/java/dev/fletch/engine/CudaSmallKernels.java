package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** {@link SmallKernels} on a card. */
final class CudaSmallKernels implements SmallKernels, AutoCloseable {
  private static final int THREADS = 128;

  private final Driver driver;
  private final List<CudaClosedForm> closedForms = new ArrayList<>();
  private final CudaScratch errors;
  private final CudaScratch lengths;

  CudaSmallKernels(Driver driver) {
    this.driver = driver;
    this.errors = new CudaScratch(driver);
    this.lengths = new CudaScratch(driver);
  }

  private static long at(Doubles doubles, int at) {
    return ((DeviceDoubles) doubles).address(at);
  }

  /** A thread for each of {@code n}, up to some for each of the card's processors. */
  private Grid grid(int n) {
    return Grid.of(
        Math.max(1, Math.min(8 * driver.multiprocessors(), (n + THREADS - 1) / THREADS)), THREADS);
  }

  /** Exactly a thread for each of {@code n}, and some that have nothing to do. */
  private static Grid threads(int n) {
    return Grid.of((n + THREADS - 1) / THREADS, THREADS);
  }

  private static int count(Matrix matrix) {
    return matrix.rowCount() * matrix.columnCount();
  }

  @Override
  public ClosedForm closedForm(List<NormalizedProduct> products, List<RowFactor> factors) {
    CudaClosedForm made = new CudaClosedForm(driver, products, factors);
    closedForms.add(made);
    return made;
  }

  @Override
  public void copy(Doubles from, int at, Matrix to) {
    driver.launch(
        "doubles_to_floats",
        grid(count(to)),
        new Arguments().address(at(from, at)).address(to.address()).number(count(to)));
  }

  @Override
  public void copyTransposed(Doubles from, int at, int rows, Matrix to, int column) {
    int inputs = to.rowCount();
    driver.launch(
        "transposed_to_floats",
        grid(rows * inputs),
        new Arguments()
            .address(at(from, at))
            .number(rows)
            .number(inputs)
            .address(to.address())
            .number(to.columnCount())
            .number(column));
  }

  @Override
  public void copy(Doubles from, int at, Doubles to, int toAt, int n) {
    driver.launch(
        "copy_doubles",
        grid(n),
        new Arguments().address(at(from, at)).address(at(to, toAt)).number(n));
  }

  @Override
  public void add(Matrix from, Doubles to, int at) {
    driver.launch(
        "add_floats",
        grid(count(from)),
        new Arguments().address(from.address()).address(at(to, at)).number(count(from)));
  }

  @Override
  public void addScaled(Doubles from, int at, double by, Doubles to, int toAt, int n) {
    driver.launch(
        "add_scaled_doubles",
        grid(n),
        new Arguments().address(at(from, at)).number(by).address(at(to, toAt)).number(n));
  }

  @Override
  public void multiply(Doubles matrix, int at, int rows, Doubles x, Doubles out, int outAt) {
    driver.launch(
        "multiply_vector",
        threads(rows),
        new Arguments()
            .address(at(matrix, at))
            .number(rows)
            .number(x.length())
            .address(at(x, 0))
            .address(at(out, outAt)));
  }

  @Override
  public void noteStatistics(
      NormRows of,
      Doubles means,
      Doubles variances,
      Doubles taken,
      int columns,
      Doubles scale,
      Doubles statistics) {
    driver.launch(
        "note_statistics",
        threads(of.count()),
        new Arguments()
            .address(at(means, of.first()))
            .address(at(variances, of.first()))
            .address(taken == null ? 0 : at(taken, of.first()))
            .number(of.count())
            .number(columns)
            .address(at(scale, of.first()))
            .address(at(statistics, of.means()))
            .address(at(statistics, of.variances())));
  }

  @Override
  public void foldStatistics(NormRows of, Doubles statistics, Doubles gamma, Doubles beta) {
    driver.launch(
        "fold_statistics",
        threads(of.count()),
        new Arguments()
            .address(at(statistics, of.means()))
            .address(at(statistics, of.variances()))
            .address(at(gamma, of.first()))
            .address(at(beta, of.first()))
            .number(of.count()));
  }

  @Override
  public void classify(
      Classifier of, Doubles weights, Doubles pooled, int examples, Doubles logits) {
    driver.launch(
        "classify",
        grid(examples * of.classes()),
        new Arguments()
            .address(at(weights, of.weight()))
            .address(at(weights, of.bias()))
            .address(at(pooled, 0))
            .number(of.channels())
            .number(of.classes())
            .number(examples)
            .address(at(logits, 0)));
  }

  @Override
  public void classifyBackward(
      Classifier of,
      Pass pass,
      Doubles pooled,
      Doubles logits,
      Doubles labels,
      Examples examples,
      Doubles perColumn) {
    int count = examples.count();
    long error = errors.address((long) logits.length() * Double.BYTES);
    driver.launch(
        "classify_errors",
        threads(count),
        new Arguments()
            .address(at(logits, 0))
            .address(at(labels, 0))
            .number(of.classes())
            .number(count)
            .number(of.lossWeight())
            .number(of.smoothing())
            .address(error));
    if (pass.wantsWeights()) {
      driver.launch(
          "classify_weights",
          grid(of.classes() * (of.channels() + 1)),
          new Arguments()
              .address(error)
              .address(at(pooled, 0))
              .number(of.channels())
              .number(of.classes())
              .number(count)
              .address(at(pass.weightGradient(), of.weight()))
              .address(at(pass.weightGradient(), of.bias())));
    }
    driver.launch(
        "classify_inputs",
        grid(of.channels() * count),
        new Arguments()
            .address(error)
            .address(at(pass.weights(), of.weight()))
            .number(of.channels())
            .number(of.classes())
            .number(count)
            .number(examples.length(0))
            .address(lengths(examples))
            .address(at(perColumn, 0)));
  }

  /** The length of each example on the card; 0 if all have the same. */
  private long lengths(Examples examples) {
    int count = examples.count();
    if (IntStream.range(0, count).allMatch(n -> examples.length(n) == examples.length(0))) {
      return 0;
    }
    long address = lengths.address((long) count * Integer.BYTES);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(count * Integer.BYTES).order(ByteOrder.nativeOrder());
    for (int n = 0; n < count; n++) {
      bytes.putInt(examples.length(n));
    }
    driver.upload(address, bytes.flip());
    return address;
  }

  @Override
  public void close() {
    closedForms.forEach(CudaClosedForm::close);
    errors.close();
    lengths.close();
  }
}
