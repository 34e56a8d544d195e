package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.List;

/**
 * A 1x1 convolution alone: {@code [K, N, H, W]} to {@code [C, N, H, W]}. Where K is larger than C
 * this and a {@link Normalization} cost less than the closed form of {@link PointwiseNorm}, which
 * needs the covariance {@code [K, K]} of its input.
 */
final class Pointwise implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final int weightOffset;
  private final Slot output;
  private final double[] small;
  private final Matrix weights;
  private final Matrix transposed;
  private final Matrix moments;

  /**
   * @param input read by this step alone
   * @param weightOffset where W {@code [C, K]} starts in the flat weights
   */
  Pointwise(PlanBuilder plan, Slot input, int weightOffset, Slot output) {
    this.kernels = plan.kernels();
    this.input = input;
    this.weightOffset = weightOffset;
    this.output = output;
    int rows = output.channels();
    int inputs = input.channels();
    this.small = new double[rows * inputs];
    this.weights = plan.matrix(rows, inputs);
    this.transposed = plan.matrix(inputs, rows);
    this.moments = plan.matrix(rows, inputs);
  }

  @Override
  public Work work() {
    long product = 2L * input.channels() * output.channels() * output.columns();
    return new Work("1x1", product, 2 * product);
  }

  @Override
  public List<Slot> assignedGradients() {
    return List.of(input);
  }

  @Override
  public void forward(Pass pass) {
    System.arraycopy(pass.weights(), weightOffset, small, 0, small.length);
    weights.write(small);
    kernels.multiply(weights, input.value(), output.value(), 0);
  }

  @Override
  public void backward(Pass pass) {
    Matrix gradient = output.gradient();
    if (pass.wantsWeights()) {
      kernels.multiplyTransposed(gradient, input.value(), moments, 1);
      moments.read(small);
      for (int i = 0; i < small.length; i++) {
        pass.weightGradient()[weightOffset + i] += small[i];
      }
    }
    int inputs = input.channels();
    for (int c = 0; c < output.channels(); c++) {
      for (int k = 0; k < inputs; k++) {
        small[k * output.channels() + c] = pass.weights()[weightOffset + c * inputs + k];
      }
    }
    transposed.write(small);
    kernels.multiply(transposed, gradient, input.gradient(), 0);
  }
}
