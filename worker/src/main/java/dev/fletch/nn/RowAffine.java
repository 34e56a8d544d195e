package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.Arrays;

/** Batch norm's gamma and beta on what is normalised already: {@code y = gamma x + beta}. */
final class RowAffine implements Step {
  private final Kernels kernels;
  private final Slot input;
  private final PointwiseNorm.Affine affine;
  private final Slot output;

  RowAffine(Kernels kernels, Slot input, PointwiseNorm.Affine affine, Slot output) {
    this.kernels = kernels;
    this.input = input;
    this.affine = affine;
    this.output = output;
  }

  @Override
  public Work work() {
    long values = (long) output.channels() * output.columns();
    return new Work("gamma and beta", 2 * values, 5 * values);
  }

  @Override
  public void forward(Pass pass) {
    kernels.scaleRows(input.value(), gamma(pass), part(pass, affine.beta()), output.value());
  }

  @Override
  public void backward(Pass pass) {
    if (pass.wantsWeights()) {
      double[] dots = new double[output.channels()];
      double[] means = new double[output.channels()];
      kernels.rowDots(output.gradient(), input.value(), dots);
      kernels.rowMeans(output.gradient(), means);
      for (int c = 0; c < dots.length; c++) {
        pass.weightGradient()[affine.gamma() + c] += dots[c];
        pass.weightGradient()[affine.beta() + c] += output.columns() * means[c];
      }
    }
    kernels.addScaledRows(output.gradient(), gamma(pass), input.gradient());
  }

  private double[] gamma(Pass pass) {
    return part(pass, affine.gamma());
  }

  private double[] part(Pass pass, int offset) {
    return Arrays.copyOfRange(pass.weights(), offset, offset + output.channels());
  }
}
