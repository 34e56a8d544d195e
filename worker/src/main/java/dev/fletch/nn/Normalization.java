package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;
import java.util.Arrays;

/**
 * Batch norm without affine parameters, in place: {@code z = (x - mean) * s}. Follows a pool in the
 * search; there it depends on the state alone, so it is computed once whatever the number of edges.
 */
final class Normalization implements Step {
  private final Kernels kernels;
  private final Slot slot;
  private final int statisticsOffset;
  private final double[] scale;

  Normalization(Kernels kernels, Slot slot, int statisticsOffset) {
    this.kernels = kernels;
    this.slot = slot;
    this.statisticsOffset = statisticsOffset;
    this.scale = new double[slot.channels()];
  }

  @Override
  public Work work() {
    long values = (long) slot.channels() * slot.columns();
    return new Work("batch norm of a pool", 5 * values, 7 * values);
  }

  @Override
  public void forward(Pass pass) {
    int channels = slot.channels();
    double[] shift = new double[channels];
    if (pass.training()) {
      double[] means = new double[channels];
      double[] squares = new double[channels];
      double[] ones = new double[channels];
      Arrays.fill(ones, 1);
      kernels.rowMeans(slot.value(), means);
      Arrays.setAll(shift, c -> -means[c]);
      // centred before squaring: two large numbers are never subtracted
      kernels.scaleRows(slot.value(), ones, shift, slot.value());
      kernels.rowDots(slot.value(), slot.value(), squares);
      note(pass, means, squares);
      kernels.scaleRows(slot.value(), scale, new double[channels], slot.value());
    } else {
      for (int c = 0; c < channels; c++) {
        scale[c] =
            1
                / Math.sqrt(
                    pass.runningStatistics()[statisticsOffset + channels + c]
                        + NormalizedProduct.EPSILON);
        shift[c] = -pass.runningStatistics()[statisticsOffset + c] * scale[c];
      }
      kernels.scaleRows(slot.value(), scale, shift, slot.value());
    }
  }

  private void note(Pass pass, double[] means, double[] squares) {
    int channels = slot.channels();
    int columns = slot.columns();
    for (int c = 0; c < channels; c++) {
      double variance = squares[c] / columns;
      scale[c] = 1 / Math.sqrt(variance + NormalizedProduct.EPSILON);
      pass.batchStatistics()[statisticsOffset + c] = means[c];
      pass.batchStatistics()[statisticsOffset + channels + c] =
          columns > 1 ? squares[c] / (columns - 1) : variance;
    }
  }

  /** dx = s * (g - mean(g) - z * mean(g * z)). */
  @Override
  public void backward(Pass pass) {
    int channels = slot.channels();
    double[] means = new double[channels];
    double[] dots = new double[channels];
    kernels.rowMeans(slot.gradient(), means);
    kernels.rowDots(slot.gradient(), slot.value(), dots);
    double[] shift = new double[channels];
    double[] along = new double[channels];
    for (int c = 0; c < channels; c++) {
      shift[c] = -scale[c] * means[c];
      along[c] = -scale[c] * dots[c] / slot.columns();
    }
    kernels.scaleRows(slot.gradient(), scale, shift, slot.gradient());
    kernels.addScaledRows(slot.value(), along, slot.gradient());
  }
}
