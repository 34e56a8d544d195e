package dev.fletch.engine;

import java.util.Arrays;

/**
 * What one forward and backward pass works on, besides the slots: the flat vectors, in double
 * precision where the kernels have them.
 */
public final class Pass {
  private final Doubles weights;
  private final Doubles weightGradient;
  private final Doubles mixing;
  private final double[] knownMixing;
  private final Doubles mixingGradient;
  private final Doubles runningStatistics;
  private final Doubles batchStatistics;
  private boolean training;
  private boolean skipsZeros;
  private boolean wantsWeights;
  private boolean setsGradient;

  Pass(Kernels kernels, int weights, int mixing, int statistics) {
    this.weights = kernels.doubles(weights);
    this.weightGradient = kernels.doubles(weights);
    this.mixing = kernels.doubles(mixing);
    this.mixingGradient = kernels.doubles(mixing);
    this.runningStatistics = kernels.doubles(statistics);
    this.batchStatistics = kernels.doubles(statistics);
    this.knownMixing = this.mixing.isOnHost() ? this.mixing.array() : new double[mixing];
  }

  /**
   * Whether batch norm uses the minibatch's statistics (and drop path acts) or the running ones.
   */
  public boolean training() {
    return training;
  }

  /**
   * Whether the operation with this mixing weight is not computed: its weight is 0, and nobody asks
   * what it would be like with another one. Its gradients are 0 then and its batch statistics NaN;
   * its slots hold whatever was there before and must not be read.
   */
  public boolean leavesOut(int mixingIndex) {
    return skipsZeros && knownMixing[mixingIndex] == 0;
  }

  /** Whether there is any that is left out. */
  boolean leavesSomethingOut() {
    return skipsZeros && Arrays.stream(knownMixing).anyMatch(weight -> weight == 0);
  }

  /** Whether the backward pass has to fill {@link #weightGradient()}. */
  public boolean wantsWeights() {
    return wantsWeights;
  }

  /**
   * Whether the step whose backward runs is the first that touches the gradient of what it read: it
   * has to set it, whatever lies there. Only of steps that can ({@link Step#canSetGradient}).
   */
  public boolean setsGradient() {
    return setsGradient;
  }

  public Doubles weights() {
    return weights;
  }

  /** Accumulated by the backward pass. */
  public Doubles weightGradient() {
    return weightGradient;
  }

  public Doubles mixing() {
    return mixing;
  }

  /** Overwrites the mixing weights, and notes which of them are 0. */
  public void mixing(float[] values) {
    mixing.write(values);
    for (int i = 0; i < values.length; i++) {
      knownMixing[i] = values[i];
    }
  }

  /** Accumulated by the backward pass. */
  public Doubles mixingGradient() {
    return mixingGradient;
  }

  /** Read in evaluation mode. */
  public Doubles runningStatistics() {
    return runningStatistics;
  }

  /**
   * Written in training mode: batch means and unbiased variances; NaN where the batch norm was left
   * out.
   */
  public Doubles batchStatistics() {
    return batchStatistics;
  }

  /** Of the forward pass that follows. */
  void mode(boolean isTraining, boolean zerosSkipped) {
    this.training = isTraining;
    this.skipsZeros = zerosSkipped;
    this.wantsWeights = false;
    if (training && skipsZeros) {
      batchStatistics.fill(Double.NaN);
    }
  }

  void wantWeights(boolean wanted) {
    this.wantsWeights = wanted;
  }

  void setGradient(boolean set) {
    this.setsGradient = set;
  }

  boolean skipsZeros() {
    return skipsZeros;
  }
}
