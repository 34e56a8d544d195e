package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.SmallKernels;
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

  private interface Rows {
    void visit(WeightSlot part, int first, int count);
  }

  private void forEachPart(Rows rows) {
    int first = 0;
    for (WeightSlot part : parts) {
      int count = part.length() / input.slot().channels();
      rows.visit(part, first, count);
      first += count;
    }
  }

  @Override
  public void forward(Pass pass) {
    SmallKernels small = kernels.small();
    forEachPart(
        (part, first, count) ->
            small.copy(pass.weights(), part.offset(), weights.rows(first, count)));
    kernels.multiply(weights, input.slot().value(), output.slot().value(), 0);
    if (output.means() != null) {
      forEachPart(
          (part, first, count) ->
              small.multiply(
                  pass.weights(), part.offset(), count, input.means(), output.means(), first));
    }
  }

  @Override
  public void backward(Pass pass) {
    SmallKernels small = kernels.small();
    Matrix gradient = output.slot().gradient();
    if (pass.wantsWeights()) {
      kernels.multiplyTransposed(gradient, input.slot().value(), moments, 1);
      forEachPart(
          (part, first, count) ->
              small.add(moments.rows(first, count), pass.weightGradient(), part.offset()));
    }
    forEachPart(
        (part, first, count) ->
            small.copyTransposed(pass.weights(), part.offset(), count, transposed, first));
    kernels.multiply(transposed, gradient, input.slot().gradient(), 0);
  }
}
