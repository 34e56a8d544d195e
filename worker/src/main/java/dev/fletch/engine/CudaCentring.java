package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;

/**
 * How the rows of an output are divided among blocks of threads. If they are to be centred, a row
 * that fits a block is centred by it; the blocks of a longer one leave their sums, from which the
 * mean is computed when all are done.
 *
 * @param blocks of each row
 * @param sums where blocks leave their sums; 0 if they do not
 * @param means where the means of rows go; 0 if they are not centred
 */
record CudaCentring(int rows, int blocks, int threads, long sums, long means) {
  private static final int MOST_THREADS = 1024;
  private static final int THREADS = 256;
  private static final int WARP = 32;

  /** Values of a row that a block of the second launch works on. */
  private static final int CENTRED = 4 * THREADS;

  /**
   * @param work for how many threads there is work in a row
   * @param each how much of it a thread does
   */
  static CudaCentring of(int rows, int work, int each, Doubles means, CudaScratch scratch) {
    if (means != null && work <= MOST_THREADS * each) {
      int threads = Math.min(MOST_THREADS, divided(work, WARP) * WARP);
      return new CudaCentring(rows, 1, threads, 0, at(means));
    }
    int blocks = divided(work, THREADS * each);
    long sums = means == null ? 0 : scratch.sums(Math.multiplyExact(rows, blocks));
    return new CudaCentring(rows, blocks, THREADS, sums, at(means));
  }

  private static long at(Doubles means) {
    return means == null ? 0 : ((DeviceDoubles) means).address(0);
  }

  static int divided(int work, int parts) {
    return (int) (((long) work + parts - 1) / parts);
  }

  /** Blocks that compute values, and leave sums if there are several to a row. */
  Grid grid() {
    return Grid.of(blocks, rows, threads);
  }

  /** Takes its mean off every row, unless its block did. */
  void finish(Driver driver, Matrix out) {
    if (sums != 0) {
      driver.launch(
          "centre_by_sums",
          Grid.of(divided(out.columnCount(), CENTRED), rows, THREADS),
          new Arguments()
              .address(out.address())
              .address(sums)
              .number(blocks)
              .address(means)
              .number(out.columnCount()));
    }
  }
}
