package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.Window;

/**
 * ReLU (optional), then every stride-th pixel from {@code shift} on: the input of a 1x1
 * convolution, centred for it.
 *
 * <p>With an odd side the shifted half of a factorized reduction would have one pixel less than the
 * other (the reference crashes there); here the missing pixels are read as 0, as if the image were
 * padded at its end.
 */
final class Gather implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final Window window;
  private final int shift;
  private final boolean relu;
  private final Centred output;

  Gather(Kernels kernels, Slot input, Window window, int shift, boolean relu, Centred output) {
    this.kernels = kernels;
    this.input = input;
    this.window = window;
    this.shift = shift;
    this.relu = relu;
    this.output = output;
  }

  @Override
  public Work work() {
    return new Work("rectify and pick pixels", 0, 0);
  }

  @Override
  public void forward(Pass pass) {
    kernels.gather(
        input.value(),
        window,
        shift,
        relu,
        output.slot().value(),
        pass.training() ? output.means() : null);
  }

  @Override
  public void backward(Pass pass) {
    kernels.gatherBackward(
        input.value(),
        window,
        shift,
        relu,
        output.slot().gradient(),
        input.gradient(),
        !pass.setsGradient());
  }

  @Override
  public boolean canSetGradient() {
    return true;
  }
}
