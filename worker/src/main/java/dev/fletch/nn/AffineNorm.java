package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
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
  record Part(int channels, int gamma, int beta, int statistics) {}

  private final Kernels kernels;
  private final Centred input;
  private final List<Part> parts;
  private final Slot output;
  private final double[] gamma;
  private final double[] beta;
  private final double[] means;
  private final double[] variances;
  private final double[] scale;
  private final double[] dgamma;
  private final double[] dbeta;

  /**
   * @param input read by this step alone
   */
  AffineNorm(Kernels kernels, Centred input, List<Part> parts, Slot output) {
    this.kernels = kernels;
    this.input = input;
    this.parts = List.copyOf(parts);
    this.output = output;
    int channels = output.channels();
    this.gamma = new double[channels];
    this.beta = new double[channels];
    this.means = new double[channels];
    this.variances = new double[channels];
    this.scale = new double[channels];
    this.dgamma = new double[channels];
    this.dbeta = new double[channels];
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

  @Override
  public void forward(Pass pass) {
    int row = 0;
    for (Part part : parts) {
      System.arraycopy(pass.weights(), part.gamma(), gamma, row, part.channels());
      System.arraycopy(pass.weights(), part.beta(), beta, row, part.channels());
      row += part.channels();
    }
    if (pass.training()) {
      kernels.batchNorm(
          input.slot().value(),
          NormalizedProduct.EPSILON,
          gamma,
          beta,
          means,
          variances,
          output.value());
      noteStatistics(pass);
    } else {
      evaluate(pass);
    }
  }

  private void noteStatistics(Pass pass) {
    int columns = output.columns();
    double[] statistics = pass.batchStatistics();
    int row = 0;
    for (Part part : parts) {
      for (int c = 0; c < part.channels(); c++, row++) {
        scale[row] = 1 / Math.sqrt(variances[row] + NormalizedProduct.EPSILON);
        double taken = input.means() == null ? 0 : input.means()[row];
        statistics[part.statistics() + c] = means[row] + taken;
        statistics[part.statistics() + part.channels() + c] =
            columns > 1 ? variances[row] * columns / (columns - 1) : variances[row];
      }
    }
  }

  /** Gamma and beta become the whole map: {@code y = gamma x + beta}. */
  private void evaluate(Pass pass) {
    double[] statistics = pass.runningStatistics();
    int row = 0;
    for (Part part : parts) {
      for (int c = 0; c < part.channels(); c++, row++) {
        double variance = statistics[part.statistics() + part.channels() + c];
        gamma[row] /= Math.sqrt(variance + NormalizedProduct.EPSILON);
        beta[row] -= statistics[part.statistics() + c] * gamma[row];
      }
    }
    kernels.scaleRows(input.slot().value(), gamma, beta, output.value());
  }

  @Override
  public void backward(Pass pass) {
    if (!pass.training()) {
      kernels.scaleRows(
          output.gradient(), gamma, new double[gamma.length], input.slot().gradient());
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
    int row = 0;
    for (Part part : parts) {
      for (int c = 0; c < part.channels(); c++, row++) {
        pass.weightGradient()[part.gamma() + c] += dgamma[row];
        pass.weightGradient()[part.beta() + c] += dbeta[row];
      }
    }
  }
}
