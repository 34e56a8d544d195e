package dev.fletch.cuda;

/**
 * How many threads a kernel is started with.
 *
 * @param x blocks along the first side
 * @param y along the second
 * @param z along the third
 * @param threads of a block, all along its first side
 * @param sharedBytes of memory that the threads of a block share, beside what the kernel declares
 */
public record Grid(int x, int y, int z, int threads, int sharedBytes) {
  private static final int MOST_THREADS = 1024;
  private static final int MOST_ROWS = 65_535;

  /** Refuses what no card can start. */
  public Grid {
    boolean fits =
        x >= 1
            && y >= 1
            && y <= MOST_ROWS
            && z >= 1
            && z <= MOST_ROWS
            && threads >= 1
            && threads <= MOST_THREADS
            && sharedBytes >= 0;
    if (!fits) {
      throw new IllegalArgumentException(
          "No card can start %d x %d x %d blocks of %d threads with %d shared bytes"
              .formatted(x, y, z, threads, sharedBytes));
    }
  }

  /** One row of blocks. */
  public static Grid of(int blocks, int threads) {
    return new Grid(blocks, 1, 1, threads, 0);
  }

  /** Blocks in two directions. */
  public static Grid of(int x, int y, int threads) {
    return new Grid(x, y, 1, threads, 0);
  }
}
