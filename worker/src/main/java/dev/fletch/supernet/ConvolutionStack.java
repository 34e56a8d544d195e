package dev.fletch.supernet;

import dev.fletch.engine.ClosedForm;
import dev.fletch.engine.ClosedForm.Layout;
import dev.fletch.engine.Doubles;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.RowFactor;
import dev.fletch.engine.Slot;
import dev.fletch.engine.SumOfProducts;
import dev.fletch.supernet.MixedOperation.Convolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The last 1x1 convolution and batch norm of all convolutions that enter a node, times their mixing
 * weights, summed ({@link ClosedForm}): with the depthwise outputs d stacked, {@code [p1 s1 W1 | p2
 * s2 W2 | ...] [d1; d2; ...]} is one matrix product, and so is the gradient of the weights.
 *
 * <p>If the pass leaves some of them out, those that remain are a product each: the others' blocks
 * of the stack hold old values.
 */
final class ConvolutionStack {
  private final Kernels kernels;
  private final Slot stack;
  private final List<Convolution> convolutions;
  private final Slot node;
  private final int channels;
  private final List<Doubles> means;
  private ClosedForm closedForm;
  private final List<Matrix> blocks = new ArrayList<>();
  private final List<Matrix> squareBlocks = new ArrayList<>();
  private final List<Matrix> tallBlocks = new ArrayList<>();
  private Matrix squareMatrix;
  private Matrix wide;
  private Matrix tall;

  /**
   * @param stack {@code [number of convolutions * C, H, W, N]}, or null if there are none
   * @param node what is written, {@code [C, H, W, N]}
   */
  ConvolutionStack(PlanBuilder plan, Slot stack, List<Convolution> convolutions, Slot node) {
    this.kernels = plan.kernels();
    this.stack = stack;
    this.convolutions = List.copyOf(convolutions);
    this.node = node;
    this.channels = node.channels();
    int count = convolutions.size();
    this.means = convolutions.stream().map(c -> c.input().means()).toList();
    if (count > 0) {
      this.closedForm =
          kernels
              .small()
              .closedForm(
                  convolutions.stream().map(Convolution::product).toList(),
                  convolutions.stream().map(c -> RowFactor.ofMixing(c.mixingIndex())).toList());
      this.squareMatrix = plan.matrix(count * channels, channels);
      this.wide = plan.matrix(channels, count * channels);
      this.tall = plan.matrix(count * channels, channels);
      for (int i = 0; i < count; i++) {
        blocks.add(convolutions.get(i).input().slot().value());
        squareBlocks.add(squareMatrix.rows(i * channels, channels));
        tallBlocks.add(tall.rows(i * channels, channels));
      }
    }
  }

  int size() {
    return convolutions.size();
  }

  /** How many have a mixing index that passes. */
  long count(IntPredicate mixingIndex) {
    return convolutions.stream().filter(c -> mixingIndex.test(c.mixingIndex())).count();
  }

  private int[] present(Pass pass) {
    return IntStream.range(0, convolutions.size())
        .filter(i -> !pass.leavesOut(convolutions.get(i).mixingIndex()))
        .toArray();
  }

  /**
   * Overwrites the node; in evaluation also adds to {@code shift} {@code [C]}.
   *
   * @return false if the node was not written, as there is nothing to add
   */
  boolean forward(Pass pass, Doubles shift) {
    int[] present = present(pass);
    if (present.length == 0) {
      return false;
    }
    boolean all = present.length == convolutions.size();
    if (pass.training()) {
      kernels.covariances(
          these(blocks, present), these(squareBlocks, present), 1.0 / node.columns());
    }
    closedForm.forward(
        pass, present, squareMatrix, means, node.columns(), all ? wide : tall, layout(all));
    if (!pass.training()) {
      closedForm.addShifts(pass, present, shift, 0);
    }
    if (all) {
      kernels.multiply(wide, stack.value(), node.value(), 0);
    } else {
      kernels.multiplySums(
          List.of(
              new SumOfProducts(these(tallBlocks, present), these(blocks, present), node.value())));
    }
    return true;
  }

  private static Layout layout(boolean all) {
    return all ? Layout.WIDE : Layout.TALL;
  }

  private static List<Matrix> these(List<Matrix> matrices, int[] present) {
    return Arrays.stream(present).mapToObj(matrices::get).toList();
  }

  /**
   * Sets the gradients of the blocks.
   *
   * @param means of the node's gradient; in training they have been taken off
   */
  void backward(Pass pass, Doubles means) {
    int[] present = present(pass);
    boolean all = present.length == convolutions.size();
    double scale = 1.0 / node.columns();
    if (present.length == 0) {
      return;
    }
    if (all) {
      kernels.multiplyTransposed(node.gradient(), stack.value(), wide, scale);
    } else {
      for (int i : present) {
        kernels.multiplyTransposed(node.gradient(), blocks.get(i), tallBlocks.get(i), scale);
      }
    }
    Matrix moments = all ? wide : tall;
    int columns = node.columns();
    if (pass.training()) {
      closedForm.backward(pass, present, moments, layout(all), columns, tall, squareMatrix);
    } else {
      closedForm.backwardInEvaluation(pass, present, moments, layout(all), columns, means, 0, tall);
    }
    kernels.multiplySums(Arrays.stream(present).mapToObj(i -> gradientOfBlock(pass, i)).toList());
  }

  private SumOfProducts gradientOfBlock(Pass pass, int i) {
    Matrix tallBlock = tallBlocks.get(i);
    Matrix dblock = convolutions.get(i).input().slot().gradient();
    return pass.training()
        ? new SumOfProducts(
            List.of(tallBlock, squareBlocks.get(i)),
            List.of(node.gradient(), blocks.get(i)),
            dblock)
        : new SumOfProducts(List.of(tallBlock), List.of(node.gradient()), dblock);
  }
}
