package dev.fletch.engine;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Grid;
import java.util.Arrays;

/**
 * Where the columns of examples lie, as the kernels on a card are told, and how many threads work
 * on a row of them.
 *
 * @param starts the address of where texts begin; 0 for images, which need none
 * @param longest columns of the example that has the most
 * @param lanes threads for each row: a multiple of the number of images, or a warp for each text
 */
record CudaExamples(long starts, int count, int longest, int lanes) {
  private static final int THREADS = CudaRowKernels.THREADS;
  private static final int WARP = 32;

  /** Pixels of an image that a thread works on. */
  private static final int PIXELS = 4;

  private static final int MOST_ROWS = 65_535;

  static CudaExamples of(Examples examples, CudaTables tables) {
    int count = examples.count();
    if (count == 1 || examples.step() > 1) {
      int pixels = examples.length(0);
      int lanes = Math.multiplyExact(count, CudaRowKernels.divided(pixels, PIXELS));
      return new CudaExamples(0, count, pixels, lanes);
    }
    int[] lengths = new int[count];
    Arrays.setAll(lengths, examples::length);
    int[] starts = new int[count + 1];
    Arrays.setAll(starts, n -> n == 0 ? 0 : examples.column(n - 1, lengths[n - 1]));
    int longest = Arrays.stream(lengths).max().orElseThrow();
    return new CudaExamples(tables.starts(starts), count, longest, Math.multiplyExact(WARP, count));
  }

  /** Threads for each lane of each row, or for as many rows as a card can count. */
  Grid grid(int rows) {
    return Grid.of(CudaRowKernels.divided(lanes, THREADS), Math.min(rows, MOST_ROWS), THREADS);
  }

  /** What kernels with such a grid take. */
  Arguments addLanesTo(Arguments arguments) {
    return addTo(arguments).number(lanes);
  }

  Arguments addTo(Arguments arguments) {
    return arguments.address(starts).number(count);
  }
}
