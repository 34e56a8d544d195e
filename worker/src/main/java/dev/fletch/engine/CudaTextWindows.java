package dev.fletch.engine;

import static dev.fletch.engine.CudaCentring.divided;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;

/** Slides windows over texts on a card. */
final class CudaTextWindows implements AutoCloseable {
  private static final int NUMBERS = 6;
  private static final int THREADS = 256;

  private final Driver driver;
  private final CudaScratch scratch;
  private final CudaTexts texts;

  CudaTextWindows(Driver driver, CudaScratch scratch) {
    this.driver = driver;
    this.scratch = scratch;
    this.texts = new CudaTexts(driver);
  }

  /** Where the texts lie, and how the window slides over them. */
  private Arguments window(Arguments arguments, SequenceWindow w, int kernel, int first) {
    int[] numbers = {
      w.in().columns(), w.out().columns(), kernel, w.stride(), w.dilation(), first,
    };
    return arguments
        .address(texts.places(w.in()))
        .address(texts.places(w.out()))
        .number(w.in().examples())
        .numbers(numbers, NUMBERS);
  }

  private Arguments window(Arguments arguments, SequenceWindow w) {
    return window(arguments, w, w.kernel(), -w.padding());
  }

  private static long at(Doubles weights, int offset) {
    return weights == null ? 0 : ((DeviceDoubles) weights).address(offset);
  }

  private CudaCentring centring(Matrix out, Doubles means) {
    return CudaCentring.of(out.rowCount(), out.columnCount(), 1, means, scratch);
  }

  void depthwise(
      Matrix x, SequenceWindow w, Doubles weights, int offset, Matrix out, Doubles means) {
    CudaCentring centring = centring(out, means);
    Arguments arguments =
        new Arguments()
            .address(x.address())
            .address(at(weights, offset))
            .address(out.address())
            .address(centring.sums())
            .address(centring.means());
    driver.launch("text_depthwise", centring.grid(), window(arguments, w));
    centring.finish(driver, out);
  }

  void depthwiseBackward(
      Matrix x,
      SequenceWindow w,
      Doubles weights,
      int offset,
      Matrix dout,
      Matrix dx,
      boolean adds,
      Doubles dweights) {
    int inputs = dx == null ? 0 : divided(x.columnCount(), THREADS);
    int blocks = inputs + (dweights == null ? 0 : w.taps());
    if (blocks == 0) {
      return;
    }
    Arguments arguments =
        new Arguments()
            .address(x.address())
            .address(at(weights, offset))
            .address(dout.address())
            .address(dx == null ? 0 : dx.address())
            .number(adds ? 1 : 0)
            .address(at(dweights, offset));
    driver.launch(
        "text_depthwise_backward",
        Grid.of(blocks, x.rowCount(), THREADS),
        window(arguments, w).number(inputs));
  }

  void gather(Matrix x, SequenceWindow w, int shift, boolean relu, Matrix out, Doubles means) {
    CudaCentring centring = centring(out, means);
    Arguments arguments =
        new Arguments()
            .address(x.address())
            .address(out.address())
            .address(centring.sums())
            .address(centring.means())
            .number(relu ? 1 : 0);
    driver.launch("text_pick", centring.grid(), window(arguments, w, 1, shift));
    centring.finish(driver, out);
  }

  void gatherBackward(
      Matrix x, SequenceWindow w, int shift, boolean relu, Matrix dout, Matrix dx, boolean adds) {
    Arguments arguments =
        new Arguments()
            .address(x.address())
            .address(dout.address())
            .address(dx.address())
            .number(relu ? 1 : 0)
            .number(adds ? 1 : 0);
    launch("text_pick_backward", dx, window(arguments, w, 1, shift));
  }

  /** A thread for each value of a matrix. */
  private void launch(String kernel, Matrix each, Arguments arguments) {
    int blocks = divided(each.columnCount(), THREADS);
    driver.launch(kernel, Grid.of(blocks, each.rowCount(), THREADS), arguments);
  }

  void maxPool(Matrix x, SequenceWindow w, Matrix out) {
    Arguments arguments = new Arguments().address(x.address()).address(out.address());
    launch("text_max_pool", out, window(arguments, w));
  }

  void maxPoolBackward(Matrix x, SequenceWindow w, Matrix dout, Matrix dx) {
    Arguments arguments =
        new Arguments().address(x.address()).address(dout.address()).address(dx.address());
    launch("text_max_pool_backward", dx, window(arguments, w));
  }

  void averagePool(Matrix x, SequenceWindow w, Matrix out) {
    Arguments arguments = new Arguments().address(x.address()).address(out.address());
    launch("text_average_pool", out, window(arguments, w));
  }

  void averagePoolBackward(SequenceWindow w, Matrix dout, Matrix dx) {
    Arguments arguments = new Arguments().address(dout.address()).address(dx.address());
    launch("text_average_pool_backward", dx, window(arguments, w));
  }

  @Override
  public void close() {
    texts.close();
  }
}
