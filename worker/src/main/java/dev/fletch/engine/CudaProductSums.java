package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.util.ArrayList;
import java.util.List;

/** Launches the kernels for sums of products: as many sums at a time as their arguments hold. */
final class CudaProductSums {
  private static final int THREADS = 256;
  private static final int WARPS = 8;

  /** What the kernels' arguments hold. */
  private static final int MOST_TERMS = 64;

  private static final int MOST_SUMS = 64;

  /** Rows that a block computes at most; it reads all it needs of its columns, then writes. */
  private static final int MOST_ROWS = 64;

  /** Rows times columns that a warp computes. */
  private static final int WARP_VALUES = 2048;

  private static final int VECTOR_BYTES = 16;

  /** Terms that a warp works on together. */
  private static final int GROUP = 8;

  /** Multiprocessors that the division of work assumes, on every card: a large one's. */
  private static final int MULTIPROCESSORS = 132;

  /** What a block that is alone on a multiprocessor loses by waiting. */
  private static final double ALONE = 4.0 / 3;

  /** Cycles of a block for a group of terms, if each of its warps has a tile. */
  private static final int GROUP_CYCLES = 1024;

  /** Cycles to begin and to end with. */
  private static final int BLOCK_CYCLES = 1500;

  /** Cycles to add up what 1, 2, 4 or 8 warps have of a tile. */
  private static final int[] SLICE_CYCLES = {0, 512, 768, 896};

  private final Driver driver;
  private final CudaScratch scratch;
  private final boolean tf32;

  CudaProductSums(Driver driver, CudaScratch scratch, boolean tf32) {
    this.driver = driver;
    this.scratch = scratch;
    this.tf32 = tf32;
  }

  /**
   * A sum that a launch computes, or a part of one.
   *
   * @param out where it is written
   */
  private record Part(SumOfProducts of, int firstTerm, int terms, long out) {
    int rows() {
      return of.out().rowCount();
    }

    /** The first part has the shift. */
    long shift() {
      return of.shift() instanceof DeviceDoubles shift && firstTerm == 0 ? shift.address(0) : 0;
    }

    /** Groups of terms; those of one product begin with a new one. */
    int groups() {
      int groups = 0;
      for (Matrix a : of.a().subList(firstTerm, firstTerm + terms)) {
        groups += (a.columnCount() + GROUP - 1) / GROUP;
      }
      return groups;
    }
  }

  /** out = keep * out + what the sum says; out is none of its terms. */
  void compute(SumOfProducts sum, double keep) {
    launchParts(sum, sum.out().address(), keep);
  }

  void compute(List<SumOfProducts> sums) {
    List<Part> together = new ArrayList<>();
    int terms = 0;
    for (SumOfProducts sum : sums) {
      if (sum.a().size() > MOST_TERMS || overwritesEarly(sum)) {
        computeAside(sum);
        continue;
      }
      if (terms + sum.a().size() > MOST_TERMS || together.size() == MOST_SUMS) {
        launch(together, 0);
        together.clear();
        terms = 0;
      }
      together.add(new Part(sum, 0, sum.a().size(), sum.out().address()));
      terms += sum.a().size();
    }
    if (!together.isEmpty()) {
      launch(together, 0);
    }
  }

  /** Whether a block would write what another one is still to read. */
  private static boolean overwritesEarly(SumOfProducts sum) {
    return sum.out().rowCount() > MOST_ROWS && isOwnTerm(sum);
  }

  private static boolean isOwnTerm(SumOfProducts sum) {
    return sum.x().stream().anyMatch(x -> x.address() == sum.out().address());
  }

  private void computeAside(SumOfProducts sum) {
    long to = sum.out().address();
    if (!isOwnTerm(sum)) {
      launchParts(sum, to, 0);
      return;
    }
    long bytes = (long) sum.out().rowCount() * sum.out().columnCount() * Float.BYTES;
    long aside = scratch.address(bytes);
    launchParts(sum, aside, 0);
    driver.copy(aside, to, bytes);
  }

  private void launchParts(SumOfProducts sum, long out, double keep) {
    for (int first = 0; first < sum.a().size(); first += MOST_TERMS) {
      int terms = Math.min(MOST_TERMS, sum.a().size() - first);
      launch(List.of(new Part(sum, first, terms, out)), first == 0 ? keep : 1);
    }
  }

  private void launch(List<Part> parts, double keep) {
    int columns = parts.get(0).of().out().columnCount();
    int rows = parts.stream().mapToInt(Part::rows).max().orElseThrow();
    boolean aligned = columns % 4 == 0 && parts.stream().allMatch(CudaProductSums::isAligned);
    int tileRows = !aligned || rows > 32 ? MOST_ROWS : rows > 16 ? 32 : 16;
    int tileColumns = WARP_VALUES / tileRows;
    int rowTiles = (rows + tileRows - 1) / tileRows;
    int bits = sliceBits(parts, columns, tileColumns, rowTiles);
    Grid grid =
        new Grid((int) blocks(columns, tileColumns, bits), rowTiles, parts.size(), THREADS, 0);
    String kernel = "product_sums_" + tileRows + (tf32 ? "_tf32" : "");
    driver.launch(
        aligned ? kernel : "product_sums_unaligned",
        grid,
        arguments(parts).number(columns).number((float) keep).number(bits));
  }

  /** How many warps share a tile, as a power of two: what makes the most loaded one ready first. */
  private static int sliceBits(List<Part> parts, int columns, int tileColumns, int rowTiles) {
    int groups = parts.stream().mapToInt(Part::groups).max().orElseThrow();
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int bits = 0; bits < SLICE_CYCLES.length; bits++) {
      long blocks = blocks(columns, tileColumns, bits) * rowTiles * parts.size();
      long rounds = (blocks + MULTIPROCESSORS - 1) / MULTIPROCESSORS;
      int steps = (groups + (1 << bits) - 1) >> bits;
      double cycles =
          Math.max(ALONE, rounds) * (steps * GROUP_CYCLES + SLICE_CYCLES[bits] + BLOCK_CYCLES);
      if (cycles < least) {
        least = cycles;
        best = bits;
      }
    }
    return best;
  }

  /** Blocks side by side, if 2^bits warps share a tile. */
  private static long blocks(int columns, int tileColumns, int bits) {
    int width = tileColumns * (WARPS >> bits);
    return ((long) columns + width - 1) / width;
  }

  private static boolean isAligned(Part part) {
    long or = part.out();
    for (Matrix x : part.of().x()) {
      or |= x.address();
    }
    return or % VECTOR_BYTES == 0;
  }

  private static Arguments arguments(List<Part> parts) {
    int terms = parts.stream().mapToInt(Part::terms).sum();
    long[] a = new long[terms];
    long[] x = new long[terms];
    int[] inner = new int[terms];
    int[] first = new int[parts.size() + 1];
    int at = 0;
    for (int s = 0; s < parts.size(); s++) {
      Part part = parts.get(s);
      for (int i = part.firstTerm(); i < part.firstTerm() + part.terms(); i++, at++) {
        a[at] = part.of().a().get(i).address();
        x[at] = part.of().x().get(i).address();
        inner[at] = part.of().a().get(i).columnCount();
      }
      first[s + 1] = at;
    }
    return new Arguments()
        .addresses(a, MOST_TERMS)
        .addresses(x, MOST_TERMS)
        .numbers(inner, MOST_TERMS)
        .addresses(parts.stream().mapToLong(Part::out).toArray(), MOST_SUMS)
        .addresses(parts.stream().mapToLong(Part::shift).toArray(), MOST_SUMS)
        .numbers(parts.stream().mapToInt(Part::rows).toArray(), MOST_SUMS)
        .numbers(first, MOST_SUMS + 1);
  }
}
