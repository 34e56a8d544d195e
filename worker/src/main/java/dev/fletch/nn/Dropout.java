package dev.fletch.nn;

import dev.fletch.engine.ElementDropout;
import dev.fletch.engine.Extent;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.List;
import java.util.Optional;

/** A copy of a slot from which training passes drop elements. */
public final class Dropout implements Step {
  /** What is dropped from the minibatch at hand; nothing where everything is kept. */
  @FunctionalInterface
  public interface Draws {
    /**
     * @param extent what is dropped from
     */
    Optional<ElementDropout> of(Extent extent);
  }

  private final Kernels kernels;
  private final String kind;
  private final Slot input;
  private final Draws draws;
  private final Slot output;

  private Dropout(Kernels kernels, String kind, Slot input, Draws draws, Slot output) {
    this.kernels = kernels;
    this.kind = kind;
    this.input = input;
    this.draws = draws;
    this.output = output;
  }

  /**
   * Adds it to a plan.
   *
   * @param kind what it is called where the time of steps is told
   * @param draws asked in every training pass, forward and backward: with the same answer
   */
  public static Slot of(PlanBuilder plan, String kind, Slot input, Draws draws) {
    Slot output = plan.slot(input.channels(), input.extent());
    plan.add(
        new Dropout(plan.kernels(), kind, input, draws, output), List.of(input), List.of(output));
    return output;
  }

  @Override
  public Work work() {
    long values = (long) input.channels() * input.columns();
    return new Work(kind, values, 2 * values);
  }

  @Override
  public boolean variesInTraining() {
    return true;
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public void forward(Pass pass) {
    Optional<ElementDropout> dropout = dropout(pass);
    if (dropout.isPresent()) {
      kernels.dropElements(input.value(), dropout.get(), output.value());
    } else {
      kernels.copy(input.value(), output.value());
    }
  }

  @Override
  public void backward(Pass pass) {
    Optional<ElementDropout> dropout = dropout(pass);
    if (dropout.isPresent()) {
      kernels.dropElementsBackward(output.gradient(), dropout.get(), input.gradient());
    } else {
      kernels.addScaled(output.gradient(), 1, input.gradient());
    }
  }

  private Optional<ElementDropout> dropout(Pass pass) {
    return pass.training() ? draws.of(input.extent()) : Optional.empty();
  }
}
