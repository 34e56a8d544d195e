package dev.fletch.nn;

import dev.fletch.engine.Geometry;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.List;

/**
 * Maximum over 2x2 windows with stride 2, without padding: how what has no stride of its own gets
 * the size of what has one, as the channels that bypass the operations of an edge (Xu et al., 2020;
 * yuhuixu1993/PC-DARTS, {@code model_search.py}).
 *
 * <p>At odd sides the last windows hold what the image has left, so the output has ceil(side / 2)
 * pixels a side like that of a 3x3 window with stride 2 and padding 1; the reference crashes there.
 */
public final class HalvingPool implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final Geometry geometry;
  private final Slot output;

  private HalvingPool(Kernels kernels, Slot input, Geometry geometry, Slot output) {
    this.kernels = kernels;
    this.input = input;
    this.geometry = geometry;
    this.output = output;
  }

  /** {@code [C, N, H, W]} to {@code [C, N, ceil(H / 2), ceil(W / 2)]}. */
  public static Slot of(PlanBuilder plan, Slot input) {
    Geometry geometry = new Geometry(input.height(), input.width(), 1, 2, 1);
    Slot output =
        plan.slot(input.channels(), input.batch(), geometry.outHeight(), geometry.outWidth());
    plan.add(
        new HalvingPool(plan.kernels(), input, geometry, output), List.of(input), List.of(output));
    return output;
  }

  @Override
  public Work work() {
    long operations = (long) input.channels() * input.columns();
    return new Work("halving pool", operations, operations);
  }

  @Override
  public void forward(Pass pass) {
    kernels.maxPool2(input.value(), geometry, output.value());
  }

  @Override
  public void backward(Pass pass) {
    kernels.maxPool2Backward(input.value(), geometry, output.gradient(), input.gradient());
  }
}
