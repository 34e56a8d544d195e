package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import java.util.Arrays;
import java.util.List;

/** A linear layer with bias at every position: {@code [K, P]} to {@code [C, P]}. */
final class Projection implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final WeightSlot weight;
  private final WeightSlot bias;
  private final Slot output;
  private final double[] small;
  private final double[] shifts;
  private final Matrix weights;
  private final Matrix transposed;
  private final Matrix moments;

  private Projection(
      PlanBuilder plan, Slot input, WeightSlot weight, WeightSlot bias, Slot output) {
    this.kernels = plan.kernels();
    this.input = input;
    this.weight = weight;
    this.bias = bias;
    this.output = output;
    int rows = output.channels();
    int inputs = input.channels();
    this.small = new double[rows * inputs];
    this.shifts = new double[rows];
    this.weights = plan.matrix(rows, inputs);
    this.transposed = plan.matrix(inputs, rows);
    this.moments = plan.matrix(rows, inputs);
  }

  /**
   * Adds it to a plan.
   *
   * @param weightName of W {@code [channels, K]}
   * @param biasName of the bias {@code [channels]}
   */
  static Slot of(PlanBuilder plan, String weightName, String biasName, Slot input, int channels) {
    WeightSlot weight = plan.weight(weightName, Initialization.UNIFORM, channels, input.channels());
    WeightSlot bias = plan.bias(biasName, channels, input.channels());
    Slot output = plan.slot(channels, input.extent());
    plan.add(new Projection(plan, input, weight, bias, output), List.of(input), List.of(output));
    return output;
  }

  @Override
  public Work work() {
    long product = 2L * input.channels() * output.channels() * output.columns();
    return new Work("projection", product, 2 * product);
  }

  @Override
  public long multiplyAdds() {
    return (long) input.channels() * output.channels() * (output.columns() / output.batch());
  }

  @Override
  public boolean canSetGradient() {
    return true;
  }

  @Override
  public void forward(Pass pass) {
    System.arraycopy(pass.weights(), weight.offset(), small, 0, small.length);
    System.arraycopy(pass.weights(), bias.offset(), shifts, 0, shifts.length);
    weights.write(small);
    kernels.multiplyAndShift(weights, input.value(), shifts, output.value());
  }

  @Override
  public void backward(Pass pass) {
    Matrix gradient = output.gradient();
    if (pass.wantsWeights()) {
      addWeightGradients(pass, gradient);
    }
    int rows = output.channels();
    int inputs = input.channels();
    Arrays.setAll(small, i -> pass.weights()[weight.offset() + i % rows * inputs + i / rows]);
    transposed.write(small);
    kernels.multiply(transposed, gradient, input.gradient(), pass.setsGradient() ? 0 : 1);
  }

  private void addWeightGradients(Pass pass, Matrix gradient) {
    kernels.multiplyTransposed(gradient, input.value(), moments, 1);
    moments.read(small);
    for (int i = 0; i < small.length; i++) {
      pass.weightGradient()[weight.offset() + i] += small[i];
    }
    double[] means = new double[shifts.length];
    kernels.rowMeans(gradient, means);
    for (int c = 0; c < means.length; c++) {
      pass.weightGradient()[bias.offset() + c] += means[c] * output.columns();
    }
  }
}
