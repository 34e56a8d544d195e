package dev.fletch.nn;

import dev.fletch.engine.Doubles;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import java.util.List;

/** A linear layer with bias at every position: {@code [K, P]} to {@code [C, P]}. */
final class Projection implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final WeightSlot weight;
  private final WeightSlot bias;
  private final Slot output;
  private final Doubles shifts;
  private final Doubles means;
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
    this.shifts = kernels.doubles(rows);
    this.means = kernels.doubles(rows);
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
    kernels.small().copy(pass.weights(), weight.offset(), weights);
    kernels.small().copy(pass.weights(), bias.offset(), shifts, 0, output.channels());
    kernels.multiplyAndShift(weights, input.value(), shifts, output.value());
  }

  @Override
  public void backward(Pass pass) {
    Matrix gradient = output.gradient();
    if (pass.wantsWeights()) {
      addWeightGradients(pass, gradient);
    }
    kernels
        .small()
        .copyTransposed(pass.weights(), weight.offset(), output.channels(), transposed, 0);
    kernels.multiply(transposed, gradient, input.gradient(), pass.setsGradient() ? 0 : 1);
  }

  private void addWeightGradients(Pass pass, Matrix gradient) {
    kernels.multiplyTransposed(gradient, input.value(), moments, 1);
    kernels.small().add(moments, pass.weightGradient(), weight.offset());
    kernels.rowMeans(gradient, means);
    kernels
        .small()
        .addScaled(
            means, 0, output.columns(), pass.weightGradient(), bias.offset(), output.channels());
  }
}
