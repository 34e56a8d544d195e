package dev.fletch.nn;

import dev.fletch.engine.Geometry;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;

/**
 * ReLU (optional) and the pixels under every tap of a window: turns a dense k x k convolution into
 * a 1x1 one.
 */
final class Unfold implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final Geometry geometry;
  private final boolean relu;
  private final boolean propagates;
  private final Centred output;

  Unfold(
      Kernels kernels,
      Slot input,
      Geometry geometry,
      boolean relu,
      boolean propagates,
      Centred output) {
    this.kernels = kernels;
    this.input = input;
    this.geometry = geometry;
    this.relu = relu;
    this.propagates = propagates;
    this.output = output;
  }

  @Override
  public Work work() {
    return new Work("unfold", 0, 0);
  }

  @Override
  public void forward(Pass pass) {
    kernels.unfold(
        input.value(),
        geometry,
        relu,
        output.slot().value(),
        pass.training() ? output.means() : null);
  }

  @Override
  public void backward(Pass pass) {
    if (propagates) {
      kernels.unfoldBackward(
          input.value(), geometry, relu, output.slot().gradient(), input.gradient());
    }
  }
}
