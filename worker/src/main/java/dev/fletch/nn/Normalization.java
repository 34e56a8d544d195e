package dev.fletch.nn;

import dev.fletch.engine.Kernels;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.Step;

/**
 * Batch norm without affine parameters, in place: {@code z = (x - mean) * s}. After a pool in the
 * search it depends on the state alone, so it is computed once whatever the number of edges.
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
    return new Work("batch norm", 5 * values, 7 * values);
  }

  @Override
  public void forward(Pass pass) {
    int channels = slot.channels();
    int columns = slot.columns();
    if (pass.training()) {
      double[] means = new double[channels];
      double[] variances = new double[channels];
      kernels.normalizeRows(slot.value(), NormalizedProduct.EPSILON, means, variances);
      for (int c = 0; c < channels; c++) {
        scale[c] = 1 / Math.sqrt(variances[c] + NormalizedProduct.EPSILON);
        pass.batchStatistics()[statisticsOffset + c] = means[c];
        pass.batchStatistics()[statisticsOffset + channels + c] =
            columns > 1 ? variances[c] * columns / (columns - 1) : variances[c];
      }
    } else {
      double[] shift = new double[channels];
      for (int c = 0; c < channels; c++) {
        double variance = pass.runningStatistics()[statisticsOffset + channels + c];
        scale[c] = 1 / Math.sqrt(variance + NormalizedProduct.EPSILON);
        shift[c] = -pass.runningStatistics()[statisticsOffset + c] * scale[c];
      }
      kernels.scaleRows(slot.value(), scale, shift, slot.value());
    }
  }

  /** dx = s * (g - mean(g) - z * mean(g * z)); in evaluation, where s is constant, s * g. */
  @Override
  public void backward(Pass pass) {
    if (pass.training()) {
      kernels.normalizeRowsBackward(slot.value(), scale, slot.gradient());
    } else {
      kernels.scaleRows(slot.gradient(), scale, new double[scale.length], slot.gradient());
    }
  }
}
