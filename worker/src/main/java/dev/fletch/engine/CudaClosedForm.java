package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** {@link ClosedForm} on a card: a block of threads a convolution. */
final class CudaClosedForm extends ClosedForm implements AutoCloseable {
  /** Convolutions of a launch: as many as the kernels' structures hold. */
  private static final int MOST = 64;

  /** Rows that a kernel has room for. */
  private static final int MOST_ROWS = 1024;

  private static final int THREADS = 256;

  private final Driver driver;
  private final int rows;
  private final int inputs;
  private final RowFactor.Where where;
  private final long places;
  private final DeviceDoubles product;
  private final DeviceDoubles scale;
  private final DeviceDoubles projection;

  CudaClosedForm(Driver driver, List<NormalizedProduct> products, List<RowFactor> factors) {
    super(products, factors);
    this.driver = driver;
    this.rows = products.get(0).rows();
    this.inputs = products.get(0).inputs();
    this.where = factors.get(0).in();
    if (rows > MOST_ROWS || factors.stream().anyMatch(factor -> factor.in() != where)) {
      throw new IllegalArgumentException(
          "A card computes closed forms of up to %d rows with factors of one kind, got %s, %s"
              .formatted(MOST_ROWS, products.get(0), factors));
    }
    int count = products.size();
    this.places = driver.allocate(4L * count * Integer.BYTES);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(4 * count * Integer.BYTES).order(ByteOrder.nativeOrder());
    for (ToIntFunction<NormalizedProduct> place :
        List.<ToIntFunction<NormalizedProduct>>of(
            NormalizedProduct::weight,
            NormalizedProduct::statistics,
            NormalizedProduct::variances)) {
      products.forEach(of -> bytes.putInt(place.applyAsInt(of)));
    }
    factors.forEach(factor -> bytes.putInt(factor.at()));
    driver.upload(places, bytes.flip());
    this.product = new DeviceDoubles(driver, count * rows * inputs);
    this.scale = new DeviceDoubles(driver, count * rows);
    this.projection = new DeviceDoubles(driver, count * rows);
  }

  /** The arguments that all kernels begin with. */
  private Arguments arguments() {
    long array = (long) count() * Integer.BYTES;
    long[] at = {places, places + array, places + 2 * array, places + 3 * array};
    return new Arguments()
        .structure(at, where.ordinal(), rows, inputs)
        .addresses(new long[] {product.address(0), scale.address(0), projection.address(0)}, 3);
  }

  private static Arguments vectors(Pass pass, Arguments arguments) {
    return arguments.address(at(pass.weights())).address(at(pass.mixing()));
  }

  private static long at(Doubles doubles) {
    return doubles == null ? 0 : ((DeviceDoubles) doubles).address(0);
  }

  private interface Part {
    void launch(int[] present);
  }

  private static void forEachPart(int[] present, Part part) {
    for (int i = 0; i < present.length; i += MOST) {
      part.launch(Arrays.copyOfRange(present, i, Math.min(present.length, i + MOST)));
    }
  }

  /** Where the matrix of each convolution starts behind that of the one before. */
  private int start(Layout layout) {
    return count() == 1 ? 0 : start(1, layout);
  }

  @Override
  public void forward(
      Pass pass,
      int[] present,
      Matrix covariances,
      List<Doubles> means,
      int columns,
      Matrix folded,
      Layout layout) {
    forEachPart(
        present,
        part -> {
          Arguments arguments = vectors(pass, arguments().numbers(part, MOST));
          if (pass.training()) {
            long[] of = Arrays.stream(part).mapToLong(i -> at(means.get(i))).toArray();
            arguments
                .address(covariances.address())
                .addresses(of, MOST)
                .number(columns)
                .address(at(pass.batchStatistics()));
          } else {
            arguments.address(at(pass.runningStatistics()));
          }
          driver.launch(
              pass.training() ? "closed_form_forward" : "closed_form_evaluate",
              Grid.of(part.length, THREADS),
              arguments.address(folded.address()).number(start(layout)).number(stride(layout)));
        });
  }

  @Override
  public void addShifts(Pass pass, int[] present, Doubles shifts, int at) {
    forEachPart(
        present,
        part ->
            driver.launch(
                "closed_form_shifts",
                Grid.of((rows + THREADS - 1) / THREADS, THREADS),
                vectors(pass, arguments().numbers(part, MOST).number(part.length))
                    .address(at(pass.runningStatistics()))
                    .address(((DeviceDoubles) shifts).address(at))));
  }

  @Override
  public void backward(
      Pass pass,
      int[] present,
      Matrix moments,
      Layout layout,
      int columns,
      Matrix ofOutput,
      Matrix ofInput) {
    backward(pass, present, moments, layout, columns, 0, ofOutput, ofInput);
  }

  @Override
  public void backwardInEvaluation(
      Pass pass,
      int[] present,
      Matrix moments,
      Layout layout,
      int columns,
      Doubles means,
      int at,
      Matrix ofOutput) {
    long first = ((DeviceDoubles) means).address(at);
    backward(pass, present, moments, layout, columns, first, ofOutput, null);
  }

  /**
   * @param means 0 in training
   */
  private void backward(
      Pass pass,
      int[] present,
      Matrix moments,
      Layout layout,
      int columns,
      long means,
      Matrix ofOutput,
      Matrix ofInput) {
    forEachPart(
        present,
        part ->
            driver.launch(
                "closed_form_backward",
                Grid.of(part.length, THREADS),
                vectors(pass, arguments().numbers(part, MOST))
                    .address(moments.address())
                    .number(start(layout))
                    .number(stride(layout))
                    .number(columns)
                    .address(pass.wantsWeights() ? at(pass.weightGradient()) : 0)
                    .address(at(pass.mixingGradient()))
                    .address(at(pass.runningStatistics()))
                    .address(means)
                    .address(ofOutput == null ? 0 : ofOutput.address())
                    .address(ofInput == null ? 0 : ofInput.address())));
  }

  @Override
  public void gradientOfOutput(Pass pass, Matrix ofOutput) {
    driver.launch(
        "closed_form_turned",
        Grid.of(count(), THREADS),
        vectors(pass, arguments()).address(ofOutput.address()));
  }

  @Override
  public void shiftsOfInput(Pass pass, Doubles means, Doubles shifts) {
    driver.launch(
        "closed_form_input_shifts",
        Grid.of((inputs + THREADS - 1) / THREADS, THREADS),
        vectors(pass, arguments()).address(at(means)).address(at(shifts)));
  }

  @Override
  public void close() {
    driver.free(places);
    product.close();
    scale.close();
    projection.close();
  }
}
