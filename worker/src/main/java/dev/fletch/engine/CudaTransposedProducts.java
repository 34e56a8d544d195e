package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.util.List;

/**
 * Launches the kernels for products with a transposed matrix. The columns, over which they sum, are
 * cut into parts whose length depends on the shapes; a second kernel adds the parts, in double
 * precision.
 */
final class CudaTransposedProducts {
  private static final int THREADS = 256;

  /** What the kernels' arguments hold. */
  private static final int MOST_MATRICES = 64;

  /** Columns of which a thread has a sum in single precision. */
  private static final int MOST_COLUMNS_OF_THREAD = 256;

  private static final int MOST_ROWS = 64;

  /** Blocks that keep a large card busy; those of few rows are small. */
  private static final int ENOUGH_BLOCKS = 264;

  private static final int ENOUGH_SMALL_BLOCKS = 528;

  private static final int SMALL_ROWS = 16;
  private static final int VECTOR_BYTES = 16;

  private final Driver driver;
  private final CudaScratch scratch;
  private final String suffix;

  CudaTransposedProducts(Driver driver, CudaScratch scratch, boolean tf32) {
    this.driver = driver;
    this.scratch = scratch;
    this.suffix = tf32 ? "_tf32" : "";
  }

  /**
   * What a block computes.
   *
   * @param rows of the left matrix
   * @param others rows of the right one
   * @param slices threads that share a sum
   * @param piece columns that are worked on together
   */
  private record Tile(int rows, int others, int slices, int piece) {
    private static final List<Tile> OF_TWO =
        List.of(new Tile(16, 128, 4, 32), new Tile(32, 128, 4, 32), new Tile(64, 64, 4, 32));
    private static final List<Tile> OF_ONE =
        List.of(new Tile(16, 16, 16, 256), new Tile(32, 32, 16, 128), new Tile(64, 64, 4, 64));

    /** The smallest that has all rows, or else the largest. */
    static Tile of(List<Tile> tiles, int rows) {
      return tiles.stream().filter(t -> t.rows >= rows).findFirst().orElse(tiles.get(2));
    }

    /** How many columns a block sums, if the others of its kind are {@code tiles}. */
    int length(int columns, int tiles) {
      int enough = rows == SMALL_ROWS ? ENOUGH_SMALL_BLOCKS : ENOUGH_BLOCKS;
      int parts = Math.max(1, enough / tiles);
      int length = Math.min(slices * MOST_COLUMNS_OF_THREAD, (columns + parts - 1) / parts);
      return (length + piece - 1) / piece * piece;
    }
  }

  private static int parts(int columns, int length) {
    return (columns + length - 1) / length;
  }

  /** out = scale * a b', and the means of a's rows unless {@code means} is null. */
  void product(Matrix a, Matrix b, Matrix out, double scale, Doubles means) {
    int m = a.rowCount();
    int n = b.rowCount();
    int columns = a.columnCount();
    Tile tile = Tile.of(Tile.OF_TWO, m);
    int rowTiles = (m + tile.rows() - 1) / tile.rows();
    int otherTiles = (n + tile.others() - 1) / tile.others();
    int length = tile.length(columns, rowTiles * otherTiles);
    int parts = parts(columns, length);
    long products = (long) parts * m * n;
    long sums = scratch.address((products + (long) parts * m) * Float.BYTES);
    long rowSums = means == null ? 0 : sums + products * Float.BYTES;
    driver.launch(
        "transposed_product_" + tile.rows() + suffix,
        new Grid(parts, otherTiles, rowTiles, THREADS, 0),
        new Arguments()
            .address(a.address())
            .address(b.address())
            .number(m)
            .number(n)
            .number(columns)
            .number(length)
            .number(isAligned(columns, a.address() | b.address()))
            .address(sums)
            .address(rowSums));
    long meansAt = means == null ? 0 : ((DeviceDoubles) means).address(0);
    addParts(sums, parts, m * n, List.of(out), scale, rowSums, m, columns, meansAt);
  }

  /** out[i] = scale * x[i] x[i]'. */
  void symmetric(List<Matrix> x, List<Matrix> out, double scale) {
    if (x.get(0).rowCount() > MOST_ROWS) {
      for (int i = 0; i < x.size(); i++) {
        product(x.get(i), x.get(i), out.get(i), scale, null);
      }
      return;
    }
    for (int from = 0; from < x.size(); from += MOST_MATRICES) {
      int to = Math.min(x.size(), from + MOST_MATRICES);
      symmetricTogether(x.subList(from, to), out.subList(from, to), scale);
    }
  }

  private void symmetricTogether(List<Matrix> x, List<Matrix> out, double scale) {
    int m = x.get(0).rowCount();
    int columns = x.get(0).columnCount();
    Tile tile = Tile.of(Tile.OF_ONE, m);
    int length = tile.length(columns, x.size());
    int parts = parts(columns, length);
    long sums = scratch.address((long) x.size() * parts * m * m * Float.BYTES);
    long[] addresses = addresses(x);
    long all = 0;
    for (long address : addresses) {
      all |= address;
    }
    driver.launch(
        "symmetric_products_" + tile.rows() + suffix,
        Grid.of(parts, x.size(), THREADS),
        new Arguments()
            .addresses(addresses, MOST_MATRICES)
            .number(m)
            .number(columns)
            .number(length)
            .number(isAligned(columns, all))
            .address(sums));
    addParts(sums, parts, m * m, out, scale, 0, 0, 1, 0);
  }

  private static long[] addresses(List<Matrix> matrices) {
    return matrices.stream().mapToLong(Matrix::address).toArray();
  }

  /** Whether four values can be read at once. */
  private static int isAligned(int columns, long addresses) {
    return columns % 4 == 0 && addresses % VECTOR_BYTES == 0 ? 1 : 0;
  }

  private void addParts(
      long sums,
      int parts,
      int length,
      List<Matrix> out,
      double scale,
      long rowSums,
      int rows,
      int columns,
      long means) {
    driver.launch(
        "sum_product_parts",
        Grid.of((length + THREADS - 1) / THREADS, out.size(), THREADS),
        new Arguments()
            .address(sums)
            .number(parts)
            .number(length)
            .addresses(addresses(out), MOST_MATRICES)
            .number(scale)
            .address(rowSums)
            .number(rows)
            .number(columns)
            .address(means));
  }
}
