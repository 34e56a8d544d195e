package dev.fletch.engine;

import java.util.List;

/**
 * One node of the plan: reads some slots, writes others. Buffers and shapes are fixed when the plan
 * is built.
 *
 * <p>In {@link #backward} the gradients of all written slots are complete; the step adds to the
 * gradients of the slots it read (and to the pass's flat gradients). It may destroy the gradients
 * of the slots it wrote.
 */
public interface Step {
  /**
   * What a step amounts to, for profiles.
   *
   * @param kind for example {@code depthwise 3x3}
   * @param forward floating-point operations; a multiplication and an addition are two
   * @param backward the same for the backward with all gradients wanted
   */
  record Work(String kind, long forward, long backward) {}

  /** Computes the written slots from the read ones. */
  void forward(Pass pass);

  /**
   * Adds to the gradients of the read slots (but see below); only called after a forward of the
   * same pass, in the same mode ({@link Pass#training}): in evaluation batch norm is a map with
   * constants.
   */
  void backward(Pass pass);

  /**
   * Computes the written slots again, the same bits as in the forward before; only called on steps
   * that were added as repeatable.
   */
  default void repeat(Pass pass) {
    forward(pass);
  }

  /**
   * Whether what a training pass does here depends on its minibatch other than through values: such
   * passes cannot be recorded on a card.
   */
  default boolean variesInTraining() {
    return false;
  }

  /** Whether {@link #backward} needs the values of the slots that were read. */
  default boolean backwardReadsInputs() {
    return true;
  }

  /**
   * Slots whose gradient {@link #backward} sets rather than adds to: it has to be the only reader.
   */
  default List<Slot> assignedGradients() {
    return List.of();
  }

  /**
   * Whether {@link #backward} may put the {@link #assignedGradients} in the place of their slots'
   * values, which it then looks at no more: memory that was just read is written faster.
   */
  default boolean overwritesValues() {
    return false;
  }

  /**
   * Whether {@link #backward} can also set the gradient of the one slot that is read: it does where
   * {@link Pass#setsGradient} says that nothing has been added yet, which saves a pass over zeros.
   */
  default boolean canSetGradient() {
    return false;
  }

  /**
   * What the convolutions or linear layers that this step stands for take for one example, in
   * multiplications with an addition: as published tables count, whatever way the step really goes.
   * Batch norm, pools, sums and activations count nothing.
   */
  default long multiplyAdds() {
    return 0;
  }

  /** Of these {@link #multiplyAdds} what is left where operations with mixing weight 0 are not. */
  default long multiplyAdds(float[] mixing) {
    return multiplyAdds();
  }

  default Work work() {
    return new Work(getClass().getSimpleName(), 0, 0);
  }
}
