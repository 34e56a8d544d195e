package dev.fletch.nn;

import dev.fletch.engine.ElementFunction;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.List;

/** An activation: a function of every element, {@code [C, P]} to {@code [C, P]}. */
public final class Elementwise implements Step {
  private final Kernels kernels;
  private final ElementFunction function;
  private final Slot input;
  private final Slot output;

  private Elementwise(Kernels kernels, ElementFunction function, Slot input, Slot output) {
    this.kernels = kernels;
    this.function = function;
    this.input = input;
    this.output = output;
  }

  /** Adds it to a plan; {@code input} is not changed. */
  public static Slot of(PlanBuilder plan, ElementFunction function, Slot input) {
    Slot output = plan.slot(input.channels(), input.extent());
    plan.add(
        new Elementwise(plan.kernels(), function, input, output), List.of(input), List.of(output));
    return output;
  }

  @Override
  public Work work() {
    long values = (long) input.channels() * input.columns();
    return new Work(function.text(), values, 2 * values);
  }

  @Override
  public boolean canSetGradient() {
    return true;
  }

  @Override
  public void forward(Pass pass) {
    kernels.apply(function, input.value(), output.value());
  }

  @Override
  public void backward(Pass pass) {
    kernels.applyBackward(
        function, input.value(), output.gradient(), input.gradient(), !pass.setsGradient());
  }
}
