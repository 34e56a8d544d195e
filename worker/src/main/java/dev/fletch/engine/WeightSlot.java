package dev.fletch.engine;

/**
 * A named part of the flat weight vector.
 *
 * @param name where it sits, in the naming of the reference implementation: {@code
 *     cells.0.preprocess0.op.1.weight}
 * @param offset first index in the flat vector
 * @param shape as the reference stores it: convolutions (out, in / groups, height, width)
 * @param initialization how fresh weights are drawn
 * @param fanIn inputs that feed one output value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WeightSlot(
    String name, int offset, int[] shape, Initialization initialization, int fanIn) {
  /** How fresh weights are drawn. */
  public enum Initialization {
    /** Uniform in +-1/sqrt(fan-in), what PyTorch's Kaiming-uniform with a = sqrt(5) comes to. */
    UNIFORM,
    /** Batch norm's gamma. */
    ONES,
    /** Batch norm's beta. */
    ZEROS
  }

  /** Number of values. */
  public int length() {
    int n = 1;
    for (int side : shape) {
      n *= side;
    }
    return n;
  }
}
