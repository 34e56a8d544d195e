package dev.fletch.network;

import dev.fletch.engine.Corners;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;

/**
 * ReLU and the mean over four overlapping windows in the corners of an image: 5x5 with stride 3 on
 * 8x8 and with stride 2 on 7x7, as in the reference for CIFAR and ImageNet, and as much on other
 * sizes.
 */
final class QuadrantPool implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final Corners corners;
  private final Slot output;

  /**
   * @param output {@code [C, 2, 2, N]}
   */
  QuadrantPool(Kernels kernels, Slot input, Slot output) {
    this.kernels = kernels;
    this.input = input;
    this.corners = new Corners(input.height(), input.width());
    this.output = output;
  }

  @Override
  public Work work() {
    long values = (long) output.channels() * output.columns();
    long operations = values * corners.windowHeight() * corners.windowWidth();
    return new Work("corner pool", operations, operations);
  }

  @Override
  public void forward(Pass pass) {
    kernels.cornerPool(input.value(), corners, output.value());
  }

  @Override
  public void backward(Pass pass) {
    kernels.cornerPoolBackward(input.value(), corners, output.gradient(), input.gradient());
  }
}
