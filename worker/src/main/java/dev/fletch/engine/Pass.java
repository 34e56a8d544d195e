package dev.fletch.engine;

import java.util.Arrays;

/**
 * What one forward and backward pass works on, besides the slots: the flat vectors, in host memory
 * and double precision. The small matrices of the closed forms are computed there, so that their
 * precision does not depend on the backend.
 */
public final class Pass {
  private final double[] weights;
  private final double[] weightGradient;
  private final double[] mixing;
  private final double[] mixingGradient;
  private final double[] runningStatistics;
  private final double[] batchStatistics;
  private boolean training;
  private boolean skipsZeros;
  private boolean wantsWeights;
  private boolean setsGradient;

  Pass(int weights, int mixing, int statistics) {
    this.weights = new double[weights];
    this.weightGradient = new double[weights];
    this.mixing = new double[mixing];
    this.mixingGradient = new double[mixing];
    this.runningStatistics = new double[statistics];
    this.batchStatistics = new double[statistics];
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
    return skipsZeros && mixing[mixingIndex] == 0;
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

  public double[] weights() {
    return weights;
  }

  /** Accumulated by the backward pass. */
  public double[] weightGradient() {
    return weightGradient;
  }

  public double[] mixing() {
    return mixing;
  }

  /** Accumulated by the backward pass. */
  public double[] mixingGradient() {
    return mixingGradient;
  }

  /** Read in evaluation mode. */
  public double[] runningStatistics() {
    return runningStatistics;
  }

  /**
   * Written in training mode: batch means and unbiased variances; NaN where the batch norm was left
   * out.
   */
  public double[] batchStatistics() {
    return batchStatistics;
  }

  /** Of the forward pass that follows. */
  void mode(boolean isTraining, boolean zerosSkipped) {
    this.training = isTraining;
    this.skipsZeros = zerosSkipped;
    this.wantsWeights = false;
    if (training && skipsZeros) {
      Arrays.fill(batchStatistics, Double.NaN);
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
