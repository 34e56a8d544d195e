package dev.fletch.supernet;

import dev.fletch.engine.ElementDropout;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.Arrays;
import java.util.List;

/** The skip connection of one edge with stride 1 under {@link SkipDropout}; otherwise a copy. */
final class DroppedSkip implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final SkipDraws draws;
  private final int edge;
  private final Slot output;

  private DroppedSkip(Kernels kernels, Slot input, SkipDraws draws, int edge, Slot output) {
    this.kernels = kernels;
    this.input = input;
    this.draws = draws;
    this.edge = edge;
    this.output = output;
  }

  /**
   * @param edge its number among the edges of all cells
   */
  static Slot of(PlanBuilder plan, Slot input, SkipDraws draws, int edge) {
    Slot output = plan.slot(input.channels(), input.extent());
    plan.add(
        new DroppedSkip(plan.kernels(), input, draws, edge, output),
        List.of(input),
        List.of(output));
    return output;
  }

  @Override
  public Work work() {
    long values = (long) input.channels() * input.columns();
    return new Work("skip dropout", values, 2 * values);
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public void forward(Pass pass) {
    ElementDropout dropout = dropout(pass);
    if (dropout == null) {
      double[] ones = new double[input.channels()];
      Arrays.fill(ones, 1);
      kernels.scaleRows(input.value(), ones, new double[ones.length], output.value());
    } else {
      kernels.dropElements(input.value(), dropout, output.value());
    }
  }

  @Override
  public void backward(Pass pass) {
    ElementDropout dropout = dropout(pass);
    if (dropout == null) {
      kernels.addScaled(output.gradient(), 1, input.gradient());
    } else {
      kernels.dropElementsBackward(output.gradient(), dropout, input.gradient());
    }
  }

  /** Null if nothing is dropped. */
  private ElementDropout dropout(Pass pass) {
    return pass.training() && draws.drops() ? draws.of(edge, input.extent()) : null;
  }
}
