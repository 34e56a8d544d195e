package dev.fletch.engine;

/**
 * A named part of the flat statistics vector: the means of one batch norm, then its variances.
 *
 * @param name that of the batch norm, what its gamma and beta would start with: {@code
 *     cells.0.preprocess0.op.2}; empty where nobody looks it up
 * @param offset first index in the flat vector
 * @param channels of the batch norm; the part has twice as many values
 */
public record StatisticsSlot(String name, int offset, int channels) {
  /** Share of a new minibatch in the running statistics (PyTorch's batch-norm momentum). */
  public static final float SHARE = 0.1f;

  /** Where the variances start. */
  public int variances() {
    return offset + channels;
  }
}
