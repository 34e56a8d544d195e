package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.List;

/** The product of two states, element by element: {@code [C, P]} each. */
public final class Product implements Step {
  private final Kernels kernels;
  private final Slot first;
  private final Slot second;
  private final Slot output;

  private Product(Kernels kernels, Slot first, Slot second, Slot output) {
    this.kernels = kernels;
    this.first = first;
    this.second = second;
    this.output = output;
  }

  /**
   * Adds it to a plan.
   *
   * @param first of the shape of {@code second}; may be the same slot
   */
  public static Slot of(PlanBuilder plan, Slot first, Slot second) {
    Slot output = plan.slot(first.channels(), first.extent());
    into(plan, first, second, output);
    return output;
  }

  /** The same into a slot, or a part of one, that there is. */
  public static void into(PlanBuilder plan, Slot first, Slot second, Slot output) {
    plan.add(
        new Product(plan.kernels(), first, second, output),
        List.of(first, second),
        List.of(output));
  }

  @Override
  public Work work() {
    long values = (long) output.channels() * output.columns();
    return new Work("product", values, 4 * values);
  }

  @Override
  public void forward(Pass pass) {
    kernels.multiplyElements(first.value(), second.value(), output.value(), false);
  }

  @Override
  public void backward(Pass pass) {
    kernels.multiplyElements(output.gradient(), second.value(), first.gradient(), true);
    kernels.multiplyElements(output.gradient(), first.value(), second.gradient(), true);
  }
}
