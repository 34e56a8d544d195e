package dev.fletch.supernet;

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
import dev.fletch.nn.Centred;
import java.util.List;

/**
 * One of the two convolutions of a factorized reduction, the skip connection of an edge with stride
 * 2, as part of a {@link MixedOperation}. Its input, every second pixel of the state, is shared by
 * all edges that leave the state.
 */
final class HalfReduction {
  private static final int[] ONLY = {0};

  private final Kernels kernels;
  private final Centred input;
  private final ClosedForm closedForm;
  private final int mixingIndex;
  private final int firstRow;
  private final Slot rows;
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
    this.closedForm =
        kernels.small().closedForm(List.of(product), List.of(RowFactor.ofMixing(mixingIndex)));
    this.mixingIndex = mixingIndex;
    this.firstRow = firstRow;
    this.rows = node.channels(firstRow, product.rows());
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
  void forward(Pass pass, Doubles shift) {
    List<Doubles> means = List.of();
    if (pass.training()) {
      kernels.covariance(input.slot().value(), squareMatrix, 1.0 / rows.columns());
      means = List.of(input.means());
    }
    closedForm.forward(pass, ONLY, squareMatrix, means, rows.columns(), wide, Layout.TALL);
    if (!pass.training()) {
      closedForm.addShifts(pass, ONLY, shift, firstRow);
    }
    kernels.multiply(wide, input.slot().value(), rows.value(), 1);
  }

  /**
   * @param means of the node's gradient; in training they have been taken off
   */
  void backward(Pass pass, Doubles means) {
    Matrix value = input.slot().value();
    Matrix gradient = input.slot().gradient();
    int columns = rows.columns();
    kernels.multiplyTransposed(rows.gradient(), value, wide, 1.0 / columns);
    if (pass.training()) {
      closedForm.backward(pass, ONLY, wide, Layout.TALL, columns, tall, squareMatrix);
    } else {
      closedForm.backwardInEvaluation(
          pass, ONLY, wide, Layout.TALL, columns, means, firstRow, tall);
    }
    kernels.multiply(tall, rows.gradient(), gradient, 1);
    if (pass.training()) {
      kernels.multiply(squareMatrix, value, gradient, 1);
    }
  }
}
