package dev.fletch.data;

/**
 * Some examples, ready for a network. What they are made of, their {@link Input} says; which
 * examples they are and what is to be learned of them is common to all kinds.
 *
 * <p>Holds its arrays without copying; nobody writes to them after construction.
 */
public sealed interface Batch permits ImageBatch, StreamBatch, TokenBatch {
  Input input();

  /** Number of examples, N. */
  default int size() {
    return examples().length;
  }

  /** What a network shall answer, {@code [N]}, each in {@code [0, classes)}. */
  int[] targets();

  /** {@code [N]}, the index of each example in its data set; seeds per-example randomness. */
  int[] examples();
}
