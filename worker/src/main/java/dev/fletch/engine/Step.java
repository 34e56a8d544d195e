package dev.fletch.engine;

/**
 * One node of the plan: reads some slots, writes others. Buffers and shapes are fixed when the plan
 * is built.
 *
 * <p>In {@link #backward} the gradients of all written slots are complete; the step adds to the
 * gradients of the slots it read (and to the pass's flat gradients). It may destroy the gradients
 * of the slots it wrote.
 */
public interface Step {
  /** Computes the written slots from the read ones. */
  void forward(Pass pass);

  /**
   * Adds to the gradients of the read slots; only called after a training forward of the same pass.
   */
  void backward(Pass pass);
}
