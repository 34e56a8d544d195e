package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.util.List;

/**
 * The part of the kernels on a card that works on rows whatever pixels they hold: means, batch
 * norm, sums.
 */
abstract class CudaRowKernels extends CudaWindowKernels {
  /** Threads of a block that works on a piece of a row. */
  static final int THREADS = 256;

  /** Values that such a block passes over. */
  static final int PASSED = 8 * THREADS;

  /** Values that such a block sums. */
  static final int HELD = 16 * THREADS;

  private static final int MOST_THREADS = 1024;

  /** The longest row that one block holds. */
  private static final int LONGEST = 16 * MOST_THREADS;

  private final CudaScratch scratch;
  private final CudaSums sums;

  CudaRowKernels(Driver driver) {
    super(driver);
    this.scratch = new CudaScratch(driver);
    this.sums = new CudaSums(driver, scratch);
  }

  /** Gives back what these operations hold of the card's memory. */
  final void closeRows() {
    scratch.close();
  }

  /** What an operation may use as long as it lasts. */
  final CudaScratch scratch() {
    return scratch;
  }

  static int divided(long work, int parts) {
    return Math.toIntExact((work + parts - 1) / parts);
  }

  /** How many values there are. */
  static long values(Matrix x) {
    return (long) x.rowCount() * x.columnCount();
  }

  /** The address of the first number; 0 for none. */
  static long at(Doubles numbers) {
    return numbers == null ? 0 : ((DeviceDoubles) numbers).address(0);
  }

  /** A block for each row. */
  private static Grid rows(Matrix x) {
    return Grid.of(x.rowCount(), x.columnCount() <= HELD ? THREADS : MOST_THREADS);
  }

  /** A block for each piece of each row. */
  private static Grid pieces(Matrix x, int pieces) {
    return Grid.of(Math.multiplyExact(x.rowCount(), pieces), THREADS);
  }

  /** Room for two sums of each piece. */
  private long sumsOf(Matrix x, int pieces) {
    return scratch.sums(Math.multiplyExact(2 * pieces, x.rowCount()));
  }

  @Override
  public void zero(Matrix x) {
    driver().clear(x.address(), values(x) * Float.BYTES);
  }

  @Override
  public void copy(Matrix x, Matrix y) {
    if (x.address() != y.address()) {
      driver().copy(x.address(), y.address(), values(x) * Float.BYTES);
    }
  }

  @Override
  public void rowMeans(Matrix x, Doubles means) {
    driver()
        .launch(
            "row_means",
            rows(x),
            new Arguments().address(x.address()).number(x.columnCount()).address(at(means)));
  }

  @Override
  public void rowDots(Matrix x, Matrix y, Doubles dots) {
    driver()
        .launch(
            "row_dots",
            rows(x),
            new Arguments()
                .address(x.address())
                .address(y.address())
                .number(x.columnCount())
                .address(at(dots)));
  }

  @Override
  public void centreRows(Matrix x, Doubles means) {
    batchNorm(x, 0, null, null, means, null, x);
  }

  @Override
  public void normalizeRows(Matrix x, double epsilon, Doubles means, Doubles variances) {
    batchNorm(x, epsilon, null, null, means, variances, x);
  }

  @Override
  public void batchNorm(
      Matrix x,
      double epsilon,
      Doubles gamma,
      Doubles beta,
      Doubles means,
      Doubles variances,
      Matrix out) {
    int columns = x.columnCount();
    Arguments arguments = new Arguments().address(x.address()).number(columns);
    int pieces = divided(columns, HELD);
    boolean fits = columns <= LONGEST;
    if (!fits) {
      long moments = sumsOf(x, pieces);
      driver()
          .launch(
              "piece_moments",
              pieces(x, pieces),
              new Arguments().address(x.address()).number(columns).number(pieces).address(moments));
      arguments.number(pieces).address(moments);
    }
    arguments
        .number(epsilon)
        .address(at(gamma))
        .address(at(beta))
        .address(at(means))
        .address(at(variances))
        .address(out.address());
    driver()
        .launch(
            fits ? "normalize_rows" : "normalize_pieces",
            fits ? rows(x) : pieces(x, pieces),
            arguments);
  }

  @Override
  public void normalizeRowsBackward(Matrix y, Doubles scale, Matrix gradient) {
    batchNormBackward(y, null, scale, null, gradient, gradient, null, null);
  }

  @Override
  public void batchNormBackward(
      Matrix x,
      Doubles means,
      Doubles scale,
      Doubles gamma,
      Matrix dout,
      Matrix dx,
      Doubles dgamma,
      Doubles dbeta) {
    int columns = x.columnCount();
    Arguments arguments = new Arguments().address(x.address()).number(columns);
    int pieces = divided(columns, HELD);
    boolean fits = columns <= LONGEST;
    if (!fits) {
      long products = sumsOf(x, pieces);
      driver()
          .launch(
              "piece_products",
              pieces(x, pieces),
              new Arguments()
                  .address(x.address())
                  .number(columns)
                  .number(pieces)
                  .address(at(means))
                  .address(dout.address())
                  .address(products));
      arguments.number(pieces).address(products);
    }
    arguments
        .address(at(means))
        .address(at(scale))
        .address(at(gamma))
        .address(dout.address())
        .address(dx.address())
        .address(at(dgamma))
        .address(at(dbeta))
        .number(1.0 / columns);
    driver()
        .launch(
            fits ? "rows_backward" : "pieces_backward",
            fits ? rows(x) : pieces(x, pieces),
            arguments);
  }

  @Override
  public void scaleRows(Matrix x, Doubles scale, Doubles shift, Matrix y) {
    int pieces = divided(x.columnCount(), PASSED);
    driver()
        .launch(
            "scale_rows",
            pieces(x, pieces),
            new Arguments()
                .address(x.address())
                .number(x.columnCount())
                .number(pieces)
                .address(at(scale))
                .address(at(shift))
                .address(y.address()));
  }

  @Override
  public void addScaledRows(Matrix x, Doubles scale, Matrix y) {
    int pieces = divided(x.columnCount(), PASSED);
    driver()
        .launch(
            "add_scaled_rows",
            pieces(x, pieces),
            new Arguments()
                .address(x.address())
                .number(x.columnCount())
                .number(pieces)
                .address(at(scale))
                .address(y.address()));
  }

  @Override
  public void addScaled(Matrix x, double scale, Matrix y) {
    driver()
        .launch(
            "add_scaled",
            Grid.of(divided(values(x), PASSED), THREADS),
            new Arguments()
                .address(x.address())
                .number(values(x))
                .number((float) scale)
                .address(y.address()));
  }

  @Override
  public void addWeighted(List<Matrix> terms, Factors factors, Matrix out) {
    sums.add(terms, factors, out);
  }

  @Override
  public void addWeightedBackward(
      Matrix dout, List<Matrix> terms, Factors factors, List<Matrix> dterms, Doubles dfactors) {
    sums.addBackward(dout, terms, factors, dterms, dfactors);
  }

  @Override
  public void shuffle(Matrix mixed, List<Matrix> bypasses, Factors factors, Matrix out) {
    sums.shuffle(mixed, bypasses, factors, out);
  }

  @Override
  public void shuffleBackward(
      Matrix dout,
      Matrix dmixed,
      List<Matrix> bypasses,
      Factors factors,
      List<Matrix> dbypasses,
      Doubles dfactors) {
    sums.shuffleBackward(dout, dmixed, bypasses, factors, dbypasses, dfactors);
  }
}
