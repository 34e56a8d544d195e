package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.Doubles;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import dev.fletch.nn.Blocks;
import java.util.List;

/**
 * A family that the program does not have: {@code toy_half} is half of the state, {@code toy_scale}
 * the state times a learned factor for each channel. With stride 2 they are an average pool.
 */
public final class ToyOperations implements OperationBlock {
  public static final Operation HALF = new Operation("toy_half");
  public static final Operation SCALE = new Operation("toy_scale");

  @Override
  public List<Operation> operations() {
    return List.of(HALF, SCALE);
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return stride == 1 ? new Scale(operation.equals(SCALE)) : new Pooling(false, stride);
  }

  private record Scale(boolean hasWeights) implements OwnForm {
    @Override
    public Slot layOut(Blocks blocks, String name, Slot input) {
      PlanBuilder plan = blocks.plan();
      WeightSlot factors =
          hasWeights
              ? plan.weight(name + ".factor", Initialization.UNIFORM, input.channels())
              : null;
      Slot output = plan.slot(input.channels(), input.batch(), input.height(), input.width());
      plan.add(new ScaleStep(plan, input, factors, output), List.of(input), List.of(output));
      return output;
    }
  }

  private static final class ScaleStep implements Step {
    private final PlanBuilder plan;
    private final Slot input;
    private final WeightSlot weights;
    private final Slot output;
    private final Matrix moments;

    ScaleStep(PlanBuilder plan, Slot input, WeightSlot weights, Slot output) {
      this.plan = plan;
      this.input = input;
      this.weights = weights;
      this.output = output;
      this.moments = plan.matrix(input.channels(), input.channels());
    }

    @Override
    public Work work() {
      return new Work("toy scale", 0, 0);
    }

    private Doubles factors(Pass pass) {
      Doubles factors = plan.kernels().doubles(input.channels());
      factors.fill(0.5);
      if (weights != null) {
        plan.kernels().small().copy(pass.weights(), weights.offset(), factors, 0, factors.length());
      }
      return factors;
    }

    @Override
    public void forward(Pass pass) {
      plan.kernels().scaleRows(input.value(), factors(pass), null, output.value());
    }

    @Override
    public void backward(Pass pass) {
      plan.kernels().addScaledRows(output.gradient(), factors(pass), input.gradient());
      if (weights == null || !pass.wantsWeights()) {
        return;
      }
      int channels = input.channels();
      double[] products = new double[channels * channels];
      plan.kernels().multiplyTransposed(output.gradient(), input.value(), moments, 1);
      moments.read(products);
      for (int c = 0; c < channels; c++) {
        pass.weightGradient().array()[weights.offset() + c] += products[c * channels + c];
      }
    }
  }
}
