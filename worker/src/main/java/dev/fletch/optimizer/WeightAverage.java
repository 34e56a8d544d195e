package dev.fletch.optimizer;

import dev.fletch.gradient.Vectors;

/**
 * The mean of the weights behind the steps of a training from some epoch on (Polyak and Juditsky,
 * 1992), as {@code torch.optim.ASGD(lambd=0, t0=0)} takes it: behind step t, counted from 1, the
 * mean of steps 2 to t; behind step 1 the weights themselves. Arithmetic in double, storage in
 * float.
 */
public final class WeightAverage {
  private final int since;
  private final float[] mean;
  private long steps;

  /**
   * @param since the first epoch whose steps are averaged
   */
  public WeightAverage(int since, int parameters) {
    this(since, new float[parameters], 0);
  }

  /** Goes on; takes {@code mean} over. */
  public WeightAverage(int since, float[] mean, long steps) {
    this.since = since;
    this.mean = mean;
    this.steps = steps;
  }

  /** Adds the weights behind a step. */
  void add(float[] weights) {
    Vectors.checkSameLength("average weights", mean, weights);
    steps++;
    double share = 1.0 / Math.max(1, steps - 1);
    for (int i = 0; i < mean.length; i++) {
      mean[i] =
          share == 1 ? weights[i] : (float) (mean[i] + share * (weights[i] - (double) mean[i]));
    }
  }

  /** The first epoch whose steps are averaged. */
  public int since() {
    return since;
  }

  /** Steps so far. */
  public long steps() {
    return steps;
  }

  /** Not a copy; zeros before the first step. */
  public float[] mean() {
    return mean;
  }
}
