package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.Window;
import java.util.List;

/** Max or average pooling, without batch norm. */
final class Pool implements Step {
  private final Kernels kernels;
  private final boolean max;
  private final Slot input;
  private final Window window;
  private final Slot output;

  /** Adds it to a plan; windows of {@code kernel} positions a side. */
  static Slot of(PlanBuilder plan, boolean max, int kernel, Slot input, int stride) {
    Window window = input.extent().window(kernel, stride, 1);
    Slot output = plan.slot(input.channels(), input.extent().strided(stride));
    plan.add(new Pool(plan.kernels(), max, input, window, output), List.of(input), List.of(output));
    return output;
  }

  private Pool(Kernels kernels, boolean max, Slot input, Window window, Slot output) {
    this.kernels = kernels;
    this.max = max;
    this.input = input;
    this.window = window;
    this.output = output;
  }

  @Override
  public Work work() {
    long operations = (long) window.taps() * output.channels() * output.columns();
    return new Work(max ? "max pool" : "average pool", operations, 2 * operations);
  }

  @Override
  public void forward(Pass pass) {
    if (max) {
      kernels.maxPool(input.value(), window, output.value());
    } else {
      kernels.averagePool(input.value(), window, output.value());
    }
  }

  @Override
  public void backward(Pass pass) {
    if (max) {
      kernels.maxPoolBackward(input.value(), window, output.gradient(), input.gradient());
    } else {
      kernels.averagePoolBackward(window, output.gradient(), input.gradient());
    }
  }
}
