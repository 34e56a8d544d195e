package dev.fletch.nn;

import dev.fletch.engine.Doubles;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.NormalizedProduct;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.SmallKernels;
import dev.fletch.engine.SmallKernels.NormRows;
import dev.fletch.engine.Step;
import java.util.List;

/**
 * Batch norm with gamma and beta: {@code y = gamma (x - mean) s + beta}. Several batch norms whose
 * inputs are rows of one slot are one step.
 */
final class AffineNorm implements Step {
  /**
   * One batch norm.
   *
   * @param channels how many rows it has; they follow those of the part before
   * @param gamma where gamma {@code [channels]} starts in the flat weights
   * @param beta where beta starts
   * @param statistics where its means start in the flat statistics; its variances follow them
   */
  record Part(int channels, int gamma, int beta, int statistics) {
    private NormRows rows(int first) {
      return new NormRows(first, channels, statistics);
    }
  }

  private final Kernels kernels;
  private final Centred input;
  private final List<Part> parts;
  private final Slot output;
  private final Doubles gamma;
  private final Doubles beta;
  private final Doubles means;
  private final Doubles variances;
  private final Doubles scale;
  private final Doubles dgamma;
  private final Doubles dbeta;

  /**
   * @param input read by this step alone
   */
  AffineNorm(Kernels kernels, Centred input, List<Part> parts, Slot output) {
    this.kernels = kernels;
    this.input = input;
    this.parts = List.copyOf(parts);
    this.output = output;
    int channels = output.channels();
    this.gamma = kernels.doubles(channels);
    this.beta = kernels.doubles(channels);
    this.means = kernels.doubles(channels);
    this.variances = kernels.doubles(channels);
    this.scale = kernels.doubles(channels);
    this.dgamma = kernels.doubles(channels);
    this.dbeta = kernels.doubles(channels);
  }

  @Override
  public Work work() {
    long values = (long) output.channels() * output.columns();
    return new Work("batch norm", 6 * values, 9 * values);
  }

  @Override
  public List<Slot> assignedGradients() {
    return List.of(input.slot());
  }

  private interface Rows {
    void visit(Part part, int first);
  }

  private void forEachPart(Rows rows) {
    int first = 0;
    for (Part part : parts) {
      rows.visit(part, first);
      first += part.channels();
    }
  }

  @Override
  public void forward(Pass pass) {
    SmallKernels small = kernels.small();
    forEachPart(
        (part, first) -> {
          small.copy(pass.weights(), part.gamma(), gamma, first, part.channels());
          small.copy(pass.weights(), part.beta(), beta, first, part.channels());
        });
    if (pass.training()) {
      train(pass);
    } else {
      evaluate(pass);
    }
  }

  private void train(Pass pass) {
    kernels.batchNorm(
        input.slot().value(),
        NormalizedProduct.EPSILON,
        gamma,
        beta,
        means,
        variances,
        output.value());
    forEachPart(
        (part, first) ->
            kernels
                .small()
                .noteStatistics(
                    part.rows(first),
                    means,
                    variances,
                    input.means(),
                    output.columns(),
                    scale,
                    pass.batchStatistics()));
  }

  /** Gamma and beta become the whole map: {@code y = gamma x + beta}. */
  private void evaluate(Pass pass) {
    forEachPart(
        (part, first) ->
            kernels
                .small()
                .foldStatistics(part.rows(first), pass.runningStatistics(), gamma, beta));
    kernels.scaleRows(input.slot().value(), gamma, beta, output.value());
  }

  @Override
  public void backward(Pass pass) {
    if (!pass.training()) {
      kernels.scaleRows(output.gradient(), gamma, null, input.slot().gradient());
      return;
    }
    kernels.batchNormBackward(
        input.slot().value(),
        means,
        scale,
        gamma,
        output.gradient(),
        input.slot().gradient(),
        dgamma,
        dbeta);
    if (!pass.wantsWeights()) {
      return;
    }
    SmallKernels small = kernels.small();
    Doubles gradient = pass.weightGradient();
    forEachPart(
        (part, first) -> {
          small.addScaled(dgamma, first, 1, gradient, part.gamma(), part.channels());
          small.addScaled(dbeta, first, 1, gradient, part.beta(), part.channels());
        });
  }
}
