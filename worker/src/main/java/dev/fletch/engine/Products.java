package dev.fletch.engine;

import static dev.fletch.engine.ProductLoops.COLUMNS;
import static dev.fletch.engine.ProductLoops.PANEL;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Products of small matrices with ones of very many columns: what 1x1 convolutions are. A tile of
 * columns is copied to the heap in pieces, and what is to be computed of it is, while it lies in
 * the caches.
 *
 * <p>Every value is a sum over the terms in order, so neither tiles nor threads change it.
 */
final class Products {
  /** Values of terms that are loaded together. */
  private static final int VALUES = 16_384;

  /** Columns of a tile. */
  private static final int WIDTH = 256;

  /** Memory is read faster in long runs: with few rows there is room for them. */
  private static final int WIDE = 2 * WIDTH;

  private static final int FEW_ROWS = 16;

  /** Rows of the result that are summed together. */
  private static final int ROWS = 64;

  private final Parallel parallel;

  Products(Parallel parallel) {
    this.parallel = parallel;
  }

  /**
   * A matrix to be computed: out = shift + keep * out + sum over i of a[i] x[i].
   *
   * @param shift a value per row, or null
   */
  record Sum(List<Matrix> a, List<Matrix> x, Matrix out, float keep, double[] shift) {}

  /** Some rows of a matrix that are loaded together. */
  private record Piece(Matrix of, int first, int count) {}

  /**
   * The left operands side by side, their rows in panels: PANEL values for each term, zeros below
   * the last row.
   *
   * @param pieces the terms: rows of the right operands, one below the other
   */
  private record Factors(float[] values, int terms, List<List<Piece>> pieces) {
    static Factors of(Sum sum, int together) {
      int terms = sum.a().stream().mapToInt(Matrix::columnCount).sum();
      float[] values = new float[roundedUp(sum.out().rowCount(), PANEL) * terms];
      int before = 0;
      for (Matrix a : sum.a()) {
        float[] row = new float[a.columnCount()];
        for (int r = 0; r < a.rowCount(); r++) {
          a.host().get(r * row.length, row, 0, row.length);
          int at = r / PANEL * PANEL * terms + r % PANEL + before * PANEL;
          for (int k = 0; k < row.length; k++) {
            values[at + k * PANEL] = row[k];
          }
        }
        before += row.length;
      }
      return new Factors(values, terms, pieces(sum.x(), together));
    }

    /** Groups of at most {@code together} terms. */
    private static List<List<Piece>> pieces(List<Matrix> matrices, int together) {
      List<List<Piece>> groups = new ArrayList<>();
      int room = 0;
      for (Matrix x : matrices) {
        for (int first = 0; first < x.rowCount(); ) {
          if (room == 0) {
            groups.add(new ArrayList<>());
            room = together;
          }
          int count = Math.min(room, x.rowCount() - first);
          groups.get(groups.size() - 1).add(new Piece(x, first, count));
          first += count;
          room -= count;
        }
      }
      return groups;
    }
  }

  /**
   * Columns {@code [from, from + count)}.
   *
   * @param stride how far apart rows lie in the arrays that hold a tile
   */
  private record Tile(int from, int count, int stride) {}

  /** Computes all sums, which have equally many columns, tile by tile. */
  void compute(List<Sum> sums) {
    int rows = sums.stream().mapToInt(sum -> sum.out().rowCount()).max().orElseThrow();
    int stride = rows <= FEW_ROWS ? WIDE : WIDTH;
    List<Factors> factors = sums.stream().map(s -> Factors.of(s, VALUES / stride)).toList();
    int n = sums.get(0).out().columnCount();
    int width = width(n, stride);
    parallel.forEach(
        (n + width - 1) / width,
        number -> {
          Tile tile = new Tile(number * width, Math.min(width, n - number * width), stride);
          Loaded loaded = new Loaded(tile);
          for (int i = 0; i < sums.size(); i++) {
            compute(sums.get(i), factors.get(i), loaded);
          }
        });
  }

  /** The columns of a tile of those terms that were loaded last. */
  private static final class Loaded {
    private final Tile tile;
    private final float[] values = Workspace.current().array(1, VALUES);
    private final List<Piece> pieces = new ArrayList<>();

    Loaded(Tile tile) {
      this.tile = tile;
    }

    /** What sums have in common, at the same place, is loaded once. */
    int load(List<Piece> wanted) {
      int at = 0;
      boolean same = true;
      for (int i = 0; i < wanted.size(); i++) {
        Piece piece = wanted.get(i);
        same = same && i < pieces.size() && piece.equals(pieces.get(i));
        if (!same) {
          Products.load(piece.of(), piece.first(), piece.count(), tile, values, at);
        }
        at += piece.count() * tile.stride();
      }
      pieces.clear();
      pieces.addAll(wanted);
      return at / tile.stride();
    }
  }

  /** Writes nothing before everything is read: a term may be what is written. */
  private static void compute(Sum sum, Factors factors, Loaded loaded) {
    Tile tile = loaded.tile;
    int stride = tile.stride();
    int rows = sum.out().rowCount();
    float[] sums = Workspace.current().array(0, roundedUp(rows, PANEL) * stride);
    begin(sum, tile, sums);
    for (int first = 0; first < rows; first += ROWS) {
      int term = 0;
      for (List<Piece> group : factors.pieces()) {
        int count = loaded.load(group);
        for (int row = first; row < Math.min(first + ROWS, rows); row += PANEL) {
          int at = row * factors.terms() + term * PANEL;
          for (int j = 0; j < tile.count(); j += COLUMNS) {
            int to = row * stride + j;
            ProductLoops.addProducts(
                factors.values(), at, rows - row, loaded.values, j, stride, count, sums, to);
          }
        }
        term += count;
      }
    }
    for (int row = 0; row < rows; row++) {
      int at = row * sum.out().columnCount() + tile.from();
      sum.out().host().put(at, sums, row * stride, tile.count());
    }
  }

  /** What is there before the products are added. */
  private static void begin(Sum sum, Tile tile, float[] sums) {
    int rows = sum.out().rowCount();
    if (sum.keep() == 0) {
      for (int row = 0; row < rows; row++) {
        float value = sum.shift() == null ? 0 : (float) sum.shift()[row];
        Arrays.fill(sums, row * tile.stride(), (row + 1) * tile.stride(), value);
      }
      return;
    }
    load(sum.out(), 0, rows, tile, sums, 0);
    for (int i = 0; sum.keep() != 1 && i < rows * tile.stride(); i++) {
      sums[i] *= sum.keep();
    }
  }

  /** Copies the tile's columns of some rows, with zeros behind them. */
  private static void load(Matrix x, int first, int rows, Tile tile, float[] to, int from) {
    int full = roundedUp(tile.count(), COLUMNS);
    for (int row = 0; row < rows; row++) {
      int at = from + row * tile.stride();
      x.host().get((first + row) * x.columnCount() + tile.from(), to, at, tile.count());
      Arrays.fill(to, at + tile.count(), at + full, 0);
    }
  }

  /** A narrow matrix is cut into narrower tiles, so that all threads get some. */
  private int width(int columns, int most) {
    int share = (columns + 2 * parallel.threads() - 1) / (2 * parallel.threads());
    return Math.min(most, roundedUp(share, COLUMNS));
  }

  private static int roundedUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }
}
