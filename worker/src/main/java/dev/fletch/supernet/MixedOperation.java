package dev.fletch.supernet;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.Pass;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import dev.fletch.nn.Centred;
import dev.fletch.nn.NormalizedProduct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mixed operations of all edges that enter one node, summed: {@code node = sum over edges e and
 * operations o of p[e, o] * o(state e)} (DARTS paper, equation 2; p = mixing weights).
 *
 * <p>The last 1x1 convolution and batch norm of every convolution are taken into the sum ({@link
 * NormalizedProduct}): with the depthwise outputs stacked, {@code node = [p1 s1 W1 | p2 s2 W2 |
 * ...] [d1; d2; ...]} is one matrix product, and so are the gradients. Pools and identities are
 * shared by all edges that leave a state and enter as plain terms.
 */
final class MixedOperation implements Step {
  /** A convolution of one edge: its block of the stack and where its mixing weight lies. */
  record Convolution(Centred input, NormalizedProduct product, int mixingIndex) {}

  /** A term that needs no weights: a pooled and normalised state, or the state itself. */
  record Term(Slot slot, int mixingIndex) {}

  private final Kernels kernels;
  private final Slot stack;
  private final List<Convolution> convolutions;
  private final List<Term> terms;
  private final List<HalfReduction> halves;
  private final List<Matrix> termValues;
  private final List<Matrix> termGradients;
  private final Slot node;
  private final int channels;
  private final double[] squares;
  private final double[] rectangle;
  private final List<Matrix> blocks = new ArrayList<>();
  private final List<Matrix> squareBlocks = new ArrayList<>();
  private Matrix squareMatrix;
  private Matrix wide;
  private Matrix tall;

  /**
   * @param stack {@code [number of convolutions * C, N, H, W]}, or null if there are none
   * @param halves the two convolutions of each factorized reduction
   * @param node what is written, {@code [C, N, H, W]}
   */
  MixedOperation(
      PlanBuilder plan,
      Slot stack,
      List<Convolution> convolutions,
      List<Term> terms,
      List<HalfReduction> halves,
      Slot node) {
    this.kernels = plan.kernels();
    this.stack = stack;
    this.convolutions = List.copyOf(convolutions);
    this.terms = List.copyOf(terms);
    this.halves = List.copyOf(halves);
    this.termValues = terms.stream().map(t -> t.slot().value()).toList();
    this.termGradients = terms.stream().map(t -> t.slot().gradient()).toList();
    this.node = node;
    this.channels = node.channels();
    int count = convolutions.size();
    this.squares = new double[count * channels * channels];
    this.rectangle = new double[count * channels * channels];
    if (count > 0) {
      this.squareMatrix = plan.matrix(count * channels, channels);
      this.wide = plan.matrix(channels, count * channels);
      this.tall = plan.matrix(count * channels, channels);
      for (int i = 0; i < count; i++) {
        blocks.add(convolutions.get(i).input().slot().value());
        squareBlocks.add(squareMatrix.rows(i * channels, channels));
      }
    }
  }

  @Override
  public Work work() {
    long values = (long) channels * node.columns();
    long product = 2 * values * channels * convolutions.size();
    long half = values * channels / 2;
    long sums = 2 * values * terms.size();
    return new Work(
        "mixed operation",
        2 * product + 2 * half * halves.size() + sums,
        3 * product + 3 * half * halves.size() + 2 * sums);
  }

  /** Per convolution a square of channels; half of one for each half of a factorized reduction. */
  @Override
  public long multiplyAdds() {
    long square = (long) channels * channels * (node.columns() / node.batch());
    return square * convolutions.size() + square / 2 * halves.size();
  }

  @Override
  public List<Slot> assignedGradients() {
    return stack == null ? List.of() : List.of(stack);
  }

  @Override
  public void forward(Pass pass) {
    double[] shift = new double[channels];
    if (convolutions.isEmpty()) {
      node.value().zero();
    } else {
      mixConvolutions(pass, shift);
    }
    for (HalfReduction half : halves) {
      half.forward(pass, shift);
    }
    kernels.addWeighted(termValues, termFactors(pass), node.value());
    if (!pass.training()) {
      double[] ones = new double[channels];
      Arrays.fill(ones, 1);
      kernels.scaleRows(node.value(), ones, shift, node.value());
    }
  }

  private double[] termFactors(Pass pass) {
    return terms.stream().mapToDouble(t -> pass.mixing()[t.mixingIndex()]).toArray();
  }

  private void mixConvolutions(Pass pass, double[] shift) {
    int columns = node.columns();
    if (pass.training()) {
      for (int i = 0; i < blocks.size(); i++) {
        kernels.covariance(blocks.get(i), squareBlocks.get(i), 1.0 / columns);
      }
      squareMatrix.read(squares);
    }
    kernels.onHost(convolutions.size(), i -> normalizeAndFold(pass, i, columns));
    if (!pass.training()) {
      addShifts(pass, shift);
    }
    wide.write(rectangle);
    kernels.multiply(wide, stack.value(), node.value(), 0);
  }

  private void normalizeAndFold(Pass pass, int i, int columns) {
    Convolution convolution = convolutions.get(i);
    NormalizedProduct product = convolution.product();
    if (pass.training()) {
      product.normalize(
          pass, squares, i * channels * channels, convolution.input().means(), 0, columns);
    } else {
      product.normalizeWithRunningStatistics(pass);
    }
    product.fold(pass, factors(pass, i), rectangle, i * channels, convolutions.size() * channels);
  }

  private void addShifts(Pass pass, double[] shift) {
    for (Convolution convolution : convolutions) {
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

  @Override
  public void backward(Pass pass) {
    Matrix gradient = node.gradient();
    double[] dterms = new double[terms.size()];
    kernels.addWeightedBackward(gradient, termValues, termFactors(pass), termGradients, dterms);
    for (int i = 0; i < dterms.length; i++) {
      pass.mixingGradient()[terms.get(i).mixingIndex()] += dterms[i];
    }
    // from here on only the centred gradient matters: batch norm's output has no constant part
    kernels.centreRows(gradient, new double[channels]);
    for (HalfReduction half : halves) {
      half.backward(pass);
    }
    if (!convolutions.isEmpty()) {
      unmixConvolutions(pass, gradient);
    }
  }

  private void unmixConvolutions(Pass pass, Matrix gradient) {
    int columns = node.columns();
    int stride = convolutions.size() * channels;
    kernels.multiplyTransposed(gradient, stack.value(), wide, 1.0 / columns);
    wide.read(rectangle);
    double[] upwards = new double[rectangle.length];
    kernels.onHost(
        convolutions.size(),
        i -> {
          NormalizedProduct product = convolutions.get(i).product();
          double[] factors = factors(pass, i);
          double[] dfactors = new double[channels];
          product.backward(pass, rectangle, i * channels, stride, factors, columns, dfactors);
          pass.mixingGradient()[convolutions.get(i).mixingIndex()] += Arrays.stream(dfactors).sum();
          product.gradientOfOutput(pass, factors, upwards, i * channels * channels, channels);
          product.gradientOfStatistics(pass, factors, squares, i * channels * channels);
        });
    tall.write(upwards);
    squareMatrix.write(squares);
    for (int i = 0; i < blocks.size(); i++) {
      kernels.multiplySum(
          tall.rows(i * channels, channels),
          gradient,
          squareBlocks.get(i),
          blocks.get(i),
          convolutions.get(i).input().slot().gradient());
    }
  }
}
