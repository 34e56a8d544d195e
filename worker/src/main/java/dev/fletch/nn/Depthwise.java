package dev.fletch.nn;

import dev.fletch.engine.Geometry;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;

/**
 * ReLU, then a depthwise convolution: {@code [C, N, H, W]} to {@code [C, N, oH, oW]}, centred for
 * the product that follows.
 */
final class Depthwise implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final Geometry geometry;
  private final WeightSlot weight;
  private final Centred output;

  Depthwise(Kernels kernels, Slot input, Geometry geometry, WeightSlot weight, Centred output) {
    this.kernels = kernels;
    this.input = input;
    this.geometry = geometry;
    this.weight = weight;
    this.output = output;
  }

  @Override
  public boolean canSetGradient() {
    return true;
  }

  @Override
  public Work work() {
    long operations = 2L * geometry.taps() * output.slot().channels() * output.slot().columns();
    String kind =
        "depthwise "
            + geometry.kernel()
            + "x"
            + geometry.kernel()
            + (geometry.dilation() > 1 ? " dilated" : "")
            + (geometry.stride() > 1 ? " stride 2" : "");
    return new Work(kind, operations, 2 * operations);
  }

  @Override
  public long multiplyAdds() {
    Slot to = output.slot();
    return (long) geometry.taps() * to.channels() * (to.columns() / to.batch());
  }

  @Override
  public void forward(Pass pass) {
    kernels.depthwise(
        input.value(),
        geometry,
        pass.weights(),
        weight.offset(),
        output.slot().value(),
        pass.training() ? output.means() : null);
  }

  @Override
  public void backward(Pass pass) {
    kernels.depthwiseBackward(
        input.value(),
        geometry,
        pass.weights(),
        weight.offset(),
        output.slot().gradient(),
        input.gradient(),
        !pass.setsGradient(),
        pass.wantsWeights() ? pass.weightGradient() : null);
  }
}
