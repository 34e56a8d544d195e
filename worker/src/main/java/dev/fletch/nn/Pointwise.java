package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;
import java.util.List;

/**
 * 1x1 convolutions of one input, alone: {@code [K, H, W, N]} to {@code [C, H, W, N]}. This and a
 * batch norm cost less than the closed form of {@link PointwiseNorm} where its covariance {@code
 * [K, K]} serves this product only.
 */
final class Pointwise implements Step {
  private final Kernels kernels;
  private final Centred input;
  private final List<WeightSlot> parts;
  private final Centred output;
  private final double[] small;
  private final Matrix weights;
  private final Matrix transposed;
  private final Matrix moments;

  /**
   * @param input read by this step alone
   * @param parts W {@code [Ci, K]} of each convolution; their outputs follow each other as rows of
   *     {@code output}
   * @param output its means are what the convolutions make of those that were taken off the input;
   *     null if the input is not centred
   */
  Pointwise(PlanBuilder plan, Centred input, List<WeightSlot> parts, Centred output) {
    this.kernels = plan.kernels();
    this.input = input;
    this.parts = List.copyOf(parts);
    this.output = output;
    int rows = output.slot().channels();
    int inputs = input.slot().channels();
    this.small = new double[rows * inputs];
    this.weights = plan.matrix(rows, inputs);
    this.transposed = plan.matrix(inputs, rows);
    this.moments = plan.matrix(rows, inputs);
  }

  @Override
  public Work work() {
    long product = 2L * input.slot().channels() * output.slot().channels();
    product *= output.slot().columns();
    return new Work("1x1", product, 2 * product);
  }

  @Override
  public long multiplyAdds() {
    Slot to = output.slot();
    return (long) input.slot().channels() * to.channels() * (to.columns() / to.batch());
  }

  @Override
  public List<Slot> assignedGradients() {
    return List.of(input.slot());
  }

  @Override
  public void forward(Pass pass) {
    int at = 0;
    for (WeightSlot part : parts) {
      System.arraycopy(pass.weights(), part.offset(), small, at, part.length());
      at += part.length();
    }
    weights.write(small);
    kernels.multiply(weights, input.slot().value(), output.slot().value(), 0);
    if (output.means() != null) {
      carryMeans();
    }
  }

  private void carryMeans() {
    int inputs = input.slot().channels();
    for (int c = 0; c < output.means().length; c++) {
      double mean = 0;
      for (int k = 0; k < inputs; k++) {
        mean += small[c * inputs + k] * input.means()[k];
      }
      output.means()[c] = mean;
    }
  }

  @Override
  public void backward(Pass pass) {
    Matrix gradient = output.slot().gradient();
    if (pass.wantsWeights()) {
      kernels.multiplyTransposed(gradient, input.slot().value(), moments, 1);
      moments.read(small);
      int at = 0;
      for (WeightSlot part : parts) {
        for (int i = 0; i < part.length(); i++) {
          pass.weightGradient()[part.offset() + i] += small[at + i];
        }
        at += part.length();
      }
    }
    int inputs = input.slot().channels();
    int rows = output.slot().channels();
    int row = 0;
    for (WeightSlot part : parts) {
      int last = row + part.length() / inputs;
      for (int at = part.offset(); row < last; row++) {
        for (int k = 0; k < inputs; k++, at++) {
          small[k * rows + row] = pass.weights()[at];
        }
      }
    }
    transposed.write(small);
    kernels.multiply(transposed, gradient, input.slot().gradient(), 0);
  }
}
