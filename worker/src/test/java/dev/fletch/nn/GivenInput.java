package dev.fletch.nn;

import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The first step of a plan: gives a slot its values and notes the gradient that comes back. */
final class GivenInput implements Step {
  private final Slot slot;
  private final double[] values;
  private final double[] gradient;

  private GivenInput(Slot slot, double[] values) {
    this.slot = slot;
    this.values = values;
    this.gradient = new double[values.length];
  }

  /** Normally distributed values around {@code mean}, exact in float. */
  static GivenInput of(PlanBuilder plan, Slot slot, double mean, double spread) {
    Random random = new Random(11);
    double[] values = new double[slot.channels() * slot.columns()];
    Arrays.setAll(values, i -> (float) (mean + spread * random.nextGaussian()));
    GivenInput input = new GivenInput(slot, values);
    plan.add(input, List.of(), List.of(slot));
    return input;
  }

  /** {@code [C, H, W, N]}; may be changed between passes. */
  double[] values() {
    return values;
  }

  /** dL/d(values) of the last backward pass. */
  double[] gradient() {
    return gradient;
  }

  @Override
  public void forward(Pass pass) {
    slot.value().write(values);
  }

  @Override
  public void backward(Pass pass) {
    slot.gradient().read(gradient);
  }
}
