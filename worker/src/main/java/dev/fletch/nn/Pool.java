package dev.fletch.nn;

import dev.fletch.engine.Geometry;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;

/** Max or average pooling over 3x3 windows, without batch norm. */
final class Pool implements Step {
  private final Kernels kernels;
  private final boolean max;
  private final Slot input;
  private final Geometry geometry;
  private final Slot output;

  Pool(Kernels kernels, boolean max, Slot input, Geometry geometry, Slot output) {
    this.kernels = kernels;
    this.max = max;
    this.input = input;
    this.geometry = geometry;
    this.output = output;
  }

  @Override
  public Work work() {
    long operations = (long) geometry.taps() * output.channels() * output.columns();
    return new Work(max ? "max pool" : "average pool", operations, 2 * operations);
  }

  @Override
  public void forward(Pass pass) {
    if (max) {
      kernels.maxPool(input.value(), geometry, output.value());
    } else {
      kernels.averagePool(input.value(), geometry, output.value());
    }
  }

  @Override
  public void backward(Pass pass) {
    if (max) {
      kernels.maxPoolBackward(input.value(), geometry, output.gradient(), input.gradient());
    } else {
      kernels.averagePoolBackward(geometry, output.gradient(), input.gradient());
    }
  }
}
