package dev.fletch.supernet;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.SumOfProducts;
import dev.fletch.nn.NormalizedProduct;
import dev.fletch.supernet.MixedOperation.Convolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The last 1x1 convolution and batch norm of all convolutions that enter a node, times their mixing
 * weights, summed ({@link NormalizedProduct}): with the depthwise outputs d stacked, {@code [p1 s1
 * W1 | p2 s2 W2 | ...] [d1; d2; ...]} is one matrix product, and so is the gradient of the weights.
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
  private final double[] squares;
  private final double[] rectangle;
  private final double[] upwards;
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
    this.squares = new double[count * channels * channels];
    this.rectangle = new double[squares.length];
    this.upwards = new double[squares.length];
    if (count > 0) {
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

  /** Where block i of {@link #squares}, or of the other arrays seen as blocks, starts. */
  private int at(int i) {
    return i * channels * channels;
  }

  /**
   * Overwrites the node; in evaluation also adds to {@code shift} {@code [C]}.
   *
   * @return false if the node was not written, as there is nothing to add
   */
  boolean forward(Pass pass, double[] shift) {
    int[] present = present(pass);
    if (present.length == 0) {
      return false;
    }
    boolean all = present.length == convolutions.size();
    if (pass.training()) {
      covariances(present, all);
    }
    kernels.onHost(present.length, n -> normalizeAndFold(pass, present[n], all));
    if (!pass.training()) {
      addShifts(pass, present, shift);
    }
    if (all) {
      wide.write(rectangle);
      kernels.multiply(wide, stack.value(), node.value(), 0);
    } else {
      for (int i : present) {
        tallBlocks.get(i).write(rectangle, at(i));
      }
      kernels.multiplySums(
          List.of(
              new SumOfProducts(these(tallBlocks, present), these(blocks, present), node.value())));
    }
    return true;
  }

  private static List<Matrix> these(List<Matrix> matrices, int[] present) {
    return Arrays.stream(present).mapToObj(matrices::get).toList();
  }

  private void covariances(int[] present, boolean all) {
    for (int i : present) {
      kernels.covariance(blocks.get(i), squareBlocks.get(i), 1.0 / node.columns());
    }
    if (all) {
      squareMatrix.read(squares);
      return;
    }
    for (int i : present) {
      squareBlocks.get(i).read(squares, at(i));
    }
  }

  private void normalizeAndFold(Pass pass, int i, boolean all) {
    Convolution convolution = convolutions.get(i);
    NormalizedProduct product = convolution.product();
    if (pass.training()) {
      product.normalize(pass, squares, at(i), convolution.input().means(), 0, node.columns());
    } else {
      product.normalizeWithRunningStatistics(pass);
    }
    product.fold(pass, factors(pass, i), rectangle, startOf(i, all), strideOf(all));
  }

  /** Where the product of convolution i starts in {@link #rectangle}: side by side, or blocks. */
  private int startOf(int i, boolean all) {
    return all ? i * channels : at(i);
  }

  private int strideOf(boolean all) {
    return all ? convolutions.size() * channels : channels;
  }

  private void addShifts(Pass pass, int[] present, double[] shift) {
    for (int i : present) {
      Convolution convolution = convolutions.get(i);
      double factor = pass.mixing()[convolution.mixingIndex()];
      for (int c = 0; c < channels; c++) {
        shift[c] += factor * convolution.product().evaluationShift(pass, c);
      }
    }
  }

  private double[] factors(Pass pass, int i) {
    double[] factors = new double[channels];
    Arrays.fill(factors, pass.mixing()[convolutions.get(i).mixingIndex()]);
    return factors;
  }

  /**
   * Sets the gradients of the blocks.
   *
   * @param means of the node's gradient; in training they have been taken off
   */
  void backward(Pass pass, double[] means) {
    int[] present = present(pass);
    boolean all = present.length == convolutions.size();
    double scale = 1.0 / node.columns();
    if (present.length == 0) {
      return;
    }
    if (all) {
      kernels.multiplyTransposed(node.gradient(), stack.value(), wide, scale);
      wide.read(rectangle);
    } else {
      for (int i : present) {
        kernels.multiplyTransposed(node.gradient(), blocks.get(i), tallBlocks.get(i), scale);
        tallBlocks.get(i).read(rectangle, at(i));
      }
    }
    kernels.onHost(present.length, n -> unfold(pass, present[n], all, means));
    if (all) {
      tall.write(upwards);
      squareMatrix.write(squares);
    }
    for (int i : present) {
      if (!all) {
        tallBlocks.get(i).write(upwards, at(i));
        squareBlocks.get(i).write(squares, at(i));
      }
    }
    kernels.multiplySums(Arrays.stream(present).mapToObj(i -> gradientOfBlock(pass, i)).toList());
  }

  private void unfold(Pass pass, int i, boolean all, double[] means) {
    Convolution convolution = convolutions.get(i);
    NormalizedProduct product = convolution.product();
    double[] factors = factors(pass, i);
    double[] dfactors = new double[channels];
    product.backward(
        pass, rectangle, startOf(i, all), strideOf(all), factors, node.columns(), dfactors);
    double gradient = Arrays.stream(dfactors).sum();
    product.gradientOfOutput(pass, factors, upwards, at(i), channels);
    if (pass.training()) {
      product.gradientOfStatistics(pass, factors, squares, at(i));
    } else {
      for (int c = 0; c < channels; c++) {
        gradient += product.evaluationShift(pass, c) * node.columns() * means[c];
      }
    }
    pass.mixingGradient()[convolution.mixingIndex()] += gradient;
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
