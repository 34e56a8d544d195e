package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.Window;

/**
 * ReLU, then a depthwise convolution: {@code [C, H, W, N]} to {@code [C, oH, oW, N]}, or along each
 * of several texts; centred for the product that follows.
 */
final class Depthwise implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final Window window;
  private final WeightSlot weight;
  private final Centred output;

  Depthwise(Kernels kernels, Slot input, Window window, WeightSlot weight, Centred output) {
    this.kernels = kernels;
    this.input = input;
    this.window = window;
    this.weight = weight;
    this.output = output;
  }

  @Override
  public boolean canSetGradient() {
    return true;
  }

  @Override
  public Work work() {
    long operations = 2L * window.taps() * output.slot().channels() * output.slot().columns();
    return new Work("depthwise " + window.text(), operations, 2 * operations);
  }

  @Override
  public long multiplyAdds() {
    Slot to = output.slot();
    return (long) window.taps() * to.channels() * (to.columns() / to.batch());
  }

  @Override
  public void forward(Pass pass) {
    kernels.depthwise(
        input.value(),
        window,
        pass.weights(),
        weight.offset(),
        output.slot().value(),
        pass.training() ? output.means() : null);
  }

  @Override
  public void backward(Pass pass) {
    kernels.depthwiseBackward(
        input.value(),
        window,
        pass.weights(),
        weight.offset(),
        output.slot().gradient(),
        input.gradient(),
        !pass.setsGradient(),
        pass.wantsWeights() ? pass.weightGradient() : null);
  }
}
