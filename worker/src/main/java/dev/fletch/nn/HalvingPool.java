package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.Window;
import java.util.List;

/**
 * Maximum over windows of 2 positions a side with stride 2, without padding: how what has no stride
 * of its own gets the size of what has one, as the channels that bypass the operations of an edge
 * (Xu et al., 2020; yuhuixu1993/PC-DARTS, {@code model_search.py}).
 *
 * <p>At odd sides the last windows hold what is left, so the output has ceil(side / 2) positions a
 * side like that of a window of 3 with stride 2 and padding 1; the reference crashes there.
 */
public final class HalvingPool implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final Window window;
  private final Slot output;

  private HalvingPool(Kernels kernels, Slot input, Window window, Slot output) {
    this.kernels = kernels;
    this.input = input;
    this.window = window;
    this.output = output;
  }

  /** {@code [C, H, W, N]} to {@code [C, ceil(H / 2), ceil(W / 2), N]}; texts likewise. */
  public static Slot of(PlanBuilder plan, Slot input) {
    Window window = input.extent().window(1, 2, 1);
    Slot output = plan.slot(input.channels(), input.extent().strided(2));
    plan.add(
        new HalvingPool(plan.kernels(), input, window, output), List.of(input), List.of(output));
    return output;
  }

  @Override
  public Work work() {
    long operations = (long) input.channels() * input.columns();
    return new Work("halving pool", operations, operations);
  }

  @Override
  public void forward(Pass pass) {
    kernels.maxPool2(input.value(), window, output.value());
  }

  @Override
  public void backward(Pass pass) {
    kernels.maxPool2Backward(input.value(), window, output.gradient(), input.gradient());
  }
}
