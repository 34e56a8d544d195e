package dev.fletch.engine;

import java.util.List;

/** A network of fixed shapes, ready to run. Not thread-safe. */
public final class Plan implements AutoCloseable {
  private final List<Step> steps;
  private final List<WeightSlot> weightSlots;
  private final List<int[]> statisticsBlocks;
  private final List<List<Matrix>> zeroAt;
  private final Pass pass;
  private final List<Matrix> owned;
  private final Kernels kernels;

  Plan(
      List<Step> steps,
      List<WeightSlot> weightSlots,
      List<int[]> statisticsBlocks,
      List<List<Matrix>> zeroAt,
      Pass pass,
      List<Matrix> owned,
      Kernels kernels) {
    this.steps = steps;
    this.weightSlots = weightSlots;
    this.statisticsBlocks = statisticsBlocks;
    this.zeroAt = zeroAt;
    this.pass = pass;
    this.owned = owned;
    this.kernels = kernels;
  }

  /** The flat vectors the next run reads and the last one filled. */
  public Pass pass() {
    return pass;
  }

  public List<WeightSlot> weightSlots() {
    return weightSlots;
  }

  /** Offset and channels of every batch norm: its means, then its variances. */
  public List<int[]> statisticsBlocks() {
    return statisticsBlocks;
  }

  /** Runs all steps; {@code training} decides what batch norm uses. */
  public void forward(boolean training) {
    pass.mode(training, false);
    for (Step step : steps) {
      step.forward(pass);
    }
  }

  /** Fills the pass's gradients; needs a training forward before it. */
  public void backward(boolean wantsWeights) {
    pass.mode(true, wantsWeights);
    java.util.Arrays.fill(pass.weightGradient(), 0);
    java.util.Arrays.fill(pass.mixingGradient(), 0);
    for (int i = steps.size() - 1; i >= 0; i--) {
      zeroAt.get(i).forEach(Matrix::zero);
      steps.get(i).backward(pass);
    }
  }

  /** Bytes of native memory held. */
  public long bytes() {
    return owned.stream().mapToLong(m -> m.array().length() * m.array().dataType().width()).sum();
  }

  @Override
  public void close() {
    owned.forEach(Matrix::close);
    kernels.close();
  }
}
