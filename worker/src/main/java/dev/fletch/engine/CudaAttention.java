package dev.fletch.engine;

import static dev.fletch.engine.CudaRowKernels.divided;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;

/**
 * {@link Kernels#attend} on a card: no matrix of weights is ever stored. The backward pass computes
 * the weights once more, first query by query, then key by key.
 */
final class CudaAttention {
  /** Positions, and channels of a result, that a block works out. */
  private static final int TILE = 64;

  private static final int THREADS = 256;

  /** Floats that are noted for each query, between the two halves of the backward pass. */
  private static final int NOTES = 3;

  private final Driver driver;
  private final CudaScratch scratch;

  CudaAttention(Driver driver, CudaScratch scratch) {
    this.driver = driver;
    this.scratch = scratch;
  }

  /** A block for each head of each example, tile of positions and part of the channels. */
  private static Grid grid(CudaExamples examples, int heads, int width) {
    return new Grid(
        Math.multiplyExact(heads, examples.count()),
        divided(examples.longest(), TILE),
        divided(width, TILE),
        THREADS,
        0);
  }

  private static Arguments operands(Matrix x, CudaExamples examples, int heads) {
    int channels = x.rowCount() / 3;
    int width = channels / heads;
    return examples.addTo(
        new Arguments()
            .address(x.address())
            .number(x.columnCount())
            .number(channels)
            .number(width)
            .number((float) (1 / Math.sqrt(width))));
  }

  void forward(Matrix x, CudaExamples examples, int heads, Matrix out) {
    driver.launch(
        "attend",
        grid(examples, heads, out.rowCount() / heads),
        operands(x, examples, heads).address(out.address()));
  }

  void backward(Matrix x, CudaExamples examples, int heads, Matrix dout, Matrix dx) {
    long floats = (long) NOTES * heads * x.columnCount();
    long notes = scratch.sums(divided(floats, Double.BYTES / Float.BYTES));
    for (String of : new String[] {"queries", "keys"}) {
      driver.launch(
          "attend_backward_" + of,
          grid(examples, heads, dout.rowCount() / heads),
          operands(x, examples, heads)
              .address(dout.address())
              .address(dx.address())
              .address(notes));
    }
  }
}
