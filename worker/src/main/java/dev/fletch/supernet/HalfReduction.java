package dev.fletch.supernet;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.nn.Centred;
import dev.fletch.nn.NormalizedProduct;
import java.util.Arrays;

/**
 * One of the two convolutions of a factorized reduction, the skip connection of an edge with stride
 * 2, as part of a {@link MixedOperation}. Its input, every second pixel of the state, is shared by
 * all edges that leave the state.
 */
final class HalfReduction {
  private final Kernels kernels;
  private final Centred input;
  private final NormalizedProduct product;
  private final int mixingIndex;
  private final int firstRow;
  private final Slot rows;
  private final double[] square;
  private final double[] rectangle;
  private final double[] factors;
  private final double[] dfactors;
  private final Matrix squareMatrix;
  private final Matrix wide;
  private final Matrix tall;

  /**
   * @param node the whole node
   * @param firstRow first channel of the node this half writes
   */
  HalfReduction(
      PlanBuilder plan,
      Centred input,
      NormalizedProduct product,
      int mixingIndex,
      Slot node,
      int firstRow) {
    this.kernels = plan.kernels();
    this.input = input;
    this.product = product;
    this.mixingIndex = mixingIndex;
    this.firstRow = firstRow;
    this.rows = node.channels(firstRow, product.rows());
    this.square = new double[product.inputs() * product.inputs()];
    this.rectangle = new double[product.rows() * product.inputs()];
    this.factors = new double[product.rows()];
    this.dfactors = new double[product.rows()];
    this.squareMatrix = plan.matrix(product.inputs(), product.inputs());
    this.wide = plan.matrix(product.rows(), product.inputs());
    this.tall = plan.matrix(product.inputs(), product.rows());
  }

  Slot input() {
    return input.slot();
  }

  int mixingIndex() {
    return mixingIndex;
  }

  /** Adds to the node; in evaluation also to {@code shift} {@code [C]}. */
  void forward(Pass pass, double[] shift) {
    Arrays.fill(factors, pass.mixing()[mixingIndex]);
    if (pass.training()) {
      kernels.covariance(input.slot().value(), squareMatrix, 1.0 / rows.columns());
      squareMatrix.read(square);
      product.normalize(pass, square, 0, input.means(), 0, rows.columns());
    } else {
      product.normalizeWithRunningStatistics(pass);
      for (int c = 0; c < product.rows(); c++) {
        shift[firstRow + c] += factors[c] * product.evaluationShift(pass, c);
      }
    }
    product.fold(pass, factors, rectangle, 0, product.inputs());
    wide.write(rectangle);
    kernels.multiply(wide, input.slot().value(), rows.value(), 1);
  }

  /**
   * @param means of the node's gradient; in training they have been taken off
   */
  void backward(Pass pass, double[] means) {
    kernels.multiplyTransposed(rows.gradient(), input.slot().value(), wide, 1.0 / rows.columns());
    wide.read(rectangle);
    product.backward(pass, rectangle, 0, product.inputs(), factors, rows.columns(), dfactors);
    double gradient = Arrays.stream(dfactors).sum();
    for (int c = 0; c < product.rows() && !pass.training(); c++) {
      gradient += product.evaluationShift(pass, c) * rows.columns() * means[firstRow + c];
    }
    pass.mixingGradient()[mixingIndex] += gradient;
    product.gradientOfOutput(pass, factors, rectangle, 0, product.rows());
    tall.write(rectangle);
    kernels.multiply(tall, rows.gradient(), input.slot().gradient(), 1);
    if (!pass.training()) {
      return;
    }
    product.gradientOfStatistics(pass, factors, square, 0);
    squareMatrix.write(square);
    kernels.multiply(squareMatrix, input.slot().value(), input.slot().gradient(), 1);
  }
}
