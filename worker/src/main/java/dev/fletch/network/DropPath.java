package dev.fletch.network;

import java.util.SplittableRandom;

/**
 * Which branches are dropped for which example: with probability p a branch's output is set to 0,
 * otherwise divided by 1 - p (Larsson et al., 2017). A function of (seed, epoch, example, branch)
 * alone.
 */
final class DropPath {
  private final double highest;
  private int branches;
  private double[][] factors = new double[0][];
  private boolean drops;

  /**
   * @param highest probability of any epoch
   */
  DropPath(double highest) {
    this.highest = highest;
  }

  /** Whether any minibatch may have factors other than 1. */
  boolean mayDrop() {
    return highest > 0;
  }

  /** Starts numbering branches anew, for another plan of the same network. */
  void forget() {
    branches = 0;
  }

  /** Number of the next branch. */
  int branch() {
    return branches++;
  }

  /** Draws the factors of all branches for a minibatch. */
  void draw(int[] examples, long seed, int epoch, double probability) {
    drops = probability > 0;
    factors = new double[branches][examples.length];
    for (int n = 0; n < examples.length; n++) {
      SplittableRandom random = new SplittableRandom(mix(mix(seed, epoch), examples[n]));
      for (int branch = 0; branch < branches; branch++) {
        boolean kept = random.nextDouble() >= probability;
        factors[branch][n] = kept ? 1 / (1 - probability) : 0;
      }
    }
  }

  /** Whether any factor of this minibatch may differ from 1. */
  boolean drops() {
    return drops;
  }

  /** Factor of each example {@code [N]}; all 1 at probability 0. */
  double[] factors(int branch) {
    return factors[branch];
  }

  /**
   * Spreads neighbouring seeds over all bits (the finalizer of SplitMix64; Steele, Lea and Flood,
   * 2014).
   */
  private static long mix(long seed, long value) {
    long z = seed + (value + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
