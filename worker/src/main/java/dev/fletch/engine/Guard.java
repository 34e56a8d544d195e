package dev.fletch.engine;

import java.util.BitSet;

/**
 * The mixing weights of the operations that a step works for: where a pass leaves all of them out,
 * it leaves out the step. May grow until the plan is built, as more operations come to share what
 * the step computes.
 */
public final class Guard {
  private final BitSet indices = new BitSet();

  /** For one operation. */
  public static Guard of(int mixingIndex) {
    return new Guard().and(mixingIndex);
  }

  /** Adds an operation. */
  public Guard and(int mixingIndex) {
    indices.set(mixingIndex);
    return this;
  }

  boolean isAllZero(float[] mixing) {
    return indices.stream().allMatch(i -> mixing[i] == 0);
  }

  boolean isLeftOut(Pass pass) {
    return indices.stream().allMatch(pass::leavesOut);
  }
}
