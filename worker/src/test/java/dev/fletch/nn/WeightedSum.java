package dev.fletch.nn;

import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The last step of a plan: a loss that is the sum of a slot's values times random numbers. */
final class WeightedSum implements Step {
  private final Slot slot;
  private final double[] values;
  private final double[] factors;

  private WeightedSum(Slot slot) {
    Random random = new Random(12);
    this.slot = slot;
    this.values = new double[slot.channels() * slot.columns()];
    this.factors = new double[values.length];
    Arrays.setAll(factors, i -> random.nextGaussian());
  }

  static WeightedSum of(PlanBuilder plan, Slot slot) {
    WeightedSum sum = new WeightedSum(slot);
    plan.add(sum, List.of(slot), List.of());
    return sum;
  }

  /** The slot's values in the last forward pass. */
  double[] values() {
    return values;
  }

  double[] factors() {
    return factors;
  }

  double loss() {
    double loss = 0;
    for (int i = 0; i < values.length; i++) {
      loss += factors[i] * values[i];
    }
    return loss;
  }

  @Override
  public void forward(Pass pass) {
    slot.value().read(values);
  }

  @Override
  public void backward(Pass pass) {
    double[] gradient = new double[values.length];
    slot.gradient().read(gradient);
    Arrays.setAll(gradient, i -> gradient[i] + factors[i]);
    slot.gradient().write(gradient);
  }
}
