package dev.fletch.engine.recurrent;

import static dev.fletch.engine.recurrent.Panels.WIDTH;

import dev.fletch.engine.StatisticsSlot;
import java.util.Arrays;

/**
 * What one batch norm that serves all states at all times makes of its running statistics in a
 * forward pass: it is applied many times, and each time they become 0.9 of what they were and 0.1
 * of the minibatch's. That is one step with a larger share: {@code (1 - share) before + share *
 * mean}, the mean weighing later applications more.
 */
final class NormStatistics {
  private static final double SHARE = StatisticsSlot.SHARE;

  private final double[] means;
  private final double[] variances;
  private final int[] applications;

  NormStatistics(int columns) {
    this.means = new double[columns];
    this.variances = new double[columns];
    this.applications = new int[columns / WIDTH];
  }

  void begin() {
    Arrays.fill(means, 0);
    Arrays.fill(variances, 0);
    Arrays.fill(applications, 0);
  }

  /** One application to the panel whose first column is {@code column}. */
  void add(Norm norm, int column, int rows) {
    double unbiased = rows > 1 ? (double) rows / (rows - 1) : 1;
    for (int c = column; c < column + WIDTH; c++) {
      means[c] += SHARE * (norm.mean(c) - means[c]);
      variances[c] += SHARE * (unbiased * norm.variance(c) - variances[c]);
    }
    applications[column / WIDTH]++;
  }

  /** Share of this pass in the running statistics. */
  double share() {
    return 1 - Math.pow(1 - SHARE, applications[0]);
  }

  /** C means, then C unbiased variances. */
  float[] mean(int size) {
    float[] all = new float[2 * size];
    for (int c = 0; c < size; c++) {
      all[c] = (float) (means[c] / share());
      all[size + c] = (float) (variances[c] / share());
    }
    return all;
  }
}
