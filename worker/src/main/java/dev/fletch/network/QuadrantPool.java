package dev.fletch.network;

import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;

/**
 * ReLU and the mean over four overlapping corner windows of 5/8 of each side (rounded up): 5x5 with
 * stride 3 on 8x8 and with stride 2 on 7x7, as in the reference for CIFAR and ImageNet, and as much
 * on other sizes.
 */
final class QuadrantPool implements Step {
  private final Slot input;
  private final Slot output;
  private final int windowHeight;
  private final int windowWidth;
  private final double[] pixels;
  private final double[] pooled;

  QuadrantPool(Slot input, Slot output) {
    this.input = input;
    this.output = output;
    this.windowHeight = (5 * input.height() + 7) / 8;
    this.windowWidth = (5 * input.width() + 7) / 8;
    this.pixels = new double[input.channels() * input.columns()];
    this.pooled = new double[output.channels() * output.columns()];
  }

  @Override
  public Work work() {
    long operations = (long) pooled.length * windowHeight * windowWidth;
    return new Work("corner pool", operations, operations);
  }

  @Override
  public void forward(Pass pass) {
    input.value().read(pixels);
    for (int i = 0; i < pooled.length; i++) {
      double sum = 0;
      int corner = corner(i);
      for (int y = 0; y < windowHeight; y++) {
        for (int x = 0; x < windowWidth; x++) {
          sum += Math.max(0, pixels[corner + at(y, x)]);
        }
      }
      pooled[i] = sum / (windowHeight * windowWidth);
    }
    output.value().write(pooled);
  }

  @Override
  public void backward(Pass pass) {
    double[] gradient = new double[pixels.length];
    input.gradient().read(gradient);
    output.gradient().read(pooled);
    for (int i = 0; i < pooled.length; i++) {
      double share = pooled[i] / (windowHeight * windowWidth);
      int corner = corner(i);
      for (int y = 0; y < windowHeight; y++) {
        for (int x = 0; x < windowWidth; x++) {
          int at = corner + at(y, x);
          gradient[at] += pixels[at] > 0 ? share : 0;
        }
      }
    }
    input.gradient().write(gradient);
  }

  /** Where the window of output value {@code i} begins: i = (channel * 4 + window) * N + n. */
  private int corner(int i) {
    int batch = input.batch();
    int n = i % batch;
    int window = i / batch % 4;
    int channel = i / batch / 4;
    int top = window / 2 * (input.height() - windowHeight);
    int left = window % 2 * (input.width() - windowWidth);
    return channel * input.columns() + at(top, left) + n;
  }

  /** How far a pixel lies from the first one of its channel. */
  private int at(int y, int x) {
    return (y * input.width() + x) * input.batch();
  }
}
