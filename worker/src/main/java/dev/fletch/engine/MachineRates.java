package dev.fletch.engine;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * What this machine can do at best: a model of the time that a step has to take at least.
 *
 * @param gigaflops 1e9 floating-point operations a second of a large matrix product
 * @param coldGigabytes 1e9 bytes a second, read and written, of rows that lie in memory
 * @param cachedGigabytes the same of rows that lie in the caches
 */
public record MachineRates(double gigaflops, double coldGigabytes, double cachedGigabytes) {
  /** What is taken to be still in the caches when it is read again. */
  private static final long CACHED_BYTES = 2L << 20;

  private static final int REPETITIONS = 10;

  /**
   * The least time that operations and bytes take: the longer of the two, since one can hide behind
   * the other.
   *
   * @param calls how many steps share them; what one of them moves lies in the caches or not
   */
  public double leastSeconds(long operations, long bytes, long calls) {
    double gigabytes = bytes <= calls * CACHED_BYTES ? cachedGigabytes : coldGigabytes;
    return Math.max(operations / (1e9 * gigaflops), bytes / (1e9 * gigabytes));
  }

  /** Measures, which takes about a second. */
  public static MachineRates measure(int threads) {
    try (Kernels kernels = Kernels.choose(DataType.FLOAT, threads)) {
      return new MachineRates(
          product(kernels), stream(kernels, 64, 1 << 19), stream(kernels, 8, 1 << 14));
    }
  }

  private static double product(Kernels kernels) {
    int side = 1024;
    Matrix a = Matrix.allocate(DataType.FLOAT, side, side);
    Matrix out = Matrix.allocate(DataType.FLOAT, side, side);
    return 2.0 * side * side * side / 1e9 / best(() -> kernels.multiply(a, a, out, 0));
  }

  /** Copies rows. */
  private static double stream(Kernels kernels, int rows, int columns) {
    Matrix from = Matrix.allocate(DataType.FLOAT, rows, columns);
    Matrix to = Matrix.allocate(DataType.FLOAT, rows, columns);
    double bytes = 2.0 * rows * columns * Float.BYTES;
    return bytes / 1e9 / best(() -> kernels.copy(from, to));
  }

  private static double best(Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    return best;
  }
}
