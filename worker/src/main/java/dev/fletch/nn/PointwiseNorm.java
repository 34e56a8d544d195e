package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.engine.SumOfProducts;
import java.util.Arrays;
import java.util.List;

/**
 * 1x1 convolution and batch norm, affine or not, of one centred input into a slot of its own, by
 * {@link NormalizedProduct}.
 */
final class PointwiseNorm implements Step {
  private final Kernels kernels;
  private final Centred input;
  private final NormalizedProduct product;
  private final Affine affine;
  private final boolean propagates;
  private final Slot output;
  private final double[] factors;
  private final double[] dfactors;
  private final double[] shifts;
  private final double[] square;
  private final double[] rectangle;
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
    this.factors = new double[rows];
    this.dfactors = new double[rows];
    this.shifts = new double[rows];
    this.square = new double[inputs * inputs];
    this.rectangle = new double[rows * inputs];
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
    Arrays.fill(factors, 1);
    Arrays.fill(shifts, 0);
    if (affine != null) {
      System.arraycopy(pass.weights(), affine.gamma(), factors, 0, factors.length);
      System.arraycopy(pass.weights(), affine.beta(), shifts, 0, shifts.length);
    }
    int columns = output.columns();
    if (pass.training()) {
      kernels.covariance(input.slot().value(), covariance, 1.0 / columns);
      covariance.read(square);
      product.normalize(pass, square, 0, input.means(), 0, columns);
    } else {
      product.normalizeWithRunningStatistics(pass);
      for (int c = 0; c < shifts.length; c++) {
        shifts[c] += factors[c] * product.evaluationShift(pass, c);
      }
    }
    product.fold(pass, factors, rectangle, 0, product.inputs());
    folded.write(rectangle);
    repeat(pass);
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
        product.gradientOfOutput(pass, factors, rectangle, 0, product.rows());
        transposed.write(rectangle);
        kernels.multiply(transposed, output.gradient(), input.slot().gradient(), 0);
      }
      return;
    }
    int columns = output.columns();
    Matrix gradient = output.gradient();
    double[] means = new double[gradient.rowCount()];
    // the input's rows have mean zero: the gradient's means do not matter here
    kernels.multiplyTransposed(gradient, input.slot().value(), moments, 1.0 / columns, means);
    moments.read(rectangle);
    product.backward(pass, rectangle, 0, product.inputs(), factors, columns, dfactors);
    if (affine != null && pass.wantsWeights()) {
      for (int c = 0; c < dfactors.length; c++) {
        pass.weightGradient()[affine.gamma() + c] += dfactors[c];
        pass.weightGradient()[affine.beta() + c] += columns * means[c];
      }
    }
    if (propagates) {
      propagate(pass, gradient, means);
    }
  }

  /** Batch norm's output has no constant part: its gradient counts without its means. */
  private void propagate(Pass pass, Matrix gradient, double[] means) {
    product.gradientOfOutput(pass, factors, rectangle, 0, product.rows());
    transposed.write(rectangle);
    double[] shift = new double[product.inputs()];
    for (int k = 0; k < shift.length; k++) {
      for (int c = 0; c < means.length; c++) {
        shift[k] -= rectangle[k * means.length + c] * means[c];
      }
    }
    product.gradientOfStatistics(pass, factors, square, 0);
    covariance.write(square);
    kernels.multiplySums(
        List.of(
            new SumOfProducts(
                List.of(transposed, covariance),
                List.of(gradient, input.slot().value()),
                input.slot().gradient(),
                shift)));
  }
}
