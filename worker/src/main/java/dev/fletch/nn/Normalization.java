package dev.fletch.nn;

import dev.fletch.engine.Doubles;
import dev.fletch.engine.Kernels;
import dev.fletch.engine.NormalizedProduct;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Slot;
import dev.fletch.engine.SmallKernels.NormRows;
import dev.fletch.engine.Step;

/**
 * Batch norm without affine parameters, in place: {@code z = (x - mean) * s}. After a pool in the
 * search it depends on the state alone, so it is computed once whatever the number of edges.
 */
final class Normalization implements Step {
  private final Kernels kernels;
  private final Slot slot;
  private final NormRows rows;
  private final Doubles means;
  private final Doubles variances;
  private final Doubles scale;
  private final Doubles shift;

  Normalization(Kernels kernels, Slot slot, int statisticsOffset) {
    this.kernels = kernels;
    this.slot = slot;
    this.rows = new NormRows(0, slot.channels(), statisticsOffset);
    this.means = kernels.doubles(slot.channels());
    this.variances = kernels.doubles(slot.channels());
    this.scale = kernels.doubles(slot.channels());
    this.shift = kernels.doubles(slot.channels());
  }

  @Override
  public Work work() {
    long values = (long) slot.channels() * slot.columns();
    return new Work("batch norm", 5 * values, 7 * values);
  }

  @Override
  public void forward(Pass pass) {
    if (pass.training()) {
      kernels.normalizeRows(slot.value(), NormalizedProduct.EPSILON, means, variances);
      kernels
          .small()
          .noteStatistics(
              rows, means, variances, null, slot.columns(), scale, pass.batchStatistics());
    } else {
      scale.fill(1);
      shift.fill(0);
      kernels.small().foldStatistics(rows, pass.runningStatistics(), scale, shift);
      kernels.scaleRows(slot.value(), scale, shift, slot.value());
    }
  }

  /** dx = s * (g - mean(g) - z * mean(g * z)); in evaluation, where s is constant, s * g. */
  @Override
  public void backward(Pass pass) {
    if (pass.training()) {
      kernels.normalizeRowsBackward(slot.value(), scale, slot.gradient());
    } else {
      kernels.scaleRows(slot.gradient(), scale, null, slot.gradient());
    }
  }
}
