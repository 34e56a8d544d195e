package dev.fletch.nn;

import dev.fletch.engine.ClosedForm;
import dev.fletch.engine.ClosedForm.Layout;
import dev.fletch.engine.Doubles;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.NormalizedProduct;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.RowFactor;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.SumOfProducts;
import java.util.List;

/**
 * 1x1 convolution and batch norm, affine or not, of one centred input into a slot of its own, by
 * {@link ClosedForm}.
 */
final class PointwiseNorm implements Step {
  private static final int[] ONLY = {0};

  private final Kernels kernels;
  private final Centred input;
  private final NormalizedProduct product;
  private final Affine affine;
  private final boolean propagates;
  private final Slot output;
  private final ClosedForm closedForm;
  private final Doubles shifts;
  private final Doubles means;
  private final Doubles inputShifts;
  private final Matrix covariance;
  private final Matrix folded;
  private final Matrix moments;
  private final Matrix transposed;

  /** Where gamma and beta {@code [C]} of an affine batch norm lie in the flat weights. */
  record Affine(int gamma, int beta) {}

  /**
   * @param affine null for batch norm without gamma and beta
   * @param propagates false if the input is data, which needs no gradient
   */
  PointwiseNorm(
      PlanBuilder plan,
      Centred input,
      NormalizedProduct product,
      Affine affine,
      boolean propagates,
      Slot output) {
    this.kernels = plan.kernels();
    this.input = input;
    this.product = product;
    this.affine = affine;
    this.propagates = propagates;
    this.output = output;
    int rows = product.rows();
    int inputs = product.inputs();
    RowFactor factor = affine == null ? RowFactor.ONE : RowFactor.ofWeights(affine.gamma());
    this.closedForm = kernels.small().closedForm(List.of(product), List.of(factor));
    this.shifts = kernels.doubles(rows);
    this.means = kernels.doubles(rows);
    this.inputShifts = kernels.doubles(inputs);
    this.covariance = plan.matrix(inputs, inputs);
    this.folded = plan.matrix(rows, inputs);
    this.moments = plan.matrix(rows, inputs);
    this.transposed = plan.matrix(inputs, rows);
  }

  @Override
  public Work work() {
    long inputs = product.inputs();
    long covariances = 2 * inputs * inputs * output.columns();
    long products = 2 * inputs * product.rows() * output.columns();
    return new Work(
        "1x1 and batch norm",
        covariances + products,
        covariances + (propagates ? 2 : 1) * products);
  }

  @Override
  public boolean overwritesValues() {
    return true;
  }

  /** The only reader of its input. */
  @Override
  public List<Slot> assignedGradients() {
    return propagates ? List.of(input.slot()) : List.of();
  }

  @Override
  public long multiplyAdds() {
    return (long) product.rows() * product.inputs() * (output.columns() / output.batch());
  }

  @Override
  public void forward(Pass pass) {
    closedForm.forward(
        pass,
        ONLY,
        covariances(pass),
        pass.training() ? List.of(input.means()) : List.of(),
        output.columns(),
        folded,
        Layout.TALL);
    if (affine != null) {
      kernels.small().copy(pass.weights(), affine.beta(), shifts, 0, product.rows());
    } else {
      shifts.fill(0);
    }
    if (!pass.training()) {
      closedForm.addShifts(pass, ONLY, shifts, 0);
    }
    repeat(pass);
  }

  private Matrix covariances(Pass pass) {
    if (pass.training()) {
      kernels.covariance(input.slot().value(), covariance, 1.0 / output.columns());
    }
    return covariance;
  }

  /** The folded weights and the shifts of the forward pass are still there. */
  @Override
  public void repeat(Pass pass) {
    if (affine != null || !pass.training()) {
      kernels.multiplyAndShift(folded, input.slot().value(), shifts, output.value());
    } else {
      kernels.multiply(folded, input.slot().value(), output.value(), 0);
    }
  }

  @Override
  public void backward(Pass pass) {
    if (!pass.training()) {
      if (propagates) {
        closedForm.gradientOfOutput(pass, transposed);
        kernels.multiply(transposed, output.gradient(), input.slot().gradient(), 0);
      }
      return;
    }
    int columns = output.columns();
    Matrix gradient = output.gradient();
    // the input's rows have mean zero: the gradient's means do not matter here
    kernels.multiplyTransposed(gradient, input.slot().value(), moments, 1.0 / columns, means);
    closedForm.backward(
        pass,
        ONLY,
        moments,
        Layout.TALL,
        columns,
        propagates ? transposed : null,
        propagates ? covariance : null);
    if (affine != null && pass.wantsWeights()) {
      kernels
          .small()
          .addScaled(means, 0, columns, pass.weightGradient(), affine.beta(), product.rows());
    }
    if (propagates) {
      propagate(pass, gradient);
    }
  }

  /** Batch norm's output has no constant part: its gradient counts without its means. */
  private void propagate(Pass pass, Matrix gradient) {
    closedForm.shiftsOfInput(pass, means, inputShifts);
    kernels.multiplySums(
        List.of(
            new SumOfProducts(
                List.of(transposed, covariance),
                List.of(gradient, input.slot().value()),
                input.slot().gradient(),
                inputShifts)));
  }
}
