package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;

/**
 * The part of the kernels on a card that works on single elements, and on whole examples wherever
 * their columns lie.
 */
abstract class CudaTextKernels extends CudaRowKernels {
  /** Positions and channels that a block of an embedding turns round. */
  private static final int TURNED = 32;

  private final CudaTables tables;
  private final CudaAttention attention;

  CudaTextKernels(Driver driver) {
    super(driver);
    this.tables = new CudaTables(driver);
    this.attention = new CudaAttention(driver, scratch());
  }

  /** Gives back what these operations hold of the card's memory. */
  final void closeTexts() {
    tables.close();
  }

  private CudaExamples on(Examples examples) {
    return CudaExamples.of(examples, tables);
  }

  /** All values of a matrix, whatever row they lie in. */
  private void launchFlat(String kernel, Matrix of, Arguments arguments) {
    driver().launch(kernel, Grid.of(divided(values(of), PASSED), THREADS), arguments);
  }

  @Override
  public void apply(ElementFunction f, Matrix x, Matrix y) {
    launchFlat(
        "apply_function",
        x,
        new Arguments()
            .number(f.ordinal())
            .address(x.address())
            .number(values(x))
            .address(y.address()));
  }

  @Override
  public void applyBackward(ElementFunction f, Matrix x, Matrix dy, Matrix dx, boolean adds) {
    launchFlat(
        "apply_function_backward",
        x,
        new Arguments()
            .number(f.ordinal())
            .address(x.address())
            .address(dy.address())
            .number(values(x))
            .number(adds ? 1 : 0)
            .address(dx.address()));
  }

  @Override
  public void multiplyElements(Matrix x, Matrix y, Matrix out, boolean adds) {
    launchFlat(
        "multiply_elements",
        x,
        new Arguments()
            .address(x.address())
            .address(y.address())
            .number(values(x))
            .number(adds ? 1 : 0)
            .address(out.address()));
  }

  @Override
  public void exampleMeans(Matrix x, Examples examples, Doubles means) {
    driver()
        .launch(
            "example_means",
            Grid.of(x.rowCount(), THREADS),
            on(examples)
                .addTo(new Arguments().address(x.address()))
                .number(x.columnCount())
                .address(at(means)));
  }

  @Override
  public void addToExamples(Doubles values, Examples examples, Matrix x) {
    CudaExamples of = on(examples);
    driver()
        .launch(
            "add_to_examples",
            of.grid(x.rowCount()),
            of.addLanesTo(new Arguments().address(at(values)))
                .number(x.rowCount())
                .number(x.columnCount())
                .address(x.address()));
  }

  @Override
  public void scaleExamples(Matrix x, Doubles factors, Examples examples, Matrix y, boolean adds) {
    CudaExamples of = on(examples);
    driver()
        .launch(
            "scale_examples",
            of.grid(x.rowCount()),
            of.addLanesTo(new Arguments().address(x.address()).address(at(factors)))
                .number(x.rowCount())
                .number(x.columnCount())
                .number(adds ? 1 : 0)
                .address(y.address()));
  }

  @Override
  public void dropElements(Matrix x, ElementDropout dropout, Matrix y) {
    drop(x, dropout, y, false);
  }

  @Override
  public void dropElementsBackward(Matrix dy, ElementDropout dropout, Matrix dx) {
    drop(dy, dropout, dx, true);
  }

  /** What is dropped, of a matrix. */
  private Arguments dropped(Matrix x, ElementDropout dropout) {
    return new Arguments()
        .address(x.address())
        .address(tables.keys(dropout.keys()))
        .number(dropout.threshold())
        .number(dropout.dropsWholeChannels() ? 1 : 0);
  }

  private void drop(Matrix x, ElementDropout dropout, Matrix y, boolean adds) {
    CudaExamples of = on(dropout.examples());
    driver()
        .launch(
            "drop_elements",
            of.grid(x.rowCount()),
            of.addLanesTo(dropped(x, dropout).number((float) dropout.kept()))
                .number(x.rowCount())
                .number(x.columnCount())
                .number(adds ? 1 : 0)
                .address(y.address()));
  }

  @Override
  public void replaceWords(Matrix x, ElementDropout dropout, int replacement, Matrix y) {
    CudaExamples of = on(dropout.examples());
    driver()
        .launch(
            "replace_words",
            of.grid(1),
            of.addLanesTo(dropped(x, dropout).number(replacement))
                .number(x.columnCount())
                .address(y.address()));
  }

  @Override
  public void embed(Matrix words, Doubles table, int offset, Matrix out) {
    int positions = words.columnCount();
    driver()
        .launch(
            "embed_words",
            Grid.of(divided(positions, TURNED), divided(out.rowCount(), TURNED), THREADS),
            new Arguments()
                .address(words.address())
                .number(positions)
                .address(((DeviceDoubles) table).address(offset))
                .number(out.rowCount())
                .address(out.address()));
  }

  @Override
  public void embedBackward(Matrix words, Matrix dout, Doubles dtable, int offset) {
    int positions = words.columnCount();
    driver()
        .launch(
            "embed_words_backward",
            Grid.of(positions, THREADS),
            new Arguments()
                .address(words.address())
                .number(positions)
                .address(dout.address())
                .number(dout.rowCount())
                .address(((DeviceDoubles) dtable).address(offset)));
  }

  @Override
  public void attend(Matrix x, Examples examples, int heads, Matrix out) {
    attention.forward(x, on(examples), heads, out);
  }

  @Override
  public void attendBackward(Matrix x, Examples examples, int heads, Matrix dout, Matrix dx) {
    attention.backward(x, on(examples), heads, dout, dx);
  }
}
